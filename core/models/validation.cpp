// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/validation.h"

#include <algorithm>
#include <atomic>
#include <limits>

#include "core/nn/shards.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostTokens = 131'072;
constexpr std::size_t kMostRows = 32, kLeastRowTokens = 256, kRowsOfAPart = 16;

}  // namespace

Validation::Validation(const Parameters& parameters, std::shared_ptr<const SequenceNet> net,
                       std::span<const TokenId> ids, std::size_t length)
    : net_(std::move(net)), ids_(ids.first(std::min(ids.size(), kMostTokens + 1))), length_(length) {
  const std::size_t predicted = ids_.size() - 1;
  rows_ = std::clamp<std::size_t>(predicted / kLeastRowTokens, 1, kMostRows);
  rowTokens_ = predicted / rows_;
  parts_ = shardCount(rows_, kRowsOfAPart);
  for (std::size_t i = 0; i < parts_; ++i) tapes_.push_back(std::make_unique<Tape>(parameters));
}

double Validation::measure(ThreadPool& pool, const StopToken& stop) {
  std::vector<double> sums(parts_);
  pool.parallelFor(parts_, [&](std::size_t part) { sums[part] = measurePart(part, stop); });
  double sum = 0;
  for (const double one : sums) sum += one;
  return sum / static_cast<double>(rows_ * rowTokens_);
}

double Validation::measurePart(std::size_t part, const StopToken& stop) {
  const ShardRange rows = shardRange(rows_, parts_, part);
  NetState state = net_->zeroState(static_cast<Index>(rows.count));
  Tape& tape = *tapes_[part];
  std::vector<TokenId> inputs, targets;
  double sum = 0;
  for (std::size_t place = 0; place < rowTokens_; place += length_) {
    if (stop.stop_requested()) return std::numeric_limits<double>::quiet_NaN();
    const std::size_t length = std::min(length_, rowTokens_ - place);
    inputs.resize(length * rows.count);
    targets.resize(length * rows.count);
    for (std::size_t r = 0; r < rows.count; ++r) {
      const TokenId* from = ids_.data() + (rows.first + r) * rowTokens_ + place;
      for (std::size_t t = 0; t < length; ++t) {
        inputs[t * rows.count + r] = from[t];
        targets[t * rows.count + r] = from[t + 1];
      }
    }
    tape.clear();
    const Var logits = net_->forward(tape, inputs, static_cast<Index>(rows.count), state);
    sum += lossSumOf(softmaxCrossEntropy(logits, targets));
  }
  return sum;
}

}  // namespace lexarium

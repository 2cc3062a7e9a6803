// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/word2vec_lane.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lexarium {
namespace {

constexpr std::uint64_t kScanCost = 20;

}  // namespace

void Lane::run(Word2VecTables& tables, WindowUpdate update, const Quota& quota, Real rate) {
  while (!finished_ && tally_.cost < quota.cost && tokens_ < quota.tokens) {
    const std::span<const TokenId> words = reader_.words();
    if (centre_ < words.size()) {
      // A window of 1 to tables.window words to each side, so that near words count more (Mikolov et al.
      // 2013a, section 3.2).
      const std::size_t reach = 1 + rng_.below(static_cast<std::uint32_t>(tables.window));
      const std::size_t left = std::min(centre_, reach);
      const std::size_t right = std::min(words.size() - centre_ - 1, reach);
      if (left + right > 0) {
        update(tables,
               {.centre = words[centre_],
                .left = words.subspan(centre_ - left, left),
                .right = words.subspan(centre_ + 1, right),
                .ahead = words.subspan(centre_ + 1)},
               rate, rng_, tally_);
      }
      tokens_ += reader_.passed(centre_) - passed_;
      passed_ = reader_.passed(centre_);
      ++centre_;
    } else {
      tokens_ += reader_.passedInAll() - passed_;
      passed_ = 0;
      centre_ = 0;
      finished_ = !reader_.next(rng_);
      tally_.cost += reader_.scanned() * kScanCost;
    }
  }
}

Lane::Report Lane::takeReport() {
  const Report report{tally_.loss.take(), std::exchange(tally_.examples, 0), std::exchange(tokens_, 0)};
  tally_.cost = 0;
  return report;
}

bool Lane::accepts(const State& state) const {
  // One target is the word itself.
  return state.part == part() && state.noise.size() < kMaximumTargets &&
         state.centre <= state.reader.words.size() && reader_.accepts(state.reader);
}

void Lane::restore(const State& state) {
  assert(accepts(state));
  reader_.moveTo(state.reader);
  rng_ = state.rng;
  centre_ = state.centre;
  passed_ = centre_ > 0 ? reader_.passed(centre_ - 1) : 0;
  tally_.noise = state.noise;
  finished_ = false;  // the next step finds out
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/label_order.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace lexarium {
namespace {

constexpr double kFrequent = 1e-3;  // share of the text
constexpr std::size_t kParts = 50;  // of the text, equally long
/// Variance of a word's counts over the parts beyond that of chance (Poisson), by the squared mean. In novels
/// pronouns, articles and prepositions stay below; names of people and things are above.
constexpr double kEven = 0.6;
constexpr std::size_t kCheckEvery = 1 << 20;

using PartCounts = std::array<std::uint32_t, kParts>;

double unevenness(const PartCounts& counts) {
  double sum = 0, squares = 0;
  for (const std::uint32_t count : counts) {
    sum += count;
    squares += static_cast<double>(count) * count;
  }
  const double mean = sum / kParts;
  const double variance = (squares - sum * mean) / (kParts - 1);
  return mean > 0 ? (variance - mean) / (mean * mean) : 0;
}

}  // namespace

std::vector<std::uint32_t> labelOrder(const Corpus& corpus, std::size_t words, const TaskContext& context) {
  std::vector<std::uint32_t> order(words);
  std::iota(order.begin(), order.end(), 0u);
  const auto counts = corpus.vocabulary().counts();
  const auto tokens = corpus.tokens();
  const double limit = kFrequent * static_cast<double>(tokens.size());
  // Ids go by frequency, so the frequent words are the first ones.
  std::size_t frequent = 0;
  while (frequent < std::min(words, counts.size()) && static_cast<double>(counts[frequent]) > limit)
    ++frequent;
  if (frequent == 0) return order;

  std::vector<PartCounts> parts(frequent, PartCounts{});
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i % kCheckEvery == 0 && context.stop.stop_requested()) return order;
    if (tokens[i] < frequent) ++parts[tokens[i]][i * kParts / tokens.size()];
  }
  std::stable_partition(order.begin(), order.end(),
                        [&](std::uint32_t id) { return id >= frequent || unevenness(parts[id]) >= kEven; });
  return order;
}

}  // namespace lexarium

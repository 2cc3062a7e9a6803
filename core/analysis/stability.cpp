// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/stability.h"

#include <algorithm>

namespace lexarium {

StabilityCounter::StabilityCounter(TokenId word, std::span<const TokenId> neighbours, Similarity similarity)
    : word_(word),
      neighbours_(neighbours.begin(), neighbours.end()),
      similarity_(similarity),
      present_(neighbours.size(), 0),
      near_(neighbours.size(), 0) {}

void StabilityCounter::add(const EmbeddingTable& table) {
  const auto has = [&](TokenId id) { return static_cast<Eigen::Index>(id) < table.vectors.cols(); };
  const auto present = static_cast<std::size_t>(std::count_if(neighbours_.begin(), neighbours_.end(), has));
  if (!has(word_) || present == 0) return;
  const auto nearest = neighboursOf(table, {}, word_, present, similarity_);
  for (std::size_t i = 0; i < neighbours_.size(); ++i) {
    if (!has(neighbours_[i])) continue;
    ++present_[i];
    const bool isNear = std::any_of(nearest.begin(), nearest.end(), [&](const Neighbour& neighbour) {
      return neighbour.id == neighbours_[i];
    });
    if (isNear) ++near_[i];
  }
}

std::vector<std::optional<double>> StabilityCounter::shares() const {
  std::vector<std::optional<double>> shares(neighbours_.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (present_[i] > 0) shares[i] = static_cast<double>(near_[i]) / present_[i];
  }
  return shares;
}

std::vector<std::optional<double>> neighbourStability(
    TokenId word, std::span<const TokenId> neighbours,
    std::span<const std::shared_ptr<const HistoryFrame>> moments, Similarity similarity) {
  StabilityCounter counter(word, neighbours, similarity);
  EmbeddingTable table;
  for (const auto& moment : moments) {
    moment->decode(table);
    counter.add(table);
  }
  return counter.shares();
}

std::vector<std::shared_ptr<const HistoryFrame>> momentsToJudge(const History& history, std::uint64_t step,
                                                                std::size_t count) {
  std::vector<std::shared_ptr<const HistoryFrame>> moments;
  const std::uint64_t half = step / 2;
  for (std::size_t i = 1; i <= count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count);
    const auto moment =
        history.frameAt(step - half + static_cast<std::uint64_t>(share * static_cast<double>(half)));
    if (moment && moment->step <= step && (moments.empty() || moments.back() != moment)) {
      moments.push_back(moment);
    }
  }
  return moments;
}

}  // namespace lexarium

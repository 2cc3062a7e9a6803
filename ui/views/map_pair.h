// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "core/analysis/compare.h"
#include "core/projection/projection.h"
#include "core/text/corpus.h"
#include "core/train/snapshot.h"

namespace lexarium {

/// The maps of two runs on the same words, so that they can be looked at beside each other.
struct MapPair {
  Layout first = Layout(2, 0),
         second = Layout(2, 0);            ///< [2 x words]; the second turned and sized as the first
  std::size_t neighbours = 0;              ///< compared for each word
  std::vector<std::uint8_t> common;        ///< of them, how many both have
  std::vector<std::uint8_t> hidden;        ///< 1: a word that one of them has no vector for
  std::vector<std::uint32_t> mostChanged;  ///< those that agree least first
};

/// PCA of each table's first `words` columns; the second is laid onto the first (Procrustes, and scaled to
/// the same size, because the lengths of vectors of two runs say nothing about each other). Errors: fewer
/// than three words in common; cancelled.
Expected<MapPair> makeMapPair(const EmbeddingTable& first, const EmbeddingTable& second, const Corpus& corpus,
                              std::size_t words, const std::stop_token& stop);

}  // namespace lexarium

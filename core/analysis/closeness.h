// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/analysis/neighbours.h"

namespace lexarium {

/// How near two words are in the space that is learned.
struct Closeness {
  double cosine = 0;
  double distance = 0;      ///< Euclidean
  std::size_t rankOfB = 0;  ///< b's place among the neighbours of a by cosine, from 1
  std::size_t rankOfA = 0;  ///< a's among those of b
};

/// None if one of them has no vector or no direction, or if they are the same word. The ranks are those of
/// neighboursOf(): one pass over the table. norms: inverseNorms(); may be empty.
std::optional<Closeness> closenessOf(const EmbeddingTable& table, const Vector& norms, TokenId a, TokenId b);

}  // namespace lexarium

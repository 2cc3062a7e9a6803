// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/neighbours.h"
#include "core/projection/projection.h"

namespace lexarium {

/// The two ends of an axis of meaning, a word or several words each: man and woman, or man, king, he and
/// woman, queen, she.
struct AxisPoles {
  std::vector<TokenId> from, to;
  bool operator==(const AxisPoles&) const = default;
};

/// The direction [dimensions] from one end to the other, of unit length: the mean of the unit vectors of `to`
/// less that of `from`; for lists of pairs it is the mean of their differences (Kozlowski, Taddy & Evans
/// 2019, "The geometry of culture"; Bolukbasi et al. 2016). Empty if an end is empty, a word has no
/// direction, or the ends coincide. norms: inverseNorms().
Vector axisDirection(const EmbeddingTable& table, const Vector& norms, const AxisPoles& poles);

/// The cosine of each of the first `words` vectors with both directions [2 x words]; 0 for a vector without
/// direction or where a direction is empty. norms: inverseNorms(), perhaps of more words.
Layout cosinesWithAxes(const EmbeddingTable& table, const Vector& norms, std::size_t words, const Vector& x,
                       const Vector& y);

}  // namespace lexarium

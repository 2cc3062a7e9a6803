// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <limits>

#include "core/base/real.h"

namespace lexarium {

/// Column-major; columns are tokens: an embedding table is [dimensions x words].
using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
using Vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

/// Index of a word in a Vocabulary. Words are sorted by falling count, so an id is also a rank (from 0).
using TokenId = std::uint32_t;
inline constexpr TokenId kNoToken = std::numeric_limits<TokenId>::max();

/// Index of a token in a Corpus (its place in reading order over all documents).
using TokenIndex = std::uint64_t;

}  // namespace lexarium

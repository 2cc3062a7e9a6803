// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/base/thread_pool.h"
#include "core/models/training_text.h"

namespace lexarium {

/// A cell of the symmetric matrix of co-occurrences: X_ij = X_ji, kept once with column <= row.
struct CooccurrenceCell {
  TokenId row;
  TokenId column;
  float count;
};

/// Non-zero cells, by rising row. X_ij is the sum of 1/d over all pairs of places where i and j stand d words
/// apart, d <= window, to either side, in one piece of the text (Pennington et al. 2014, section 4.2). Words
/// that are too rare are taken out before distances are counted. A pair of the same word counts for both of
/// its places, as in Stanford's tool. The result does not depend on the number of threads. Errors: the cells
/// need more than `memoryLimit` bytes; cancelled.
Expected<std::vector<CooccurrenceCell>> countCooccurrences(const TrainingText& text, std::uint32_t window,
                                                           ThreadPool& pool, std::uint64_t memoryLimit,
                                                           const TaskContext& context);

}  // namespace lexarium

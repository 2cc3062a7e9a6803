// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/autodiff/tape.h"

namespace lexarium {

/// a over b.
Var concatRows(Var a, Var b);
/// b to the right of a.
Var concatColumns(Var a, Var b);
/// Rows [first, first + count), a copy.
Var sliceRows(Var a, Index first, Index count);
/// Columns [first, first + count): no copy, the same memory.
Var sliceColumns(Var a, Index first, Index count);
/// Sums of columns: column i is added to column segments[i] of the [a.rows() x count] result; segments
/// without a column are zero.
Var sumSegments(Var a, std::span<const std::uint32_t> segments, Index count);
/// The steps of time-major columns the other way round: step t of T becomes step T - 1 - t.
Var reverseSteps(Var a, Index batch);
/// The mean over the steps of time-major columns [R x T * batch]: [R x batch].
Var meanOfSteps(Var a, Index batch);
/// The same numbers in another shape of the same size: no copy.
Var reshape(Var a, Index rows, Index cols);
/// [1 x 1].
Var sum(Var a);
Var mean(Var a);

}  // namespace lexarium

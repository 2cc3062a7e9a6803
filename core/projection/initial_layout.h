// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/neighbour_table.h"
#include "core/projection/projection.h"

namespace lexarium {

/// A layout to begin from: `initial` if it has a column for each of the points, else their two first
/// principal axes; centred, the larger of its deviations along the axes scaled to `deviation`, and stirred by
/// a hundredth of that, so that equal points can part. points [dimensions x n] finite. Errors: cancelled.
Expected<Layout> initialLayout(const Matrix& points, const Layout& initial, double deviation,
                               std::uint64_t seed, const TaskContext& context);

/// The first columns of the result are `layout`; the other points of the table begin amid those of their
/// neighbours that have a place, a little beside each other.
Layout extendedLayout(const Layout& layout, const NeighbourTable& neighbours, std::uint64_t seed);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/param_spec.h"

namespace lexarium {

enum class Metric { Euclidean, Cosine };

/// The parameter "metric" that t-SNE and UMAP share.
ParamSpec metricParam();
Metric metricOf(const ParamSet& params);

/// Points [dimensions x n] made ready for comparing distances. Euclidean: centred and scaled so that their
/// root mean square length is 1 (methods that look at neighbours do not care about the scale, rounding does).
/// Cosine: each of length 1, so that distance^2 = 2 - 2 cos. Columns that are not finite, or too long for
/// Real, stand at the origin.
Matrix preparedPoints(const Matrix& points, Metric metric);

}  // namespace lexarium

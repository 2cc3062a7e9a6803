// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/parameters.h"
#include "core/base/rng.h"

namespace lexarium {

// How a matrix [out x in] begins: fan-in is its columns, fan-out its rows. All take their numbers column by
// column.

/// Uniform in [-bound, bound].
void initialiseUniform(MatrixMap matrix, double bound, Rng& rng);
void initialiseNormal(MatrixMap matrix, double deviation, Rng& rng);
/// Glorot & Bengio 2010: uniform with the bound sqrt(6 / (in + out)).
void initialiseXavier(MatrixMap matrix, Rng& rng);
/// He et al. 2015, for ReLU: normal with the deviation sqrt(2 / in).
void initialiseKaiming(MatrixMap matrix, Rng& rng);
/// Saxe et al. 2014: columns (or, of a wide matrix, rows) of length 1 at right angles to each other, each
/// such matrix equally likely; times gain. blocks: the matrix is that many over each other, each orthogonal
/// by itself (the gates of a recurrent layer).
void initialiseOrthogonal(MatrixMap matrix, Rng& rng, double gain = 1, Index blocks = 1);

}  // namespace lexarium

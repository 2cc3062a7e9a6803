// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <vector>

#include "core/analysis/teaching_pair.h"
#include "core/models/model_rows.h"

namespace lexarium {

using Numbers = Eigen::VectorXd;

/// A row before and after the step.
struct TracedRow {
  std::uint32_t row = 0;
  Numbers before, after;
};

/// One classifier of a prediction.
struct TracedTarget {
  Target target;
  Numbers row;             ///< v', before the step
  double score = 0;        ///< x = v' . h
  double probability = 0;  ///< s(x): how sure the model is that the answer is yes
  double loss = 0;         ///< -log s(t x)
  double error = 0;        ///< s(x) - y = dL/dx, with y = 1 for t = +1 and 0 for t = -1
};

/// A whole step of skip-gram or CBOW on one prediction, by the formulas above learnTargets() (hogwild.h):
///   L = - sum_k log s(t_k v'_k . h),   dL/dh = sum_k error_k v'_k,   dL/dv'_k = error_k h.
/// Where a window shares its targets (learnShared()) the other words' errors move the same v'_k in the same
/// step: dL/dv'_k is then the sum over all of them. (Windows of more than kPairsAtOnce pairs are learned in
/// several steps; here in one.)
struct PredictionTrace {
  double rate = 0;
  Numbers hidden;  ///< h: v of the centre (skip-gram), mean of the context's (CBOW)
  std::vector<TracedTarget> targets;
  double loss = 0;                 ///< of this pair
  Numbers hiddenGradient;          ///< dL/dh
  double inputShare = 1;           ///< of it each input row gets: 1, or 1/C
  std::vector<TracedRow> inputs;   ///< each row once, in the order of the pair
  std::vector<TracedRow> outputs;  ///< each row once, in the order of the targets
};

/// On rows of one moment; nothing if `rows` lacks one that the pair touches.
std::optional<PredictionTrace> tracePrediction(const TeachingPair& pair, const ModelRows& rows, double rate);

/// One of the two vectors of a cell, its bias as the last number.
struct TracedCellSide {
  Numbers before, after;                ///< [dimensions + 1]
  Numbers gradient;                     ///< cut to +-kGloveClip
  Numbers squaresBefore, squaresAfter;  ///< AdaGrad's sums
};

/// A whole step of GloVe on one cell, by the formulas above learnCell() (hogwild.h).
struct CellTrace {
  double rate = 0;
  double product = 0;     ///< w_i . w~_j
  double score = 0;       ///< w_i . w~_j + b_i + b~_j
  double logCount = 0;    ///< log X_ij
  double difference = 0;  ///< score - log X_ij
  double weight = 0;      ///< f(X_ij)
  double loss = 0;        ///< 1/2 f(X_ij) difference^2
  double slope = 0;       ///< f(X_ij) difference = dL/dscore
  TracedCellSide word, context;
};

/// On rows of one moment; nothing if `rows` lacks one.
std::optional<CellTrace> traceCell(const TeachingPair& pair, const ModelRows& rows, double rate);

}  // namespace lexarium

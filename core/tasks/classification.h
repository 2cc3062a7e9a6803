// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/matrix.h"

namespace lexarium {

/// How good predictions of classes are.
struct ClassificationScores {
  Eigen::MatrixXd confusion;                  ///< [true class x predicted class] numbers of examples
  std::vector<double> precision, recall, f1;  ///< of each class; 0 where nothing was predicted or expected
  double accuracy = 0;
  double macroF1 = 0;  ///< mean of f1
  /// Expected calibration error (Guo et al. 2017, arXiv:1706.04599), ten bins: how far confidence is from the
  /// share of right answers, on average.
  double calibrationError = 0;

  /// One bin of the reliability diagram.
  struct Bin {
    double confidence = 0;  ///< mean
    double accuracy = 0;
    std::uint64_t count = 0;
  };
  std::vector<Bin> bins;
};

/// probabilities: [classes x examples], columns sum to 1. labels: the true class of each column.
ClassificationScores scoresOf(const Eigen::Ref<const Eigen::MatrixXf>& probabilities,
                              std::span<const std::uint32_t> labels);

}  // namespace lexarium

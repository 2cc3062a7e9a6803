// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/classification.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lexarium {
namespace {

constexpr std::size_t kBins = 10;

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

ClassificationScores scoresOf(const Eigen::Ref<const Eigen::MatrixXf>& probabilities,
                              std::span<const std::uint32_t> labels) {
  assert(probabilities.cols() == static_cast<Eigen::Index>(labels.size()));
  ClassificationScores scores;
  const Eigen::Index classes = probabilities.rows();
  scores.confusion.setZero(classes, classes);
  scores.bins.resize(kBins);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Eigen::Index predicted = 0;
    const auto confidence =
        static_cast<double>(probabilities.col(static_cast<Eigen::Index>(i)).maxCoeff(&predicted));
    scores.confusion(static_cast<Eigen::Index>(labels[i]), predicted) += 1;
    const auto place = static_cast<std::size_t>(std::clamp(confidence, 0.0, 1.0) * kBins);
    auto& bin = scores.bins[std::min(kBins - 1, place)];
    ++bin.count;
    bin.confidence += confidence;
    bin.accuracy += predicted == static_cast<Eigen::Index>(labels[i]) ? 1 : 0;
  }
  const double all = static_cast<double>(labels.size());
  scores.accuracy = ratio(scores.confusion.trace(), all);
  for (auto& bin : scores.bins) {
    const auto count = static_cast<double>(bin.count);
    bin.confidence = ratio(bin.confidence, count);
    bin.accuracy = ratio(bin.accuracy, count);
    scores.calibrationError += ratio(count, all) * std::abs(bin.confidence - bin.accuracy);
  }
  for (Eigen::Index c = 0; c < classes; ++c) {
    const double right = scores.confusion(c, c);
    scores.precision.push_back(ratio(right, scores.confusion.col(c).sum()));
    scores.recall.push_back(ratio(right, scores.confusion.row(c).sum()));
    const double p = scores.precision.back(), r = scores.recall.back();
    scores.f1.push_back(ratio(2 * p * r, p + r));
    scores.macroF1 += scores.f1.back() / static_cast<double>(classes);
  }
  return scores;
}

}  // namespace lexarium

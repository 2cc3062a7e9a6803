// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/attention_agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/similarity.h"

namespace lexarium {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The heads of the part that lies between input and output.
std::vector<const AttentionHead*> headsBetween(const AttentionTrace& trace) {
  for (const char* part : {"cross", "pooling", "memory", "self", "encoder"}) {
    std::vector<const AttentionHead*> heads;
    for (const AttentionHead& head : trace.heads)
      if (head.place.part == part && head.keys == AttentionAxis::Input) heads.push_back(&head);
    if (!heads.empty()) return heads;
  }
  return {};
}

/// Where a head looks for an output.
Eigen::VectorXd columnFor(const AttentionHead& head, Eigen::Index output) {
  const auto& weights = head.weights;
  const bool alike = head.queries == AttentionAxis::Output ||
                     (head.queries == AttentionAxis::Input && head.place.part == "self");
  if (!alike) return weights.cast<double>().rowwise().mean();
  if (output >= weights.cols()) return {};
  return weights.col(output).cast<double>();
}

bool isConstant(const std::vector<double>& values) {
  return std::ranges::all_of(values, [&](double value) { return value == values.front(); });
}

}  // namespace

Eigen::MatrixXd attentionFor(const AttentionTrace& trace, const Saliency& saliency) {
  const auto heads = headsBetween(trace);
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(saliency.scores.rows(), saliency.scores.cols(), kNone);
  for (Eigen::Index o = 0; o < all.cols(); ++o) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(all.rows());
    Eigen::Index seen = heads.empty() ? 0 : all.rows();
    for (const AttentionHead* head : heads) {
      const Eigen::VectorXd column = columnFor(*head, o);
      seen = std::min(seen, column.size());
      sum.head(seen) += column.head(seen) / static_cast<double>(heads.size());
    }
    for (Eigen::Index i = 0; i < seen; ++i)
      if (!std::isnan(saliency.scores(i, o))) all(i, o) = sum(i);
  }
  return all;
}

std::vector<double> agreementOf(const Eigen::MatrixXd& attention, const Saliency& saliency) {
  std::vector<double> agreement;
  for (Eigen::Index o = 0; o < saliency.scores.cols(); ++o) {
    std::vector<double> looked, counted;
    for (Eigen::Index i = 0; i < saliency.scores.rows(); ++i) {
      if (std::isnan(saliency.scores(i, o)) || std::isnan(attention(i, o))) continue;
      looked.push_back(attention(i, o));
      counted.push_back(std::abs(saliency.scores(i, o)));
    }
    const bool defined = looked.size() >= 3 && !isConstant(looked) && !isConstant(counted);
    agreement.push_back(defined ? spearman(looked, counted) : kNone);
  }
  return agreement;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/softmax.h"

#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

/// Softmax of one column; returns log of the sum of exponentials.
double softmaxColumn(const Real* from, Real* to, Index rows) {
  const Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>> in(from, rows);
  Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>> out(to, rows);
  const Real most = in.maxCoeff();
  out = (in - most).exp();
  const Real total = out.sum();
  out /= total;
  return static_cast<double>(most) + std::log(static_cast<double>(total));
}

void softmaxBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  for (Index t = 0; t < node.cols; ++t) {
    const Real* p = node.value + t * node.rows;
    const Real* d = node.adjoint + t * node.rows;
    Real* to = target.data + t * node.rows;
    Real inner = 0;
    for (Index i = 0; i < node.rows; ++i) inner += p[i] * d[i];
    for (Index i = 0; i < node.rows; ++i) to[i] = (target.add ? to[i] : 0) + p[i] * (d[i] - inner);
  }
}

struct CrossEntropy {
  Real* probabilities;
  std::uint32_t* targets;
  Index rows, cols;
  double sum, divisor;
};

const CrossEntropy& keptBy(const Node& node) { return *static_cast<const CrossEntropy*>(node.payload); }

void crossEntropyBackward(Tape& tape, const Node& node) {
  const CrossEntropy& kept = keptBy(node);
  const auto target = tape.adjointOf(node.inputs[0]);
  const Real factor = kept.divisor > 0 ? static_cast<Real>(*node.adjoint / kept.divisor) : Real{0};
  for (Index t = 0; t < kept.cols; ++t) {
    const Real* p = kept.probabilities + t * kept.rows;
    Real* to = target.data + t * kept.rows;
    const Real f = kept.targets[t] == kIgnore ? Real{0} : factor;
    for (Index i = 0; i < kept.rows; ++i) to[i] = (target.add ? to[i] : 0) + f * p[i];
    if (kept.targets[t] != kIgnore) to[kept.targets[t]] -= f;
  }
}

}  // namespace

Var softmax(Var a) {
  const Node& node = a.tape->push("softmax", a.rows(), a.cols(), {a}, softmaxBackward);
  const Real* from = a.value().data();
  for (Index t = 0; t < node.cols; ++t)
    softmaxColumn(from + t * node.rows, node.value + t * node.rows, node.rows);
  return a.tape->varOf(node);
}

Var softmaxCrossEntropy(Var logits, std::span<const std::uint32_t> targets, double divisor) {
  assert(static_cast<Index>(targets.size()) == logits.cols());
  Tape& tape = *logits.tape;
  Node& node = tape.push("softmaxCrossEntropy", 1, 1, {logits}, crossEntropyBackward);
  auto* kept = tape.arena().array<CrossEntropy>(1);
  node.payload = kept;
  *kept = {tape.arena().reals(static_cast<std::size_t>(logits.rows() * logits.cols())),
           tape.arena().array<std::uint32_t>(targets.size()),
           logits.rows(),
           logits.cols(),
           0,
           divisor};
  std::copy(targets.begin(), targets.end(), kept->targets);
  std::size_t count = 0;
  const Real* from = logits.value().data();
  for (Index t = 0; t < kept->cols; ++t) {
    const Real* column = from + t * kept->rows;
    const double logSum = softmaxColumn(column, kept->probabilities + t * kept->rows, kept->rows);
    const std::uint32_t target = kept->targets[t];
    if (target == kIgnore) continue;
    assert(static_cast<Index>(target) < kept->rows);
    kept->sum += logSum - static_cast<double>(column[target]);
    ++count;
  }
  if (divisor == 0) kept->divisor = static_cast<double>(count);
  *node.value = kept->divisor > 0 ? static_cast<Real>(kept->sum / kept->divisor) : Real{0};
  return tape.varOf(node);
}

ConstMatrixMap probabilitiesOf(Var loss) {
  const CrossEntropy& kept = keptBy(loss.tape->node(loss));
  return {kept.probabilities, kept.rows, kept.cols};
}

double lossSumOf(Var loss) { return keptBy(loss.tape->node(loss)).sum; }

}  // namespace lexarium

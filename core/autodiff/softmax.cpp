// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/softmax.h"

#include <algorithm>
#include <cmath>

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

void softmaxBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  for (Index t = 0; t < node.cols; ++t) {
    const Index at = t * node.rows;
    kernels().softmaxColumnBackward(node.value + at, node.adjoint + at, target.data + at, node.rows, 1,
                                    target.add);
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
    kernels().scaled(p, to, kept.rows, f, target.add);
    if (kept.targets[t] != kIgnore) to[kept.targets[t]] -= f;
  }
}

}  // namespace

Var softmax(Var a) {
  const Node& node = a.tape->push("softmax", a.rows(), a.cols(), {a}, softmaxBackward);
  const Real* from = a.value().data();
  Real total = 0;
  for (Index t = 0; t < node.cols; ++t) {
    kernels().softmaxColumn(from + t * node.rows, node.value + t * node.rows, node.rows, 1, &total);
  }
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
    Real total = 0;
    const Real most =
        kernels().softmaxColumn(column, kept->probabilities + t * kept->rows, kept->rows, 1, &total);
    const std::uint32_t target = kept->targets[t];
    if (target == kIgnore) continue;
    assert(static_cast<Index>(target) < kept->rows);
    kept->sum += std::log(static_cast<double>(total)) +
                 (static_cast<double>(most) - static_cast<double>(column[target]));
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/gradient_flow.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/analysis/cell_step.h"
#include "core/models/neural_model.h"

namespace lexarium {
namespace {

std::vector<double> normsOfColumns(const MatrixMap& matrix) {
  std::vector<double> norms;
  for (Index s = 0; s < matrix.cols(); ++s) norms.push_back(matrix.col(s).cast<double>().norm());
  return norms;
}

/// The fused layer keeps only the adjoints of h. Those of c follow from them, last step first:
///   dc_s = dh_s o_s (1 - tanh(c_s)^2) + dc_{s+1} f_{s+1}
std::vector<double> cellNorms(Tape& tape, Var hidden, Var cell) {
  const Index units = hidden.rows(), steps = hidden.cols();
  const ConstMatrixMap gates = gatesOf(hidden);  // i, f, g, o
  const MatrixMap dh = tape.adjoint(hidden), c = cell.value();
  std::vector<double> norms(static_cast<std::size_t>(steps));
  Eigen::ArrayXd dc = Eigen::ArrayXd::Zero(units);
  for (Index s = steps - 1; s >= 0; --s) {
    if (s + 1 < steps) dc *= gates.col(s + 1).segment(units, units).array().cast<double>();
    const Eigen::ArrayXd squashed = c.col(s).array().cast<double>().tanh();
    dc += dh.col(s).array().cast<double>() * gates.col(s).segment(3 * units, units).array().cast<double>() *
          (1 - squashed.square());
    norms[static_cast<std::size_t>(s)] = dc.matrix().norm();
  }
  return norms;
}

/// d loss / d C(w_{s}) through the one guess: H_k^T (dh (1 - h^2)), k tokens back.
std::vector<double> mlpNorms(Tape& tape, const NeuralModel& model, std::size_t step) {
  const Var hidden = tape.watched("h");
  const auto last = static_cast<Index>(step);
  const MatrixMap adjoint = tape.adjoint(hidden), value = hidden.value();
  const Eigen::ArrayXd h = value.col(last).array().cast<double>();
  const Eigen::VectorXd sum = adjoint.col(last).array().cast<double>() * (1 - h.square());
  std::vector<double> norms(step + 1, 0.0);
  const Index looked = std::min(model.net().shape().context, last + 1);
  for (Index back = 0; back < looked; ++back) {
    const auto id = model.parameters().find("back" + std::to_string(back) + ".weight");
    const ConstMatrixMap weights = model.parameters().value(*id);
    double square = 0;
    for (Index j = 0; j < weights.cols(); ++j) {
      const double part = weights.col(j).cast<double>().dot(sum);
      square += part * part;
    }
    norms[step - static_cast<std::size_t>(back)] = std::sqrt(square);
  }
  return norms;
}

GradientFlow::Layer layerOf(Tape& tape, StepKind kind, Index number) {
  GradientFlow::Layer layer;
  if (kind == StepKind::Attention) {
    const Var input = number == 0 ? tape.watched("x") : tape.watched("h", number - 1);
    layer.hidden = normsOfColumns(tape.adjoint(input));
    return layer;
  }
  const Var hidden = tape.watched("h", number);
  layer.hidden = normsOfColumns(tape.adjoint(hidden));
  if (kind == StepKind::Lstm) layer.cell = cellNorms(tape, hidden, tape.watched("c", number));
  return layer;
}

GradientFlow flow(const NeuralModel& model, const SequenceTrace& trace, std::size_t step,
                  const StopToken& stop) {
  Gradients gradients(model.parameters());
  Tape tape(model.parameters(), &gradients);
  tape.stop = stop;
  NetState state = model.net().zeroState(1);
  const std::span<const TokenId> ids(trace.ids.data(), step + 1);
  const Var logits = model.net().forward(tape, ids, 1, state);
  GradientFlow result;
  result.step = step;
  result.isGuess = step + 1 == trace.ids.size();
  if (result.isGuess) {
    Index best = 0;
    logits.value().col(static_cast<Index>(step)).maxCoeff(&best);
    result.target = static_cast<TokenId>(best);
  } else {
    result.target = trace.ids[step + 1];
  }
  std::vector<std::uint32_t> targets(step + 1, kIgnore);
  targets.back() = result.target;
  const Var loss = softmaxCrossEntropy(logits, targets, 1);
  result.loss = lossSumOf(loss);
  tape.backward(loss);
  const StepKind kind = stepKindOf(model);
  if (kind == StepKind::Mlp) {
    result.layers.push_back({mlpNorms(tape, model, step), {}});
    return result;
  }
  for (std::size_t i = 0; i < model.facts().layers; ++i)
    result.layers.push_back(layerOf(tape, kind, static_cast<Index>(i)));
  return result;
}

}  // namespace

std::optional<GradientFlow> gradientFlow(const SequenceModel& model, const SequenceTrace& trace,
                                         std::size_t step, const StopToken& stop) {
  const auto* network = dynamic_cast<const NeuralModel*>(&model);
  if (!network || stepKindOf(model) == StepKind::None) return std::nullopt;
  assert(step < trace.ids.size());
  try {
    return flow(*network, trace, step, stop);
  } catch (const PassStopped&) {
    return std::nullopt;
  }
}

std::vector<double> sharesLeft(const std::vector<double>& norms) {
  std::vector<double> shares(norms.size(), 0.0);
  if (norms.empty() || !(norms.back() > 0)) return shares;
  for (std::size_t back = 0; back < norms.size(); ++back)
    shares[back] = norms[norms.size() - 1 - back] / norms.back();
  return shares;
}

}  // namespace lexarium

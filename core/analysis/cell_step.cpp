// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/cell_step.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/models/neural_model.h"
#include "core/models/recurrent_net.h"

namespace lexarium {
namespace {

using Eigen::VectorXd;

const NeuralModel& neural(const SequenceModel& model) {
  const auto* found = dynamic_cast<const NeuralModel*>(&model);
  assert(found);
  return *found;
}

const RecurrentNet& recurrent(const NeuralModel& model) {
  return static_cast<const RecurrentNet&>(model.net());
}

ConstMatrixMap named(const NeuralModel& model, const std::string& name) {
  const auto id = model.parameters().find(name);
  assert(id);
  return model.parameters().value(*id);
}

/// Of the tape's kernels any precision would do for a picture; here sums shall be those of their terms.
VectorXd times(const ConstMatrixMap& weights, Index first, Index rows, const VectorXd& x) {
  VectorXd sum = VectorXd::Zero(rows);
  for (Index j = 0; j < weights.cols(); ++j) sum += weights.col(j).segment(first, rows).cast<double>() * x(j);
  return sum;
}

VectorXd columnOf(const SequenceTrace& trace, const char* name, std::size_t layer, std::size_t step) {
  const TraceMatrix* matrix = trace.find(name, layer);
  assert(matrix && static_cast<Index>(step) < matrix->values.cols());
  return matrix->values.col(static_cast<Index>(step)).cast<double>();
}

VectorXd logistic(const VectorXd& x) { return 1 / (1 + (-x.array()).exp()); }
VectorXd tanhOf(const VectorXd& x) { return x.array().tanh(); }

bool isLogistic(const std::string& gate) { return gate != "g" && gate != "n" && gate != "h"; }

GateStep recurrentGate(const NeuralModel& model, const CellStep& step, std::size_t number) {
  const RecurrentNet& net = recurrent(model);
  const RecurrentNet::Layer& layer = net.layer(step.layer);
  const Parameters& parameters = model.parameters();
  const Index units = net.shape().units, first = static_cast<Index>(number) * units;
  GateStep gate;
  gate.name = net.gates()[number];
  gate.input = times(parameters.value(layer.inputWeights), first, units, step.input);
  gate.past = times(parameters.value(layer.recurrentWeights), first, units, step.hiddenBefore);
  gate.bias = parameters.value(layer.inputBias).col(0).segment(first, units).cast<double>();
  gate.pastBias = VectorXd::Zero(units);
  gate.sum = gate.input + gate.past + gate.bias;
  if (gate.name == "n") {
    gate.pastBias = parameters.value(layer.extraBias).col(0).cast<double>();
    const VectorXd& reset = step.gate("r").value;
    gate.sum = gate.input + gate.bias + reset.cwiseProduct(gate.past + gate.pastBias);
  }
  gate.value = isLogistic(gate.name) ? logistic(gate.sum) : tanhOf(gate.sum);
  return gate;
}

void finish(CellStep& step) {
  if (step.kind == StepKind::Lstm) {
    step.cell = step.gate("f").value.cwiseProduct(step.cellBefore) +
                step.gate("i").value.cwiseProduct(step.gate("g").value);
    step.hidden = step.gate("o").value.cwiseProduct(tanhOf(step.cell));
  } else if (step.kind == StepKind::Gru) {
    const auto z = step.gate("z").value.array();
    step.hidden = (1 - z) * step.gate("n").value.array() + z * step.hiddenBefore.array();
  } else {
    step.hidden = step.gates.front().value;
  }
}

VectorXd tokenVector(const NeuralModel& model, Index column) {
  return model.parameters().value(model.net().table()).col(column).cast<double>();
}

CellStep recurrentStep(const NeuralModel& model, const SequenceTrace& trace, CellStep step) {
  const RecurrentNet& net = recurrent(model);
  const Index units = net.shape().units;
  step.input = step.layer == 0 ? tokenVector(model, static_cast<Index>(trace.ids[step.step]))
                               : columnOf(trace, "h", step.layer - 1, step.step);
  const auto before = [&](const char* name) {
    return step.step == 0 ? VectorXd(VectorXd::Zero(units))
                          : columnOf(trace, name, step.layer, step.step - 1);
  };
  step.hiddenBefore = before("h");
  if (net.hasCell()) step.cellBefore = before("c");
  for (std::size_t number = 0; number < net.gates().size(); ++number)
    step.gates.push_back(recurrentGate(model, step, number));
  finish(step);
  return step;
}

std::string backName(Index back) { return "back" + std::to_string(back) + ".weight"; }

CellStep mlpStep(const NeuralModel& model, const SequenceTrace& trace, CellStep step) {
  const NetShape& shape = model.net().shape();
  step.input.resize(shape.context * shape.dimensions);
  GateStep gate;
  gate.name = "h";
  gate.input = gate.past = gate.pastBias = VectorXd::Zero(shape.units);
  for (Index back = 0; back < shape.context; ++back) {
    const Index place = static_cast<Index>(step.step) - back;
    const Index column =
        place < 0 ? shape.vocabulary : static_cast<Index>(trace.ids[static_cast<std::size_t>(place)]);
    const VectorXd x = tokenVector(model, column);
    step.input.segment(back * shape.dimensions, shape.dimensions) = x;
    gate.input += times(named(model, backName(back)), 0, shape.units, x);
  }
  gate.bias = named(model, "hidden.bias").col(0).cast<double>();
  gate.sum = gate.input + gate.bias;
  gate.value = tanhOf(gate.sum);
  step.gates.push_back(std::move(gate));
  finish(step);
  return step;
}

std::vector<Term> mlpTerms(const NeuralModel& model, const CellStep& step, std::size_t unit) {
  const NetShape& shape = model.net().shape();
  std::vector<Term> terms;
  for (Index back = 0; back < shape.context; ++back) {
    const ConstMatrixMap weights = named(model, backName(back));
    double sum = 0;
    for (Index j = 0; j < shape.dimensions; ++j)
      sum +=
          static_cast<double>(weights(static_cast<Index>(unit), j)) * step.input(back * shape.dimensions + j);
    const bool inText = static_cast<std::size_t>(back) <= step.step;
    const std::size_t place =
        inText ? step.step - static_cast<std::size_t>(back) : static_cast<std::size_t>(back) - step.step;
    terms.push_back({inText ? Term::Of::Token : Term::Of::Before, place, 1, sum});
  }
  return terms;
}

void addRow(const ConstMatrixMap& weights, Index row, const VectorXd& x, Term::Of of,
            std::vector<Term>& terms) {
  for (Index j = 0; j < weights.cols(); ++j)
    terms.push_back({of, static_cast<std::size_t>(j), static_cast<double>(weights(row, j)), x(j)});
}

}  // namespace

StepKind stepKindOf(const SequenceModel& model) {
  if (!dynamic_cast<const NeuralModel*>(&model)) return StepKind::None;
  static const std::pair<const char*, StepKind> kKinds[] = {{"mlp", StepKind::Mlp},
                                                            {"rnn", StepKind::Rnn},
                                                            {"lstm", StepKind::Lstm},
                                                            {"gru", StepKind::Gru},
                                                            {"transformer", StepKind::Attention}};
  for (const auto& [id, kind] : kKinds)
    if (model.facts().modelId == id) return kind;
  return StepKind::None;
}

void sortBySize(std::vector<Term>& terms) {
  std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
    return std::abs(a.product()) > std::abs(b.product());
  });
}

const GateStep& CellStep::gate(std::string_view name) const {
  const auto found = std::find_if(gates.begin(), gates.end(), [&](const auto& g) { return g.name == name; });
  assert(found != gates.end());
  return *found;
}

CellStep cellStep(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer,
                  std::size_t step) {
  CellStep result;
  result.kind = stepKindOf(model);
  result.layer = layer;
  result.step = step;
  assert(result.kind != StepKind::None && result.kind != StepKind::Attention);
  assert(step < trace.ids.size() && layer < model.facts().layers);
  const NeuralModel& network = neural(model);
  return result.kind == StepKind::Mlp ? mlpStep(network, trace, std::move(result))
                                      : recurrentStep(network, trace, std::move(result));
}

std::vector<Term> gateTerms(const SequenceModel& model, const CellStep& step, std::size_t gate,
                            std::size_t unit) {
  const NeuralModel& network = neural(model);
  assert(gate < step.gates.size() && static_cast<Index>(unit) < step.hidden.size());
  if (step.kind == StepKind::Mlp) return mlpTerms(network, step, unit);
  const RecurrentNet& net = recurrent(network);
  const RecurrentNet::Layer& layer = net.layer(step.layer);
  const Index row = static_cast<Index>(gate) * net.shape().units + static_cast<Index>(unit);
  std::vector<Term> terms;
  addRow(network.parameters().value(layer.inputWeights), row, step.input, Term::Of::Input, terms);
  addRow(network.parameters().value(layer.recurrentWeights), row, step.hiddenBefore, Term::Of::Past, terms);
  return terms;
}

std::size_t mostActiveUnit(const CellStep& step) {
  Index unit = 0;
  if (step.hidden.size() > 0) step.hidden.cwiseAbs().maxCoeff(&unit);
  return static_cast<std::size_t>(unit);
}

}  // namespace lexarium

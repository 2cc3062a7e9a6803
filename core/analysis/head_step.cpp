// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/head_step.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "core/models/neural_model.h"
#include "core/models/transformer_session.h"

namespace lexarium {
namespace {

/// Where the rows of a head's part stand in W_q over W_k over W_v.
struct Rows {
  Index first = 0, size = 0;
  bool turned = false;  ///< by the position
};

const TransformerNet& transformer(const NeuralModel& model) {
  return static_cast<const TransformerNet&>(model.net());
}

const NeuralModel& neuralOf(const SequenceModel& model) {
  assert(stepKindOf(model) == StepKind::Attention);
  return static_cast<const NeuralModel&>(model);
}

Rows rowsOf(const TransformerNet& net, HeadPart part, std::size_t head) {
  const NetShape& shape = net.shape();
  const Index size = shape.units / shape.heads, share = shape.heads / shape.keyHeads;
  const auto number = static_cast<Index>(head);
  const bool rotary = shape.positions == NetShape::Positions::Rotary;
  if (part == HeadPart::Query) return {number * size, size, rotary};
  const Index key = shape.units + number / share * size;
  return part == HeadPart::Key ? Rows{key, size, rotary} : Rows{key + net.keyRows(), size, false};
}

/// Row u of a part as the sum of one or two rows of the matrix: a turn mixes the two of a pair.
struct Mixed {
  Index rows[2];
  double factors[2];
};
Mixed mixedRow(const Rows& rows, Index number, std::size_t place) {
  if (!rows.turned) return {{rows.first + number, rows.first + number}, {1, 0}};
  const Index pair = number / 2;
  const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(rows.size);
  const double angle = static_cast<double>(place) * std::pow(10000.0, -exponent);
  const double c = std::cos(angle), s = std::sin(angle);
  return number % 2 == 0 ? Mixed{{rows.first + 2 * pair, rows.first + 2 * pair + 1}, {c, -s}}
                         : Mixed{{rows.first + 2 * pair, rows.first + 2 * pair + 1}, {s, c}};
}

/// The normed inputs of the layer, of all tokens up to `last`.
Eigen::MatrixXd inputsOf(const NeuralModel& model, const SequenceTrace& trace, std::size_t layer,
                         std::size_t last) {
  const TransformerNet& net = transformer(model);
  Tape tape(model.parameters());
  const auto count = static_cast<Index>(last) + 1;
  const std::span<const TokenId> ids(trace.ids.data(), last + 1);
  const Var x = layer == 0 ? net.embed(tape, ids, 1, 0)
                           : tape.input(trace.find("h", layer - 1)->values.leftCols(count).cast<Real>());
  return net.norm(tape, net.names().blocks[layer].attentionNorm, x).value().cast<double>();
}

/// Queries, keys or values of the tokens in the last columns of the inputs.
Eigen::MatrixXd partOf(const NeuralModel& model, const HeadStep& step, HeadPart part, Index count) {
  const TransformerNet& net = transformer(model);
  const TransformerLinear& in = net.names().blocks[step.layer].in;
  const ConstMatrixMap weights = model.parameters().value(in.weights);
  const Rows rows = rowsOf(net, part, step.head);
  Eigen::MatrixXd plain = Eigen::MatrixXd::Zero(rows.size, count);
  for (Index j = 0; j < weights.cols(); ++j) {
    plain += weights.col(j).segment(rows.first, rows.size).cast<double>() * step.inputs.row(j).tail(count);
  }
  if (in.bias) {
    plain.colwise() +=
        model.parameters().value(*in.bias).col(0).segment(rows.first, rows.size).cast<double>();
  }
  if (!rows.turned) return plain;
  Eigen::MatrixXd turned(rows.size, count);
  for (Index column = 0; column < count; ++column) {
    const auto place = static_cast<std::size_t>(step.inputs.cols() - count + column);
    for (Index u = 0; u < rows.size; ++u) {
      const Mixed mixed = mixedRow(rows, u, place);
      turned(u, column) = mixed.factors[0] * plain(mixed.rows[0] - rows.first, column) +
                          mixed.factors[1] * plain(mixed.rows[1] - rows.first, column);
    }
  }
  return turned;
}

}  // namespace

HeadStep headStep(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer, std::size_t head,
                  std::size_t step) {
  const NeuralModel& network = neuralOf(model);
  assert(layer < model.facts().layers && head < model.facts().heads && step < trace.ids.size());
  HeadStep result;
  result.layer = layer;
  result.head = head;
  result.step = step;
  result.inputs = inputsOf(network, trace, layer, step);
  const auto count = static_cast<Index>(step) + 1;
  const Index size = rowsOf(transformer(network), HeadPart::Query, head).size;
  result.scale = 1 / std::sqrt(static_cast<double>(size));
  result.query = partOf(network, result, HeadPart::Query, 1);
  result.keys = partOf(network, result, HeadPart::Key, count);
  result.values = partOf(network, result, HeadPart::Value, count);
  result.scores = Eigen::VectorXd::Zero(count);
  for (Index u = 0; u < size; ++u) result.scores += result.keys.row(u) * (result.query(u) * result.scale);
  result.weights = (result.scores.array() - result.scores.maxCoeff()).exp();
  result.weights /= result.weights.sum();
  result.output = Eigen::VectorXd::Zero(size);
  for (Index j = 0; j < count; ++j) result.output += result.weights(j) * result.values.col(j);
  return result;
}

HeadStages headStages(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer,
                      std::size_t head) {
  const HeadStep last = headStep(model, trace, layer, head, trace.ids.size() - 1);
  const auto count = static_cast<Index>(trace.ids.size());
  const Eigen::MatrixXd queries = partOf(neuralOf(model), last, HeadPart::Query, count);
  HeadStages stages;
  stages.values = last.values;
  stages.products = Eigen::MatrixXd::Zero(count, count);
  for (Index u = 0; u < queries.rows(); ++u)
    for (Index q = 0; q < count; ++q) stages.products.col(q) += last.keys.row(u) * queries(u, q);
  stages.scores = stages.products * last.scale;
  stages.weights = Eigen::MatrixXd::Zero(count, count);
  stages.outputs = Eigen::MatrixXd::Zero(last.values.rows(), count);
  for (Index q = 0; q < count; ++q) {
    const Index seen = q + 1;
    stages.scores.col(q).tail(count - seen).setConstant(std::numeric_limits<double>::quiet_NaN());
    auto weights = stages.weights.col(q).head(seen);
    weights = (stages.scores.col(q).head(seen).array() - stages.scores.col(q).head(seen).maxCoeff()).exp();
    weights /= weights.sum();
    for (Index k = 0; k < seen; ++k) stages.outputs.col(q) += weights(k) * stages.values.col(k);
  }
  return stages;
}

std::vector<Term> scoreTerms(const HeadStep& step, std::size_t token) {
  std::vector<Term> terms;
  for (Index u = 0; u < step.query.size(); ++u) {
    terms.push_back({Term::Of::Unit, static_cast<std::size_t>(u), step.query(u) * step.scale,
                     step.keys(u, static_cast<Index>(token))});
  }
  return terms;
}

std::vector<Term> outputTerms(const HeadStep& step, std::size_t number) {
  std::vector<Term> terms;
  for (Index j = 0; j < step.weights.size(); ++j) {
    terms.push_back({Term::Of::Token, static_cast<std::size_t>(j), step.weights(j),
                     step.values(static_cast<Index>(number), j)});
  }
  return terms;
}

NumberTerms numberTerms(const SequenceModel& model, const HeadStep& step, HeadPart part, std::size_t token,
                        std::size_t number) {
  const NeuralModel& network = neuralOf(model);
  const TransformerNet& net = transformer(network);
  const TransformerLinear& in = net.names().blocks[step.layer].in;
  const ConstMatrixMap weights = network.parameters().value(in.weights);
  const Mixed mixed = mixedRow(rowsOf(net, part, step.head), static_cast<Index>(number), token);
  NumberTerms projection;
  for (Index j = 0; j < weights.cols(); ++j) {
    double weight = 0;
    for (int i = 0; i < 2; ++i) weight += mixed.factors[i] * static_cast<double>(weights(mixed.rows[i], j));
    projection.terms.push_back(
        {Term::Of::Input, static_cast<std::size_t>(j), weight, step.inputs(j, static_cast<Index>(token))});
  }
  for (int i = 0; in.bias && i < 2; ++i) {
    projection.bias +=
        mixed.factors[i] * static_cast<double>(network.parameters().value(*in.bias)(mixed.rows[i], 0));
  }
  return projection;
}

}  // namespace lexarium

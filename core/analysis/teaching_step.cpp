// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/teaching_step.h"

#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

double sigmoid(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

/// -log s(y), finite for every finite y.
double logisticLoss(double y) { return std::max(-y, 0.0) + std::log1p(std::exp(-std::abs(y))); }

TracedRow& rowOnce(std::vector<TracedRow>& rows, std::uint32_t row, const Numbers& before) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const TracedRow& r) { return r.row == row; });
  if (found != rows.end()) return *found;
  return rows.emplace_back(TracedRow{row, before, before});
}

/// v' and h of the prediction; false if a row is missing.
bool gather(const TeachingPair& pair, const ModelRows& rows, PredictionTrace& trace) {
  const bool mean = pair.kind == TeachingPair::Kind::Cbow;
  const std::vector<TokenId> inputs = mean ? pair.context : std::vector<TokenId>{pair.centre};
  trace.inputShare = 1 / static_cast<double>(inputs.size());
  trace.hidden = Numbers::Zero(rows.input.rows());
  for (const TokenId word : inputs) {
    const Eigen::Index column = rows.columnOfWord(word);
    if (column < 0) return false;
    const Numbers before = rows.input.col(column).cast<double>();
    trace.hidden += trace.inputShare * before;
    rowOnce(trace.inputs, word, before);
  }
  for (const Target& target : pair.targets) {
    const Eigen::Index column = rows.columnOfOutput(target.row);
    if (column < 0) return false;
    TracedTarget& traced = trace.targets.emplace_back();
    traced.target = target;
    traced.row = rows.output.col(column).cast<double>();
    rowOnce(trace.outputs, target.row, traced.row);
  }
  return !trace.targets.empty();
}

/// Another word of the window, which learns the same targets in the same step; false if its row is missing.
bool addOther(TokenId word, const ModelRows& rows, PredictionTrace& trace) {
  const Eigen::Index column = rows.columnOfWord(word);
  if (column < 0) return false;
  const Numbers hidden = rows.input.col(column).cast<double>();
  Numbers gradient = Numbers::Zero(hidden.size());
  for (const TracedTarget& traced : trace.targets) {
    const double score = traced.row.dot(hidden);
    const double error = traced.target.sign > 0 ? -sigmoid(-score) : sigmoid(score);
    gradient += error * traced.row;
    rowOnce(trace.outputs, traced.target.row, traced.row).after -= trace.rate * error * hidden;
  }
  rowOnce(trace.inputs, word, hidden).after -= trace.rate * gradient;
  return true;
}

/// One side's AdaGrad step (Duchi et al. 2011): value -= rate * gradient / sqrt(sum), then sum += gradient^2.
void stepSide(TracedCellSide& side, const Numbers& other, double slope, double rate) {
  constexpr double kClip = kGloveClip;
  side.gradient = (slope * other).cwiseMax(-kClip).cwiseMin(kClip);
  side.after = side.before.array() - rate * side.gradient.array() / side.squaresBefore.array().sqrt();
  side.squaresAfter = side.squaresBefore.array() + side.gradient.array().square();
}

Numbers withLast(const Eigen::Ref<const Vector>& values, double last) {
  Numbers all(values.size() + 1);
  all << values.cast<double>(), last;
  return all;
}

}  // namespace

std::optional<PredictionTrace> tracePrediction(const TeachingPair& pair, const ModelRows& rows, double rate) {
  PredictionTrace trace;
  trace.rate = rate;
  if (!gather(pair, rows, trace)) return std::nullopt;
  trace.hiddenGradient = Numbers::Zero(trace.hidden.size());
  for (TracedTarget& traced : trace.targets) {
    const bool yes = traced.target.sign > 0;
    traced.score = traced.row.dot(trace.hidden);
    traced.probability = sigmoid(traced.score);
    traced.loss = logisticLoss(yes ? traced.score : -traced.score);
    traced.error = yes ? -sigmoid(-traced.score) : traced.probability;
    trace.loss += traced.loss;
    trace.hiddenGradient += traced.error * traced.row;
    // A row that stands twice is moved twice, both times by its old score.
    rowOnce(trace.outputs, traced.target.row, traced.row).after -= rate * traced.error * trace.hidden;
  }
  const std::vector<TokenId> inputs =
      pair.kind == TeachingPair::Kind::Cbow ? pair.context : std::vector<TokenId>{pair.centre};
  for (const TokenId word : inputs) {
    TracedRow& row = rowOnce(trace.inputs, word, {});
    row.after -= rate * trace.inputShare * trace.hiddenGradient;
  }
  for (const TokenId word : pair.others) {
    if (!addOther(word, rows, trace)) return std::nullopt;
  }
  return trace;
}

std::optional<CellTrace> traceCell(const TeachingPair& pair, const ModelRows& rows, double rate) {
  const Eigen::Index i = rows.columnOfWord(pair.centre);
  const Eigen::Index j = rows.columnOfOutput(pair.context.front());
  if (i < 0 || j < 0 || rows.inputBias.size() <= i || rows.outputBias.size() <= j) return std::nullopt;
  CellTrace trace;
  trace.rate = rate;
  trace.word.before = withLast(rows.input.col(i), rows.inputBias[i]);
  trace.context.before = withLast(rows.output.col(j), rows.outputBias[j]);
  trace.word.squaresBefore = rows.inputSquares.col(i).cast<double>();
  trace.context.squaresBefore = rows.outputSquares.col(j).cast<double>();
  const Eigen::Index d = rows.input.rows();
  trace.product = trace.word.before.head(d).dot(trace.context.before.head(d));
  trace.score = trace.product + trace.word.before[d] + trace.context.before[d];
  trace.logCount = std::log(pair.count);
  trace.difference = trace.score - trace.logCount;
  trace.weight = pair.weight;
  trace.loss = trace.weight * trace.difference * trace.difference / 2;
  trace.slope = trace.weight * trace.difference;
  // The bias stands beside a number that is always 1.
  Numbers besideWord = trace.context.before, besideContext = trace.word.before;
  besideWord[d] = besideContext[d] = 1;
  stepSide(trace.word, besideWord, trace.slope, rate);
  stepSide(trace.context, besideContext, trace.slope, rate);
  return trace;
}

}  // namespace lexarium

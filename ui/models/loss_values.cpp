// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/loss_values.h"

#include <cmath>
#include <numbers>

namespace lexarium {
namespace {

double scoreOf(LossKind kind, const TaskMetrics& scores) {
  switch (kind) {
    case LossKind::Accuracy:
      return scores.accuracy;
    case LossKind::Exact:
      return scores.exact;
    case LossKind::Bleu:
      return scores.bleu;
    default:
      return scores.macroF1;
  }
}

}  // namespace

bool isScore(LossKind kind) { return kind >= LossKind::Accuracy; }

QString LossValues::title(LossKind kind) {
  switch (kind) {
    case LossKind::Loss:
      return tr("Loss");
    case LossKind::LearningRate:
      return tr("Learning rate");
    case LossKind::Perplexity:
      return tr("Perplexity");
    case LossKind::BitsPerCharacter:
      return tr("Bits per character");
    case LossKind::GradientNorm:
      return tr("Gradient norm");
    case LossKind::Accuracy:
      return tr("Accuracy");
    case LossKind::Exact:
      return tr("Entirely right");
    case LossKind::Bleu:
      return tr("BLEU");
    case LossKind::MacroF1:
      return tr("F1 (mean of the classes)");
  }
  return {};
}

QString LossValues::help(LossKind kind) {
  switch (kind) {
    case LossKind::Loss:
      return tr(
          "How surprised the model is on average: minus the logarithm of the probability that it gave to "
          "what came.");
    case LossKind::LearningRate:
      return tr("How far each step goes.");
    case LossKind::Perplexity:
      return tr("Among how many equally likely tokens the model seems to choose.");
    case LossKind::BitsPerCharacter:
      return tr(
          "How many bits a character of the text would take if the model packed it: comparable between "
          "models "
          "with other tokens.");
    case LossKind::GradientNorm:
      return tr("How steep the loss is, before clipping; it explodes before a run diverges.");
    case LossKind::Accuracy:
      return tr("Share of tokens, texts or answers that are right, on examples held back.");
    case LossKind::Exact:
      return tr("Share of texts said without help that are entirely right, on examples held back.");
    case LossKind::Bleu:
      return tr("How many words and phrases a translation shares with the right one, from 0 to 1.");
    case LossKind::MacroF1:
      return tr("Precision and recall in one number, every class with the same weight.");
  }
  return {};
}

QString LossValues::axisTitle(LossKind kind, Per per) {
  if (kind != LossKind::Loss) return title(kind);
  return per == Per::Token     ? tr("Loss (nats per token)")
         : per == Per::Example ? tr("Loss (nats per example)")
                               : tr("Loss per pair");
}

double ofLoss(LossKind kind, double loss, double charactersPerToken) {
  if (kind == LossKind::Perplexity) return std::exp(loss);
  if (kind == LossKind::BitsPerCharacter) return loss / std::numbers::ln2 / charactersPerToken;
  return loss;
}

std::vector<MetricPoint> valuesOf(LossKind kind, std::span<const MetricPoint> points,
                                  double charactersPerToken, bool validation) {
  std::vector<MetricPoint> values;
  const bool ofLosses = kind != LossKind::LearningRate && kind != LossKind::GradientNorm && !isScore(kind);
  if (validation && !ofLosses) return values;
  for (MetricPoint point : points) {
    if (validation && !point.hasValidation()) continue;
    if (kind == LossKind::GradientNorm && !point.hasGradientNorm()) continue;
    if (isScore(kind) && std::isnan(scoreOf(kind, point.scores))) continue;
    if (isScore(kind))
      point.loss = scoreOf(kind, point.scores);
    else if (kind == LossKind::LearningRate)
      point.loss = point.learningRate;
    else if (kind == LossKind::GradientNorm)
      point.loss = point.gradientNorm;
    else
      point.loss = ofLoss(kind, validation ? point.validationLoss : point.loss, charactersPerToken);
    values.push_back(point);
  }
  return values;
}

}  // namespace lexarium

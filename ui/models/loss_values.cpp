// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/loss_values.h"

#include <cmath>
#include <numbers>

namespace lexarium {

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
  }
  return {};
}

QString LossValues::axisTitle(LossKind kind, bool language) {
  if (kind == LossKind::Loss) return language ? tr("Loss (nats per token)") : tr("Loss per pair");
  return title(kind);
}

double ofLoss(LossKind kind, double loss, double charactersPerToken) {
  if (kind == LossKind::Perplexity) return std::exp(loss);
  if (kind == LossKind::BitsPerCharacter) return loss / std::numbers::ln2 / charactersPerToken;
  return loss;
}

std::vector<MetricPoint> valuesOf(LossKind kind, std::span<const MetricPoint> points,
                                  double charactersPerToken, bool validation) {
  std::vector<MetricPoint> values;
  const bool ofLosses = kind != LossKind::LearningRate && kind != LossKind::GradientNorm;
  if (validation && !ofLosses) return values;
  for (MetricPoint point : points) {
    if (validation && !point.hasValidation()) continue;
    if (kind == LossKind::GradientNorm && !point.hasGradientNorm()) continue;
    if (kind == LossKind::LearningRate)
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

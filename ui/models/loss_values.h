// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <limits>
#include <span>
#include <vector>

#include "core/train/metric_log.h"

namespace lexarium {

/// What the vertical axis of the loss chart shows. Perplexity and bits per character have a meaning for
/// language models alone, the scores for tasks.
enum class LossKind {
  Loss,
  LearningRate,
  Perplexity,
  BitsPerCharacter,
  GradientNorm,
  Accuracy,
  Exact,
  Bleu,
  MacroF1
};
/// Is it a score of a task, measured on examples held back?
bool isScore(LossKind kind);

/// Texts about them.
class LossValues {
  Q_DECLARE_TR_FUNCTIONS(LossValues)

 public:
  static QString title(LossKind kind);  ///< for a choice
  static QString help(LossKind kind);   ///< one sentence
  /// Of what the loss is a mean.
  enum class Per { Pair, Token, Example };
  /// Of the axis.
  static QString axisTitle(LossKind kind, Per per);
};

/// The value of a loss of so many nats a token: exp(loss) for perplexity, loss / ln 2 / characters for bits.
double ofLoss(LossKind kind, double loss, double charactersPerToken);
/// Points whose `loss` is the value of that kind. `validation`: only those at which it was measured.
std::vector<MetricPoint> valuesOf(LossKind kind, std::span<const MetricPoint> points,
                                  double charactersPerToken, bool validation);

}  // namespace lexarium

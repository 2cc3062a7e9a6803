// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/gradient_flow.h"

namespace lexarium {

/// A run whose gradient is followed, as it was when that was asked for.
struct GradientRun {
  int id = 0;
  QString name;
  QColor color;
  std::shared_ptr<const SequenceModel> model;
  std::shared_ptr<const SequenceTrace> trace;  ///< of the text; null: it is still to be read
  std::size_t layer = 0;
};

/// What is left of a run's gradient, token by token back from the one at which the loss was taken.
struct GradientCurve {
  int id = 0;
  QString name;
  QColor color;
  std::size_t step = 0;
  double loss = 0;
  TokenId target = 0;
  bool isGuess = false;
  std::vector<double> hidden;  ///< [back] sharesLeft() of h
  std::vector<double> cell;    ///< likewise of c; empty where there is none
};

/// Of the token that ends where `token` of `text` (a trace) ends, or before. None: no gradient, no such
/// token, or stopped. On any thread.
std::optional<GradientCurve> gradientCurve(const GradientRun& run, const SequenceTrace& text,
                                           std::size_t token, const StopToken& stop);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace lexarium {

/// How well a task is done on examples that are not learned from, beside the loss; all of 0 to 1, not a
/// number: not measured, or without a meaning for this task.
struct TaskMetrics {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double accuracy = kNone;  ///< share of tokens (while the right ones are given), classes or answers
  double exact = kNone;     ///< pairs: share of texts that are entirely right, without help
  double bleu = kNone;      ///< pairs: of the texts, without help
  double macroF1 = kNone;   ///< labels: mean of the classes' F1

  /// Has anything been measured?
  bool any() const { return !(accuracy != accuracy && exact != exact && bleu != bleu && macroF1 != macroF1); }
};

}  // namespace lexarium

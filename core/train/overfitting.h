// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "core/train/metric_log.h"

namespace lexarium {

/// A model that gets better on what it learns from and worse on what was held back.
struct Overfitting {
  std::uint64_t sinceStep = 0;  ///< where the validation loss was lowest
  double best = 0;              ///< that loss
  double now = 0;               ///< the newest
};

/// Looks at the validation losses of a run, in order of step: overfitting if at least the last three are more
/// than one per cent above the lowest, while the training loss has fallen since then (Prechelt 1998, "Early
/// stopping - but when?", generalisation loss).
std::optional<Overfitting> findOverfitting(std::span<const MetricPoint> points);

}  // namespace lexarium

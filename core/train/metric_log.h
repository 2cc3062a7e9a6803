// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include "core/models/task_metrics.h"

namespace lexarium {

/// One report of the loss: the mean per training pair (sequence models: per token, in nats) since the report
/// before.
struct MetricPoint {
  std::uint64_t step = 0;
  double epoch = 0;
  double seconds = 0;  ///< of training, pauses not counted
  double loss = 0;
  double learningRate = 0;
  double tokensPerSecond = 0;
  // Not of word vectors; NaN: not measured in this step.
  double validationLoss = std::numeric_limits<double>::quiet_NaN();
  double gradientNorm = std::numeric_limits<double>::quiet_NaN();  ///< before clipping
  TaskMetrics scores{};  ///< tasks only: on the examples held back, with the validation loss

  bool hasValidation() const { return !std::isnan(validationLoss); }
  bool hasGradientNorm() const { return !std::isnan(gradientNorm); }
};

/// A moment worth a flag on the curve: "Learning rate 0.025 to 0.01".
struct MetricFlag {
  std::uint64_t step = 0;
  std::string text;
};

/// Append-only; written by the trainer's thread, read by any number of cursors from any thread. Nothing is
/// lost.
class MetricLog {
 public:
  void append(const MetricPoint& point);
  void appendFlag(MetricFlag flag);

  std::size_t size() const;
  /// Appends all points from `cursor` on to `out` and returns the new cursor.
  std::size_t read(std::size_t cursor, std::vector<MetricPoint>& out) const;
  std::size_t readFlags(std::size_t cursor, std::vector<MetricFlag>& out) const;

 private:
  mutable std::mutex mutex_;
  std::vector<MetricPoint> points_;
  std::vector<MetricFlag> flags_;
};

}  // namespace lexarium

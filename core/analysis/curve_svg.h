// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/train/metric_log.h"

namespace lexarium {

/// Words of a loss curve.
struct CurveWords {
  std::string steps = "Steps";
  std::string loss = "Loss";
  std::string training = "training";
  std::string validation = "held back";
};

/// The loss over the steps as a drawing that stands by itself, 720 x 320: raw values faint, smoothed ones
/// bold, those on text held back as a line with marks. Empty: there are fewer than two values.
std::string lossCurveSvg(std::span<const MetricPoint> points, const CurveWords& words,
                         const std::string& fingerprint = {});

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lexarium {

Schedule::Kind scheduleNamed(std::string_view name) {
  if (name == "cosine") return Schedule::Kind::Cosine;
  if (name == "linear") return Schedule::Kind::Linear;
  return name == "step" ? Schedule::Kind::Step : Schedule::Kind::Constant;
}

double Schedule::at(std::uint64_t step) const {
  if (step < warmup) return rate * static_cast<double>(step + 1) / static_cast<double>(warmup);
  const std::uint64_t since = step - warmup;
  const double progress =
      total > warmup ? std::min(1.0, static_cast<double>(since) / static_cast<double>(total - warmup)) : 0;
  switch (kind) {
    case Kind::Constant:
      return rate;
    case Kind::Step:
      return rate * std::pow(factor, static_cast<double>(since / std::max<std::uint64_t>(every, 1)));
    case Kind::Cosine:
      return least + (rate - least) * (1 + std::cos(std::numbers::pi * progress)) / 2;
    case Kind::Linear:
      return least + (rate - least) * (1 - progress);
  }
  return rate;
}

bool EarlyStopping::shouldStop(double loss, std::uint64_t step) {
  if (std::isfinite(loss) && (!hasBest_ || loss < best_ - margin_)) {
    hasBest_ = true;
    best_ = loss;
    bestStep_ = step;
    since_ = 0;
    return false;
  }
  ++since_;
  return patience_ > 0 && since_ >= patience_;
}

}  // namespace lexarium

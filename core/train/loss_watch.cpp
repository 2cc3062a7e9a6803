// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/loss_watch.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

double LossWatch::bound() const {
  if (state_.reports == 0) return kMost;
  return std::min(kMost, kFactor * std::abs(state_.lowest) + kMargin);
}

std::optional<LossWatch> LossWatch::fromState(const State& state) {
  const bool counts =
      state.reports >= 0 && state.reports <= kFirstReports && state.inARow >= 0 && state.inARow < kInARow;
  if (!counts || !std::isfinite(state.lowest)) return std::nullopt;
  LossWatch watch;
  watch.state_ = state;
  return watch;
}

LossWatch::Verdict LossWatch::add(double loss) {
  if (!std::isfinite(loss)) return Verdict::NotFinite;
  const bool high = loss > bound();
  if (state_.reports < kFirstReports) {
    state_.lowest = state_.reports == 0 ? loss : std::min(state_.lowest, loss);
    ++state_.reports;
  }
  state_.inARow = high ? state_.inARow + 1 : 0;
  if (state_.inARow >= kInARow) return Verdict::Exploded;
  return high ? Verdict::Suspicious : Verdict::Fine;
}

}  // namespace lexarium

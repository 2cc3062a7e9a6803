// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/loss_watch.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

double LossWatch::bound() const {
  if (reports_ == 0) return kMost;
  return std::min(kMost, kFactor * std::abs(lowest_) + kMargin);
}

LossWatch::Verdict LossWatch::add(double loss) {
  if (!std::isfinite(loss)) return Verdict::NotFinite;
  const bool high = loss > bound();
  if (reports_ < kFirstReports) {
    lowest_ = reports_ == 0 ? loss : std::min(lowest_, loss);
    ++reports_;
  }
  inARow_ = high ? inARow_ + 1 : 0;
  if (inARow_ >= kInARow) return Verdict::Exploded;
  return high ? Verdict::Suspicious : Verdict::Fine;
}

}  // namespace lexarium

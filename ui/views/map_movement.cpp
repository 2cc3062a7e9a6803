// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_movement.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/analysis/vector_turns.h"

namespace lexarium {

namespace {

constexpr double kLowShare = 0.02, kHighShare = 0.98;
// Part of the way that the ends of the scale go with each measurement while training runs.
constexpr double kSmoothing = 0.2;
// Degrees: a scale is never finer than that, because below are the rounding errors of float.
constexpr double kStill = 0.002;
// Tables are kept so far apart, as a share of the lag.
constexpr double kSpacing = 0.25;

}  // namespace

void TableHistory::add(Table table, double seconds) {
  if (!table) return;
  if (newest_.table) {
    const bool otherRun = table->step < newest_.table->step ||
                          table->vectors.rows() != newest_.table->vectors.rows() || seconds < newest_.seconds;
    if (otherRun) {
      clear();
    } else if (table->step == newest_.table->step) {
      newest_.table = std::move(table);
      return;
    } else {
      const double spacing = table->vectors.size() > kLarge ? kLag : kLag * kSpacing;
      // After a pause the last one before it is kept in any case.
      if (older_.empty() || newest_.seconds - older_.back().seconds >= spacing ||
          seconds - newest_.seconds >= kLag)
        older_.push_back(std::move(newest_));
    }
  }
  newest_ = {std::move(table), seconds};
  while (older_.size() > 1 && newest_.seconds - older_[1].seconds >= kLag) older_.erase(older_.begin());
}

void TableHistory::clear() {
  older_.clear();
  newest_ = {};
}

TableHistory::Table TableHistory::before() const { return older_.empty() ? nullptr : older_.front().table; }

ColorRange ColorRange::of(std::vector<float> values) {
  if (values.empty()) return {};
  const auto percentile = [&values](double share) {
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(place)]);
  };
  const double high = percentile(kHighShare);
  if (!(high > kStill)) return {};
  const double low = percentile(kLowShare);
  // All alike: they are in the middle of a scale that says so.
  return high - low > kStill ? ColorRange{low, high} : ColorRange{low / 2, high * 1.5};
}

ColorRange ColorRange::towards(const ColorRange& other, double share) const {
  if (isEmpty() || other.isEmpty()) return other;
  return {low + (other.low - low) * share, high + (other.high - high) * share};
}

std::vector<std::uint8_t> ColorRange::binsOf(const std::vector<float>& values, int bins) const {
  std::vector<std::uint8_t> result(values.size(), 0);
  if (isEmpty()) return result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double t = std::clamp((static_cast<double>(values[i]) - low) / (high - low), 0.0, 1.0);
    result[i] = static_cast<std::uint8_t>(std::lround(t * (bins - 1)));
  }
  return result;
}

MapMovement::MapMovement(FrameClock& clock, QObject* parent)
    : QObject(parent), job_(clock, [this] { measure(); }) {
  time_.start();
}

void MapMovement::follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training) {
  if (history_.newest() && table && table->step < history_.newest()->step) reset();
  history_.add(std::move(table), static_cast<double>(time_.elapsed()) / 1000);
  words_ = words;
  training_ = training;
  measure();
}

void MapMovement::setShown(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  shown ? measure() : job_.cancel();
}

void MapMovement::reset() {
  job_.cancel();
  history_.clear();
  measured_ = measuredBefore_ = nullptr;
  turns_.clear();
  range_ = {};
  steps_ = 0;
}

void MapMovement::measure() {
  const auto now = history_.newest(), before = history_.before();
  if (!shown_ || !before) return;
  if (now == measured_ && before == measuredBefore_ && words_ == measuredWords_) return;
  // An answer to a person, or to the end of the training, does not wait.
  if (job_.isRunning() || (training_ && words_ == measuredWords_ && !job_.isDue())) return;
  job_.run(
      [now, before, words = words_](std::stop_token stop) {
        Result result{turnsBetween(now->vectors, before->vectors, words, stop), {}};
        result.range = ColorRange::of(result.turns);
        return result;
      },
      [this, now, before, words = words_](Result result) {
        measured_ = now;
        measuredBefore_ = before;
        measuredWords_ = words;
        turns_ = std::move(result.turns);
        range_ = training_ ? range_.towards(result.range, kSmoothing) : result.range;
        steps_ = now->step - before->step;
        Q_EMIT changed();
        measure();
      });
}

}  // namespace lexarium

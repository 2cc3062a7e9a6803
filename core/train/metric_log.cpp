// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/metric_log.h"

#include <utility>

namespace lexarium {
namespace {

template <class T>
std::size_t readFrom(const std::vector<T>& all, std::size_t cursor, std::vector<T>& out) {
  if (cursor >= all.size()) return all.size();
  out.insert(out.end(), all.begin() + static_cast<std::ptrdiff_t>(cursor), all.end());
  return all.size();
}

}  // namespace

void MetricLog::append(const MetricPoint& point) {
  const std::lock_guard lock(mutex_);
  points_.push_back(point);
}

void MetricLog::appendFlag(MetricFlag flag) {
  const std::lock_guard lock(mutex_);
  flags_.push_back(std::move(flag));
}

std::size_t MetricLog::size() const {
  const std::lock_guard lock(mutex_);
  return points_.size();
}

std::size_t MetricLog::read(std::size_t cursor, std::vector<MetricPoint>& out) const {
  const std::lock_guard lock(mutex_);
  return readFrom(points_, cursor, out);
}

std::size_t MetricLog::readFlags(std::size_t cursor, std::vector<MetricFlag>& out) const {
  const std::lock_guard lock(mutex_);
  return readFrom(flags_, cursor, out);
}

}  // namespace lexarium

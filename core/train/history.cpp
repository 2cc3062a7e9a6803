// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/history.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

namespace lexarium {
namespace {

using FramePtr = std::shared_ptr<const HistoryFrame>;

// Moments are to lie evenly on this scale of the share u of the run, from 0 to 2: half of it grows evenly,
// half with the logarithm, so that the beginning is about forty times as dense as the end.
constexpr double kBits = 8;
double placeOf(double share) { return share + std::log2(1 + (std::exp2(kBits) - 1) * share) / kBits; }
constexpr double kScale = 2;
// d placeOf / d share at the end of the run.
const double kSlopeAtEnd = 1 + (1 - std::exp2(-kBits)) / (kBits * std::log(2.0));

// However small the budget: fewer moments are no history.
constexpr std::size_t kFewest = 8;

bool isBefore(const FramePtr& frame, std::uint64_t step) { return frame->step < step; }

}  // namespace

bool History::isFull() const { return bytes_ > limits_.budgetBytes && frames_.size() > kFewest; }

bool History::wants(std::uint64_t step) const {
  const std::lock_guard lock(mutex_);
  if (frames_.empty()) return true;
  const std::uint64_t last = frames_.back()->step;
  if (step <= last) return false;
  const double most = std::max<double>(
      kFewest, static_cast<double>(limits_.budgetBytes) / static_cast<double>(frames_.back()->memoryBytes()));
  const double apart = static_cast<double>(step) * (kScale / most) / kSlopeAtEnd;
  return static_cast<double>(step - last) >= apart;
}

void History::add(FramePtr frame) {
  assert(frame);
  Frames gone;  // let go without the lock
  const std::lock_guard lock(mutex_);
  const auto place = std::lower_bound(frames_.begin(), frames_.end(), frame->step, isBefore);
  bytes_ += frame->memoryBytes();
  if (place != frames_.end() && (*place)->step == frame->step) {
    bytes_ -= (*place)->memoryBytes();
    place->swap(frame);
    gone.push_back(std::move(frame));
  } else {
    frames_.insert(place, std::move(frame));
  }
  if (isFull()) gone = thin();
  ++version_;
}

/// Keeps about half; returns the others.
History::Frames History::thin() {
  const double apart = kScale / (static_cast<double>(frames_.size()) / 2);
  const auto whole = static_cast<double>(std::max<std::uint64_t>(frames_.back()->step, 1));
  Frames kept, gone;
  double last = -kScale;
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    const double place = placeOf(static_cast<double>(frames_[i]->step) / whole);
    const bool stays = place - last >= apart || i + 1 == frames_.size();
    if (stays) last = place;
    if (!stays) bytes_ -= frames_[i]->memoryBytes();
    (stays ? kept : gone).push_back(std::move(frames_[i]));
  }
  frames_ = std::move(kept);
  return gone;
}

void History::removeAfter(std::uint64_t step) {
  Frames gone;
  const std::lock_guard lock(mutex_);
  const auto first = std::lower_bound(frames_.begin(), frames_.end(), step + 1, isBefore);
  gone.assign(std::make_move_iterator(first), std::make_move_iterator(frames_.end()));
  frames_.erase(first, frames_.end());
  for (const FramePtr& frame : gone) bytes_ -= frame->memoryBytes();
  ++version_;
}

std::size_t History::size() const {
  const std::lock_guard lock(mutex_);
  return frames_.size();
}

std::uint64_t History::memoryBytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::uint64_t History::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

std::vector<FramePtr> History::frames() const {
  const std::lock_guard lock(mutex_);
  return frames_;
}

std::vector<std::uint64_t> History::steps() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint64_t> steps;
  steps.reserve(frames_.size());
  for (const FramePtr& frame : frames_) steps.push_back(frame->step);
  return steps;
}

FramePtr History::frameAt(std::uint64_t step) const {
  const std::lock_guard lock(mutex_);
  if (frames_.empty()) return nullptr;
  const auto after = std::lower_bound(frames_.begin(), frames_.end(), step, isBefore);
  if (after == frames_.begin()) return frames_.front();
  const auto before = std::prev(after);
  if (after == frames_.end()) return *before;
  return step - (*before)->step <= (*after)->step - step ? *before : *after;
}

}  // namespace lexarium

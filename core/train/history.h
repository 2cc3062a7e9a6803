// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/train/history_frame.h"

namespace lexarium {

/// How much of a run is kept to be seen again.
struct HistoryLimits {
  std::size_t words = 2000;                 ///< the most frequent
  std::uint64_t budgetBytes = 200'000'000;  ///< of memory, a run
};

/// Moments of a run, within a budget: written by the training thread, or filled from a project; read from any
/// thread. At first every moment that is offered is kept; when the budget is full, about every other goes.
/// Half of those that stay lie evenly over the run, and half ever closer towards its beginning, where most
/// happens, whatever the length of the run: the step between two grows with the run. The first and the last
/// always stay.
class History {
 public:
  explicit History(const HistoryLimits& limits = {}) : limits_(limits) {}

  const HistoryLimits& limits() const { return limits_; }

  /// Would a moment of this step lie as far from the last one as all of them should lie apart?
  bool wants(std::uint64_t step) const;
  /// In the order of their steps, in whatever order they come; one of a step that is there replaces it.
  void add(std::shared_ptr<const HistoryFrame> frame);
  /// Forgets what came after that step (the run goes on from there, or has gone wrong since).
  void removeAfter(std::uint64_t step);

  std::size_t size() const;
  std::uint64_t memoryBytes() const;
  /// Grows with every change: whoever shows a list of moments looks whether it is still the same.
  std::uint64_t version() const;
  /// All moments by rising step.
  std::vector<std::shared_ptr<const HistoryFrame>> frames() const;
  std::vector<std::uint64_t> steps() const;
  /// The moment nearest to that step, the earlier of two; null if there is none.
  std::shared_ptr<const HistoryFrame> frameAt(std::uint64_t step) const;

 private:
  using Frames = std::vector<std::shared_ptr<const HistoryFrame>>;

  // With mutex_ held.
  Frames thin();
  bool isFull() const;

  const HistoryLimits limits_;
  mutable std::mutex mutex_;
  Frames frames_;
  std::uint64_t bytes_ = 0;
  std::uint64_t version_ = 0;
};

}  // namespace lexarium

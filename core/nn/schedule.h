// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace lexarium {

/// The learning rate over a run. Each kind may begin with a warm-up: rate (step + 1) / warmup for its first
/// steps.
struct Schedule {
  enum class Kind {
    Constant,
    Step,    ///< rate * factor^(steps since the warm-up / every, rounded down)
    Cosine,  ///< Loshchilov & Hutter 2017: half a cosine from rate to least at `total` steps
    Linear   ///< a line from rate to least at `total` steps
  };
  Kind kind = Kind::Constant;
  double rate = 1e-3;
  std::uint64_t warmup = 0;
  std::uint64_t total = 0;  ///< steps of the run, warm-up included
  double least = 0;
  std::uint64_t every = 1000;
  double factor = 0.5;

  /// For the step that comes after `step` others.
  double at(std::uint64_t step) const;
};

/// "cosine", "linear", "step"; all else: constant.
Schedule::Kind scheduleNamed(std::string_view name);

/// Stops a run whose validation loss has not become better for `patience` looks in a row (Prechelt 1998).
class EarlyStopping {
 public:
  explicit EarlyStopping(std::uint64_t patience = 0, double margin = 0)
      : patience_(patience), margin_(margin) {}

  /// A loss at a step. True: stop (never with patience 0).
  bool shouldStop(double loss, std::uint64_t step);
  bool isBest() const { return since_ == 0; }  ///< was the last loss the best so far?
  double best() const { return best_; }
  std::uint64_t bestStep() const { return bestStep_; }

 private:
  std::uint64_t patience_, since_ = 0, bestStep_ = 0;
  double margin_, best_ = 0;
  bool hasBest_ = false;
};

}  // namespace lexarium

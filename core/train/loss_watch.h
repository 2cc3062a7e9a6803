// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace lexarium {

/// Tells a run that has gone wrong from one that is only noisy. Steps are compared with the lowest loss of
/// the first few reports: a single wild batch says nothing, several in a row far above the beginning do. The
/// bound is generous (ten times the beginning and ten more), since a loss that really explodes passes any
/// bound soon. A run may explode in its very first step, so that its beginning says nothing: no bound is
/// higher than kMost, several times what any model of probabilities or log counts can begin with (a binary
/// decision costs ln 2, of which hundreds make an example; a squared log count is below 500).
class LossWatch {
 public:
  enum class Verdict { Fine, Suspicious, Exploded, NotFinite };

  Verdict add(double loss);
  /// Above this a loss is suspicious.
  double bound() const;

  /// All that it remembers, for a run that is stopped and goes on.
  struct State {
    std::int64_t reports = 0;
    std::int64_t inARow = 0;
    double lowest = 0;
    bool operator==(const State&) const = default;
  };
  const State& state() const { return state_; }
  /// None if no watch comes to that state.
  static std::optional<LossWatch> fromState(const State& state);

 private:
  static constexpr int kFirstReports = 8;
  static constexpr int kInARow = 8;
  static constexpr double kFactor = 10;
  static constexpr double kMargin = 10;
  static constexpr double kMost = 2000;
  State state_;
};

}  // namespace lexarium

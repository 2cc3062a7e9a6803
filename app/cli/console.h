// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "app/cli/exit_code.h"
#include "core/base/expected.h"

namespace lexarium::cli {

/// UTF-8 to standard output. What cannot be written is remembered for finishOutput().
void print(std::string_view text);
/// One JSON value and a line end; bytes that are not UTF-8 (file names) are replaced.
void printJson(const nlohmann::ordered_json& value);
/// Flushes standard output: false if something was lost (disk full; quietly if the reader went away).
bool finishOutput();

/// "lexarium-cli: ..." on standard error.
void printError(std::string_view sentence);
/// Prints the error and returns kFailure, or kInterrupted if it was cancelled.
ExitCode fail(const Error& error);
/// Prints the sentence and returns kUsage.
ExitCode usageError(std::string_view sentence);

/// 1234567 -> "1,234,567"; the same in every locale.
std::string grouped(std::uint64_t number);
/// Three significant digits or the whole part: 0.123, 1.23, 12.3, 123, 1234. "-" if not finite.
std::string shortNumber(double value);
/// With a fixed number of decimals.
std::string fixedNumber(double value, int decimals);
/// All digits that it takes to read back the same, without an exponent where that is short: 5, 0.0001, 1e-09.
std::string readableNumber(double value);
/// "0:07", "12:40", "3:05:00".
std::string clockTime(double seconds);
/// What stands on standard error while something long runs: one line that is redrawn on a terminal, a plain
/// line now and then elsewhere, nothing if quiet.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// fraction: 0 to 1, negative if unknown. Off a terminal nothing is written.
  void update(double fraction, std::string_view text);
  /// A line that stays.
  void note(std::string_view text);
  void clear();
  bool onTerminal() const { return terminal_; }

 private:
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace lexarium::cli

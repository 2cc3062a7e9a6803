// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "core/base/expected.h"
#include "core/base/progress.h"

namespace lexarium {

/// A regular expression (ICU syntax, case-insensitive) that is looked for inside single words. Time and
/// memory are limited: an expression that backtracks without end becomes an Error, not a hang.
class WordRegex {
 public:
  /// Errors name the position in the expression, from 1.
  static Expected<WordRegex> compile(std::string_view expression, StopToken stop);
  WordRegex(WordRegex&&) noexcept;
  WordRegex& operator=(WordRegex&&) noexcept;
  ~WordRegex();

  /// Does the expression match anywhere in the word? Errors: too costly, cancelled. All calls together may
  /// take some seconds.
  Expected<bool> findIn(std::string_view word);

 private:
  struct State;
  explicit WordRegex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/concordance/word_regex.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include <chrono>
#include <string>
#include <vector>

namespace lexarium {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int32_t kTimeLimit = 1000;              // ICU's ticks a word: some hundred milliseconds
constexpr std::int32_t kStackLimit = 4 * 1024 * 1024;  // bytes of backtracking
constexpr auto kTotalTime = std::chrono::seconds(5);

tl::unexpected<Error> tooCostly() {
  return makeError("The expression takes too long to match", {},
                   "Use fewer repetitions inside repetitions, like (a+)+");
}

std::string describe(UErrorCode status) {
  switch (status) {
    case U_REGEX_MISMATCHED_PAREN:
      return "A parenthesis is open or closed that has no partner";
    case U_REGEX_MISSING_CLOSE_BRACKET:
      return "A [ is never closed";
    case U_REGEX_BAD_ESCAPE_SEQUENCE:
      return "Unknown letter after \\";
    case U_REGEX_BAD_INTERVAL:
    case U_REGEX_NUMBER_TOO_BIG:
    case U_REGEX_MAX_LT_MIN:
      return "The numbers in { } are not a valid range";
    case U_REGEX_LOOK_BEHIND_LIMIT:
      return "A look-behind (?<= ) must have a limited length";
    case U_REGEX_PATTERN_TOO_BIG:
    case U_REGEX_STACK_OVERFLOW:
      return "The expression is too large";
    case U_REGEX_UNIMPLEMENTED:
      return "This kind of expression is not available";
    default:
      return "This is no valid regular expression";
  }
}

std::vector<UChar> toUtf16(std::string_view text) {
  std::vector<UChar> result(text.size() + 1);
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t length = 0;
  u_strFromUTF8WithSub(result.data(), static_cast<std::int32_t>(result.size()), &length, text.data(),
                       static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
  result.resize(static_cast<std::size_t>(length));
  return result;
}

struct CloseRegex {
  void operator()(URegularExpression* regex) const { uregex_close(regex); }
};

}  // namespace

struct WordRegex::State {
  std::unique_ptr<URegularExpression, CloseRegex> regex;
  StopToken stop;
  Clock::time_point deadline;
  std::vector<UChar> word;

  /// ICU asks every few thousand steps whether to go on.
  static UBool U_CALLCONV goOn(const void* context, std::int32_t) {
    const auto* state = static_cast<const State*>(context);
    return !state->stop.stop_requested() && Clock::now() < state->deadline;
  }
};

WordRegex::WordRegex(std::unique_ptr<State> state) : state_(std::move(state)) {}
WordRegex::WordRegex(WordRegex&&) noexcept = default;
WordRegex& WordRegex::operator=(WordRegex&&) noexcept = default;
WordRegex::~WordRegex() = default;

Expected<WordRegex> WordRegex::compile(std::string_view expression, StopToken stop) {
  if (expression.empty())
    return makeError("There is nothing between the slashes", {}, "Write an expression, like /ing$/");
  const std::vector<UChar> pattern = toUtf16(expression);
  auto state = std::make_unique<State>();
  state->stop = std::move(stop);
  state->deadline = Clock::now() + kTotalTime;
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  state->regex.reset(uregex_open(pattern.data(), static_cast<std::int32_t>(pattern.size()),
                                 UREGEX_CASE_INSENSITIVE, &place, &status));
  if (U_SUCCESS(status)) uregex_setTimeLimit(state->regex.get(), kTimeLimit, &status);
  if (U_SUCCESS(status)) uregex_setStackLimit(state->regex.get(), kStackLimit, &status);
  if (U_SUCCESS(status)) uregex_setMatchCallback(state->regex.get(), &State::goOn, state.get(), &status);
  if (U_FAILURE(status)) {
    // ICU's offset stands behind the character at which it gave up, so it is that character's number from 1.
    const std::int32_t read = std::clamp(place.offset, 0, static_cast<std::int32_t>(pattern.size()));
    const std::int32_t position = std::max(1, u_countChar32(pattern.data(), read));
    return makeError(describe(status), "position " + std::to_string(position) + " of the expression");
  }
  return WordRegex(std::move(state));
}

Expected<bool> WordRegex::findIn(std::string_view word) {
  if (Clock::now() >= state_->deadline) return tooCostly();
  state_->word = toUtf16(word);
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(state_->regex.get(), state_->word.data(), static_cast<std::int32_t>(state_->word.size()),
                 &status);
  const bool found = uregex_find(state_->regex.get(), 0, &status) != 0;
  if (U_SUCCESS(status)) return found;
  if (state_->stop.stop_requested()) return cancelled();
  return tooCostly();
}

}  // namespace lexarium

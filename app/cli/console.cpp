// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace lexarium::cli {
namespace {

constexpr std::size_t kBarColumns = 24;
constexpr auto kRedrawInterval = std::chrono::milliseconds(80);

int outputError = 0;

bool isTerminal(std::FILE* file) {
#ifdef _WIN32
  return _isatty(_fileno(file)) != 0;
#else
  return isatty(fileno(file)) != 0;
#endif
}

void toStandardError(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() && outputError == 0)
    outputError = errno;
}

void printJson(const nlohmann::ordered_json& value) {
  print(value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

bool finishOutput() {
  if (std::fflush(stdout) != 0 && outputError == 0) outputError = errno;
  if (outputError == 0) return true;
  if (outputError != EPIPE) {
    printError("The output cannot be written (" + std::generic_category().message(outputError) + ").");
  }
  return false;
}

void printError(std::string_view sentence) {
  toStandardError("lexarium-cli: " + std::string(sentence) + '\n');
}

ExitCode fail(const Error& error) {
  if (error.kind == Error::Kind::Cancelled) {
    printError("Interrupted; nothing was written.");
    return kInterrupted;
  }
  printError(error.message());
  return kFailure;
}

ExitCode usageError(std::string_view sentence) {
  printError(sentence);
  return kUsage;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return digits;
}

std::string fixedNumber(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char buffer[400];
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
  return {buffer, result.ptr};
}

std::string shortNumber(double value) {
  const double size = std::abs(value);
  return fixedNumber(value, size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

std::string readableNumber(double value) {
  if (!std::isfinite(value)) return "-";
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e9);
  char buffer[64];
  const auto format = plain ? std::chars_format::fixed : std::chars_format::general;
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr};
}

std::string clockTime(double seconds) {
  const auto total = static_cast<std::uint64_t>(std::max(0.0, std::ceil(seconds)));
  const auto two = [](std::uint64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const std::string end = two(total % 60);
  if (total < 3600) return std::to_string(total / 60) + ':' + end;
  return std::to_string(total / 3600) + ':' + two(total / 60 % 60) + ':' + end;
}

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), terminal_(!quiet && isTerminal(stderr)) {}

void ProgressLine::update(double fraction, std::string_view text) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - last_ < kRedrawInterval) return;
  last_ = now;
  std::string line = "\r\x1b[K";
  if (fraction >= 0) {
    fraction = std::min(fraction, 1.0);
    const auto done = static_cast<std::size_t>(fraction * static_cast<double>(kBarColumns));
    line += '[' + std::string(done, '#') + std::string(kBarColumns - done, '.') + "] ";
    line += fixedNumber(100 * fraction, 0) + " %  ";
  }
  toStandardError(line + std::string(text));
  shown_ = true;
}

void ProgressLine::note(std::string_view text) {
  if (quiet_) return;
  clear();
  toStandardError(std::string(text) + '\n');
}

void ProgressLine::clear() {
  if (shown_) toStandardError("\r\x1b[K");
  shown_ = false;
}

}  // namespace lexarium::cli

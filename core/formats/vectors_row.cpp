// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/vectors_row.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

#include "core/text/decode.h"

namespace lexarium {
namespace {

bool isSeparator(char c) { return c == ' ' || c == '\t'; }

// The next field from `place` on; moves `place` behind it. Empty at the end of the line.
std::string_view nextField(std::string_view line, std::size_t& place) {
  while (place < line.size() && isSeparator(line[place])) ++place;
  const std::size_t begin = place;
  while (place < line.size() && !isSeparator(line[place])) ++place;
  return line.substr(begin, place - begin);
}

std::vector<std::string_view> allFields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t place = 0; true;) {
    const auto field = nextField(line, place);
    if (field.empty()) return fields;
    fields.push_back(field);
  }
}

bool isFiniteNumber(std::string_view field) {
  const auto value = parseFloat(field);
  return value && std::isfinite(*value);
}

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " number" : " numbers");
}

tl::unexpected<Error> badNumber(std::string_view field) {
  if (parseFloat(field)) {
    return makeError(inQuotes(field) + " is not a finite number", {},
                     "The training behind this file has failed");
  }
  return makeError(inQuotes(field) + " is not a number");
}

// The uncommon line: one with too few or too many fields, or with something that is no number.
Expected<std::string_view> parseUnusualRow(std::string_view line, std::span<float> values) {
  const auto fields = allFields(line);
  if (fields.empty()) return makeError("The line is empty");
  if (fields.size() < values.size() + 1) {
    return makeError("The line has " + counted(fields.size() - 1) + ", but the vectors have " +
                     std::to_string(values.size()));
  }
  const std::size_t wordFields = fields.size() - values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = parseFloat(fields[wordFields + i]);
    if (!value || !std::isfinite(*value)) return badNumber(fields[wordFields + i]);
    values[i] = *value;
  }
  for (std::size_t i = 1; i < wordFields; ++i) {
    if (isFiniteNumber(fields[i])) {
      return makeError("The line has " + counted(fields.size() - 1) + ", but the vectors have " +
                       std::to_string(values.size()));
    }
  }
  const std::string_view last = fields[wordFields - 1];
  return line.substr(0, static_cast<std::size_t>(last.data() - line.data()) + last.size());
}

}  // namespace

std::optional<float> parseFloat(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  float value = 0;
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec == std::errc::invalid_argument || result.ptr != end) return std::nullopt;
  if (result.ec != std::errc::result_out_of_range) return value;
  double wide = 0;  // too small for a float, or too large
  if (std::from_chars(text.data(), end, wide).ec == std::errc{} && std::abs(wide) < 1) return 0.0f;
  // A double is exceeded too; the exponent's sign tells which way.
  if (text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos) return 0.0f;
  return std::numeric_limits<float>::infinity();
}

std::size_t countNumbers(std::string_view line) {
  const auto fields = allFields(line);
  std::size_t count = 0;
  while (count + 1 < fields.size() && parseFloat(fields[fields.size() - 1 - count])) ++count;
  return count;
}

Expected<std::string_view> parseVectorRow(std::string_view line, std::span<float> values) {
  if (line.empty() || isSeparator(line.front())) {
    return makeError(line.find_first_not_of(" \t") == std::string_view::npos
                         ? "The line is empty"
                         : "The line begins without a word");
  }
  std::size_t place = 0;
  const auto word = nextField(line, place);
  for (float& target : values) {
    const auto value = parseFloat(nextField(line, place));
    if (!value || !std::isfinite(*value)) return parseUnusualRow(line, values);
    target = *value;
  }
  if (!nextField(line, place).empty()) return parseUnusualRow(line, values);
  return word;
}

std::string inQuotes(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  const bool cut = text.size() > 40;
  if (cut) {
    text = text.substr(0, 40);
    // Not in the middle of a character.
    for (int i = 0; i < 3 && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80; ++i)
      text.remove_suffix(1);
    if (static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
  }
  const bool valid = findInvalidUtf8(text) == std::string_view::npos;
  std::string shown = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !valid)) {
      shown += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      shown += c;
    }
  }
  return shown + (cut ? "...\"" : "\"");
}

}  // namespace lexarium

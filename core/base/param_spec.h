// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/expected.h"

namespace lexarium {

/// A parameter's value. Choices and texts are strings.
using ParamValue = std::variant<bool, std::int64_t, double, std::string>;

/// One parameter of a model, projection or reader, described once: it is the form field, the command-line
/// flag, the stored value, the tooltip and the documentation.
struct ParamSpec {
  enum class Type { Boolean, Integer, Number, Choice, Text };
  enum class Scale { Linear, Logarithmic };

  struct Option {
    std::string value;  ///< stored, lower case: "negative-sampling"
    std::string label;  ///< shown: "Negative sampling"
  };

  std::string key;    ///< "learning_rate"; the flag is --learning-rate
  std::string label;  ///< "Learning rate"
  std::string unit;   ///< "words"; may be empty; of a text what it names: "FILE"
  std::string help;   ///< one sentence, no jargon
  Type type = Type::Number;
  ParamValue defaultValue;
  double minimum = 0;
  double maximum = 0;
  Scale scale = Scale::Linear;
  std::vector<Option> options{};  ///< for Type::Choice
  bool live = false;              ///< a change acts while training runs; otherwise it needs a restart
  bool advanced = false;          ///< folded away in the form at first
  std::string enabledBy{};        ///< "objective=negative-sampling": in use only then; empty: always

  std::string flag() const;  ///< "--learning-rate"
};

ParamSpec booleanParam(std::string key, std::string label, std::string help, bool value);
ParamSpec integerParam(std::string key, std::string label, std::string unit, std::string help,
                       std::int64_t value, std::int64_t minimum, std::int64_t maximum);
ParamSpec numberParam(std::string key, std::string label, std::string unit, std::string help, double value,
                      double minimum, double maximum, ParamSpec::Scale scale = ParamSpec::Scale::Linear);
ParamSpec choiceParam(std::string key, std::string label, std::string help, std::string value,
                      std::vector<ParamSpec::Option> options);
/// Any text of at most kMostText bytes, empty at first.
ParamSpec textParam(std::string key, std::string label, std::string help, std::string names);
inline constexpr std::size_t kMostText = 10'000;

/// Values by key. A set made by defaultsOf() holds every key of its specs; get...() asserts that the key is
/// there and of that type.
class ParamSet {
 public:
  static ParamSet defaultsOf(std::span<const ParamSpec> specs);

  bool getBool(std::string_view key) const;
  std::int64_t getInt(std::string_view key) const;
  double getNumber(std::string_view key) const;
  const std::string& getChoice(std::string_view key) const;  ///< a text, too
  bool contains(std::string_view key) const;
  const ParamValue& value(std::string_view key) const;
  void set(const std::string& key, ParamValue value) { values_[key] = std::move(value); }
  const std::map<std::string, ParamValue, std::less<>>& values() const { return values_; }
  bool operator==(const ParamSet&) const = default;

 private:
  std::map<std::string, ParamValue, std::less<>> values_;
};

/// nullptr if there is none of that key.
const ParamSpec* findSpec(std::span<const ParamSpec> specs, std::string_view key);

/// Is the value of the right type, in range, one of the options? An Error names parameter, value and range.
Expected<void> validate(const ParamSpec& spec, const ParamValue& value);
Expected<void> validate(std::span<const ParamSpec> specs, const ParamSet& values);

/// Text to value ("0.025", "true", "skip-gram"), independent of the locale; validated.
Expected<ParamValue> parseParam(const ParamSpec& spec, std::string_view text);
/// Value to text, shortest form that reads back the same, independent of the locale.
std::string formatParam(const ParamValue& value);
/// Is the parameter in use, given the others (enabledBy)?
bool isEnabled(const ParamSpec& spec, const ParamSet& values);

}  // namespace lexarium

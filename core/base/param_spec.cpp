// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/param_spec.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace lexarium {
namespace {

// std::from_chars and to_chars: the same in every locale.
template <class T>
bool parseWhole(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

std::string formatNumber(double value) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return error == std::errc{} ? std::string(buffer, end) : std::string("0");
}

std::string optionList(const ParamSpec& spec) {
  std::string list;
  for (const auto& option : spec.options) list += (list.empty() ? "" : ", ") + option.value;
  return list;
}

std::string expectation(const ParamSpec& spec) {
  switch (spec.type) {
    case ParamSpec::Type::Boolean:
      return "Give true or false";
    case ParamSpec::Type::Choice:
      return "Choose one of: " + optionList(spec);
    case ParamSpec::Type::Integer:
      return "Give a whole number from " + formatNumber(spec.minimum) + " to " + formatNumber(spec.maximum);
    case ParamSpec::Type::Text:
      return "Give a shorter text";
    case ParamSpec::Type::Number:
      break;
  }
  return "Give a number from " + formatNumber(spec.minimum) + " to " + formatNumber(spec.maximum);
}

tl::unexpected<Error> refuse(const ParamSpec& spec, std::string_view shown) {
  return makeError(
      "\"" + std::string(shown) + "\" is not a value for " + spec.label + " (" + spec.flag() + ")", {},
      expectation(spec));
}

}  // namespace

std::string ParamSpec::flag() const {
  std::string text = "--" + key;
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

ParamSpec booleanParam(std::string key, std::string label, std::string help, bool value) {
  ParamSpec spec{};
  spec.key = std::move(key);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.type = ParamSpec::Type::Boolean;
  spec.defaultValue = value;
  return spec;
}

ParamSpec integerParam(std::string key, std::string label, std::string unit, std::string help,
                       std::int64_t value, std::int64_t minimum, std::int64_t maximum) {
  ParamSpec spec = booleanParam(std::move(key), std::move(label), std::move(help), false);
  spec.unit = std::move(unit);
  spec.type = ParamSpec::Type::Integer;
  spec.defaultValue = value;
  spec.minimum = static_cast<double>(minimum);
  spec.maximum = static_cast<double>(maximum);
  return spec;
}

ParamSpec numberParam(std::string key, std::string label, std::string unit, std::string help, double value,
                      double minimum, double maximum, ParamSpec::Scale scale) {
  ParamSpec spec = booleanParam(std::move(key), std::move(label), std::move(help), false);
  spec.unit = std::move(unit);
  spec.type = ParamSpec::Type::Number;
  spec.defaultValue = value;
  spec.minimum = minimum;
  spec.maximum = maximum;
  spec.scale = scale;
  return spec;
}

ParamSpec choiceParam(std::string key, std::string label, std::string help, std::string value,
                      std::vector<ParamSpec::Option> options) {
  ParamSpec spec = booleanParam(std::move(key), std::move(label), std::move(help), false);
  spec.type = ParamSpec::Type::Choice;
  spec.defaultValue = std::move(value);
  spec.options = std::move(options);
  return spec;
}

ParamSpec textParam(std::string key, std::string label, std::string help, std::string names) {
  ParamSpec spec = booleanParam(std::move(key), std::move(label), std::move(help), false);
  spec.unit = std::move(names);
  spec.type = ParamSpec::Type::Text;
  spec.defaultValue = std::string();
  return spec;
}

ParamSet ParamSet::defaultsOf(std::span<const ParamSpec> specs) {
  ParamSet set;
  for (const auto& spec : specs) set.set(spec.key, spec.defaultValue);
  return set;
}

const ParamValue& ParamSet::value(std::string_view key) const {
  const auto found = values_.find(key);
  assert(found != values_.end() && "no such parameter");
  return found->second;
}

bool ParamSet::contains(std::string_view key) const { return values_.find(key) != values_.end(); }
bool ParamSet::getBool(std::string_view key) const { return std::get<bool>(value(key)); }
std::int64_t ParamSet::getInt(std::string_view key) const { return std::get<std::int64_t>(value(key)); }
double ParamSet::getNumber(std::string_view key) const { return std::get<double>(value(key)); }
const std::string& ParamSet::getChoice(std::string_view key) const {
  return std::get<std::string>(value(key));
}

const ParamSpec* findSpec(std::span<const ParamSpec> specs, std::string_view key) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.key == key; });
  return found == specs.end() ? nullptr : &*found;
}

Expected<void> validate(const ParamSpec& spec, const ParamValue& value) {
  if (value.index() != spec.defaultValue.index()) return refuse(spec, formatParam(value));
  double number = 0;
  switch (spec.type) {
    case ParamSpec::Type::Boolean:
      return {};
    case ParamSpec::Type::Choice: {
      const auto& chosen = std::get<std::string>(value);
      const bool known = std::any_of(spec.options.begin(), spec.options.end(),
                                     [&](const ParamSpec::Option& option) { return option.value == chosen; });
      if (!known) return refuse(spec, chosen);
      return {};
    }
    case ParamSpec::Type::Text:
      if (std::get<std::string>(value).size() > kMostText) return refuse(spec, "...");
      return {};
    case ParamSpec::Type::Integer:
      number = static_cast<double>(std::get<std::int64_t>(value));
      break;
    case ParamSpec::Type::Number:
      number = std::get<double>(value);
      break;
  }
  // Written so that NaN is refused too.
  if (!(number >= spec.minimum && number <= spec.maximum)) return refuse(spec, formatParam(value));
  return {};
}

Expected<void> validate(std::span<const ParamSpec> specs, const ParamSet& values) {
  for (const auto& [key, value] : values.values()) {
    const ParamSpec* spec = findSpec(specs, key);
    if (!spec) return makeError("There is no parameter \"" + key + "\"", {}, "Leave it out");
    if (auto valid = validate(*spec, value); !valid) return valid;
  }
  for (const auto& spec : specs) {
    if (!values.contains(spec.key)) return makeError("The parameter \"" + spec.key + "\" has no value");
  }
  return {};
}

Expected<ParamValue> parseParam(const ParamSpec& spec, std::string_view text) {
  ParamValue value;
  switch (spec.type) {
    case ParamSpec::Type::Boolean:
      if (text == "true" || text == "yes" || text == "on" || text == "1") {
        value = true;
      } else if (text == "false" || text == "no" || text == "off" || text == "0") {
        value = false;
      } else {
        return refuse(spec, text);
      }
      break;
    case ParamSpec::Type::Integer: {
      std::int64_t number = 0;
      if (!parseWhole(text, number)) return refuse(spec, text);
      value = number;
      break;
    }
    case ParamSpec::Type::Number: {
      double number = 0;
      if (!parseWhole(text, number)) return refuse(spec, text);
      value = number;
      break;
    }
    case ParamSpec::Type::Choice:
    case ParamSpec::Type::Text:
      value = std::string(text);
      break;
  }
  if (auto valid = validate(spec, value); !valid) return tl::unexpected<Error>(valid.error());
  return value;
}

std::string formatParam(const ParamValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value)) return formatNumber(*number);
  return std::get<std::string>(value);
}

bool isEnabled(const ParamSpec& spec, const ParamSet& values) {
  if (spec.enabledBy.empty()) return true;
  const auto equals = spec.enabledBy.find('=');
  assert(equals != std::string::npos);
  const std::string key = spec.enabledBy.substr(0, equals);
  return !values.contains(key) || formatParam(values.value(key)) == spec.enabledBy.substr(equals + 1);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/param_flags.h"

#include <CLI/Option.hpp>
#include <cassert>

#include "app/cli/console.h"
#include "app/cli/near_words.h"
#include "app/cli/unicode.h"

namespace lexarium::cli {
namespace {

std::string describeParam(const ParamSpec& spec) {
  std::string text = spec.label;
  if (!spec.unit.empty() && spec.type != ParamSpec::Type::Text && foldCase(spec.unit) != foldCase(spec.label))
    text += " (" + spec.unit + ")";
  if (!spec.help.empty()) text += ": " + spec.help;
  if (text.back() != '.') text += '.';
  text += " " + describeRange(spec);
  if (!spec.enabledBy.empty()) {
    std::string condition = spec.enabledBy;
    std::replace(condition.begin(), condition.end(), '_', '-');
    text += " (only with --" + condition + ")";
  }
  return text;
}

std::string placeholder(const ParamSpec& spec) {
  switch (spec.type) {
    case ParamSpec::Type::Integer:
      return "N";
    case ParamSpec::Type::Number:
      return "X";
    case ParamSpec::Type::Choice:
      return "NAME";
    case ParamSpec::Type::Text:
      return spec.unit;
    case ParamSpec::Type::Boolean:
      break;
  }
  return "";
}

}  // namespace

std::string readable(const ParamValue& value) {
  const auto* number = std::get_if<double>(&value);
  return number ? readableNumber(*number) : formatParam(value);
}

std::string describeRange(const ParamSpec& spec) {
  const auto limit = [&](double value) {
    return spec.type == ParamSpec::Type::Integer ? fixedNumber(value, 0) : readableNumber(value);
  };
  std::string text;
  switch (spec.type) {
    case ParamSpec::Type::Boolean:
      break;
    case ParamSpec::Type::Text:
      return "[default none]";
    case ParamSpec::Type::Choice:
      for (const auto& option : spec.options) text += (text.empty() ? "one of: " : ", ") + option.value;
      text += "; ";
      break;
    case ParamSpec::Type::Integer:
    case ParamSpec::Type::Number:
      text = limit(spec.minimum) + " to " + limit(spec.maximum) + "; ";
      break;
  }
  const std::string shown = spec.type == ParamSpec::Type::Boolean
                                ? (std::get<bool>(spec.defaultValue) ? "yes" : "no")
                                : readable(spec.defaultValue);
  return "[" + text + "default " + shown + "]";
}

std::string wrapped(std::string_view text, std::size_t columns) {
  std::string result;
  std::size_t lineLength = 0;
  while (!text.empty()) {
    const auto gap = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, gap);
    if (lineLength > 0) {
      const bool fits = lineLength + 1 + word.size() <= columns;
      result += fits ? ' ' : '\n';
      lineLength = fits ? lineLength + 1 : 0;
    }
    result += word;
    lineLength += word.size();
    text.remove_prefix(std::min(gap + 1, text.size()));
  }
  return result;
}

void ParamFlags::add(CLI::App& command, std::span<const ParamSpec> specs, const std::string& group) {
  for (const auto& spec : specs) add(command, spec, group);
}

void ParamFlags::add(CLI::App& command, const ParamSpec& spec, const std::string& group,
                     const std::string& shortName) {
  flags_.push_back(std::make_unique<Flag>(Flag{spec, nullptr, {}}));
  Flag& flag = *flags_.back();
  const std::string names = (shortName.empty() ? "" : shortName + ',') + spec.flag();
  if (spec.type == ParamSpec::Type::Boolean) {
    flag.option = command.add_flag(names + ",!--no-" + spec.flag().substr(2), flag.text, describeParam(spec));
  } else {
    flag.option = command.add_option(names, flag.text, describeParam(spec))->type_name(placeholder(spec));
  }
  flag.option->group(group)->take_last();
}

Expected<void> ParamFlags::parse() {
  for (const auto& flag : flags_) {
    if (flag->option->count() == 0) continue;
    auto value = parseParam(flag->spec, flag->text);
    if (!value) return tl::unexpected<Error>(value.error());
    given_[flag->spec.key] = *value;
  }
  return {};
}

void ParamFlags::applyTo(ParamSet& values) const {
  for (const auto& [key, value] : given_) {
    if (values.contains(key)) values.set(key, value);
  }
}

const ParamValue& ParamFlags::value(std::string_view key) const {
  for (const auto& flag : flags_) {
    if (flag->spec.key != key) continue;
    const auto found = given_.find(flag->spec.key);
    return found == given_.end() ? flag->spec.defaultValue : found->second;
  }
  assert(false && "no such flag");
  std::abort();
}

std::string unknownOption(const CLI::App& command) {
  const auto rest = command.remaining();
  if (rest.empty()) return {};
  const std::string name = rest.front().substr(0, rest.front().find('='));
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    for (const auto& longName : option->get_lnames()) known.push_back("--" + longName);
  }
  std::string sentence = (name.front() == '-' ? "There is no option " : "This argument is too much: ") + name;
  const auto near = nearestOf(name, known);
  sentence += near.empty() ? "; " : "; did you mean " + near + "? ";
  std::string path = command.get_name();
  for (const CLI::App* parent = command.get_parent(); parent; parent = parent->get_parent())
    path = parent->get_name() + ' ' + path;
  return sentence + '`' + path + " --help` lists them.";
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help.h"

#include <CLI/Option.hpp>

#include "app/cli/param_flags.h"

namespace lexarium::cli {
namespace {

constexpr std::size_t kColumns = 72;

// "--lower-case, --no-lower-case", "-k, --count N", "TEXT ...".
std::string heading(const CLI::Option* option, bool isPositional) {
  if (isPositional) return option->get_name(true, false) + (option->get_expected_max() > 1 ? " ..." : "");
  std::string names;
  for (const auto& name : option->get_snames()) names += (names.empty() ? "-" : ", -") + name;
  for (const auto& name : option->get_lnames()) names += (names.empty() ? "--" : ", --") + name;
  const bool takesValue = option->get_expected_min() > 0 && option->get_type_size() > 0;
  if (takesValue && !option->get_type_name().empty()) names += ' ' + option->get_type_name();
  return names;
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  std::string text = Formatter::make_help(app, std::move(name), mode);
  for (auto gap = text.find("\n\n\n"); gap != std::string::npos; gap = text.find("\n\n\n"))
    text.erase(gap, 1);
  return text;
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool isPositional) const {
  std::string text = "  " + heading(option, isPositional) + '\n';
  const std::string description = wrapped(option->get_description(), kColumns);
  if (!description.empty())
    text += "      " + CLI::detail::find_and_replace(description, "\n", "\n      ") + '\n';
  return text;
}

}  // namespace lexarium::cli

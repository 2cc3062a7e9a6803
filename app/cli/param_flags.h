// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/param_spec.h"

namespace lexarium::cli {

/// ParamSpecs as flags of a command: help, range and default come from the spec, and so does the check of
/// what was given. Lives as long as the command.
class ParamFlags {
 public:
  /// Adds a flag for each spec under the heading `group`. A boolean is --key, --no-key or --key=false.
  void add(CLI::App& command, std::span<const ParamSpec> specs, const std::string& group);
  /// One, with a short name too: "-k".
  void add(CLI::App& command, const ParamSpec& spec, const std::string& group,
           const std::string& shortName = {});

  /// Checks all values given: the first wrong one is the Error. To be called once after parsing.
  Expected<void> parse();
  /// The values given, by key; after parse().
  const std::map<std::string, ParamValue>& given() const { return given_; }
  /// Sets the given ones among the specs of `values` (a set of defaults) in it.
  void applyTo(ParamSet& values) const;
  /// The value given, or the spec's default.
  const ParamValue& value(std::string_view key) const;

 private:
  struct Flag {
    ParamSpec spec;
    CLI::Option* option = nullptr;
    std::string text;
  };
  std::vector<std::unique_ptr<Flag>> flags_;  // CLI11 keeps pointers to the texts
  std::map<std::string, ParamValue> given_;
};

/// The value as people write it: 0.0001, not 1e-04.
std::string readable(const ParamValue& value);

/// "1 to 1000 words; default 100", "one of: text, binary; default text".
std::string describeRange(const ParamSpec& spec);

/// Text broken into lines of at most `columns`, for CLI11's second column.
std::string wrapped(std::string_view text, std::size_t columns);

/// Refuses options that the command does not have, naming the nearest one that it has. Empty: all are known.
std::string unknownOption(const CLI::App& command);

}  // namespace lexarium::cli

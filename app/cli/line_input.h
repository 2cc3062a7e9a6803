// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/exit_code.h"
#include "core/models/trained_model.h"

namespace lexarium::cli {

/// One thing that a model is asked.
struct AskedLine {
  Reading reading;
  bool isJson = false;  ///< it came as an object, and is answered by one
};

/// What a model is asked: arguments, or else the lines of a file or of standard input. A line that is a JSON
/// object {"input": "...", "output": "...", "story": ["...", ...]} is read as such, of which only the input
/// is needed; any other line is the input itself.
class LineInput {
 public:
  /// The argument TEXT, --input and --json.
  void addTo(CLI::App& command, const std::string& what);
  /// The last two, for a command whose arguments are others.
  void addFlags(CLI::App& command);

  /// Work prints what it finds. Ends early when interrupted.
  ExitCode forEach(const std::function<void(const AskedLine&)>& work) const;
  /// Prints `plain` and a line end; or, if the line or --json asks for it, {"input": ..., and the answer}.
  void answer(const AskedLine& line, const std::string& plain, nlohmann::ordered_json answer) const;

  std::vector<std::string> texts;
  std::string file;
  bool json = false;
};

/// A line as it is meant.
AskedLine askedLine(std::string line);

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/cli/exit_code.h"

namespace lexarium::cli {

/// The work of the command that was chosen; set by its callback, run after parsing.
using Action = std::function<ExitCode()>;

/// Each adds one command. Flags and help of a command that has parameters are made from ParamSpecs. To add a
/// command: a file x_command.cpp, a line here and one in main.cpp.
void addSamplesCommand(CLI::App& app, Action& action);
/// The flags are those of the model that `arguments` ask for (--model), so that each model's help is its own.
void addTrainCommand(CLI::App& app, Action& action, std::span<const std::string> arguments);
/// The flags are those of the model of the checkpoint that `arguments` name first.
void addResumeCommand(CLI::App& app, Action& action, std::span<const std::string> arguments);
void addNeighboursCommand(CLI::App& app, Action& action);
void addAnalogyCommand(CLI::App& app, Action& action);
void addEvaluateCommand(CLI::App& app, Action& action);
void addGenerateCommand(CLI::App& app, Action& action);
/// The flags are those of the method that `arguments` ask for (--method).
void addMapCommand(CLI::App& app, Action& action, std::span<const std::string> arguments);
void addProjectCommand(CLI::App& app, Action& action);
/// `project resume` is `resume`; and `project VECTORS`, as `map` was called once, still works.
std::vector<std::string> withCommandsOfToday(std::vector<std::string> arguments);
void addPredictCommand(CLI::App& app, Action& action);
void addSearchCommand(CLI::App& app, Action& action);
void addTrainPairsCommand(CLI::App& app, Action& action);
void addTranslateCommand(CLI::App& app, Action& action);
void addTrainStoriesCommand(CLI::App& app, Action& action);
void addAskCommand(CLI::App& app, Action& action);
void addExportCommand(CLI::App& app, Action& action);
void addReportCommand(CLI::App& app, Action& action);
void addTrainLabelsCommand(CLI::App& app, Action& action);
void addClassifyCommand(CLI::App& app, Action& action);
void addBenchCommand(CLI::App& app, Action& action);

}  // namespace lexarium::cli

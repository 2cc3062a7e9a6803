// SPDX-License-Identifier: GPL-3.0-or-later
// lexarium-cli: what Lexarium can do without a window. Links core only.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <algorithm>
#include <exception>
#include <new>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"

namespace lexarium::cli {
namespace {

ExitCode run(const std::vector<std::string>& arguments) {
  CLI::App app("Watch machines learn language: train word vectors and language models, and ask them.",
               "lexarium-cli");
  auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(14);
  formatter->label("OPTIONS", "options");
  formatter->label("SUBCOMMAND", "COMMAND");
  formatter->label("Positionals", "Arguments");
  app.formatter(formatter);
  app.set_version_flag("--version", "lexarium-cli " LEXARIUM_VERSION);
  app.require_subcommand(1);
  Action action;
  addSamplesCommand(app, action);
  addTrainCommand(app, action, arguments);
  addResumeCommand(app, action, arguments);
  addNeighboursCommand(app, action);
  addAnalogyCommand(app, action);
  addEvaluateCommand(app, action);
  addMapCommand(app, action, arguments);
  addGenerateCommand(app, action);
  addPredictCommand(app, action);
  addSearchCommand(app, action);
  addTrainPairsCommand(app, action);
  addTranslateCommand(app, action);
  addTrainStoriesCommand(app, action);
  addAskCommand(app, action);
  addTrainLabelsCommand(app, action);
  addClassifyCommand(app, action);
  addExportCommand(app, action);
  addReportCommand(app, action);
  addProjectCommand(app, action);
  addBenchCommand(app, action);
  for (CLI::App* command : app.get_subcommands({})) command->group("Commands");
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return kSuccess;
  } catch (const CLI::CallForVersion& version) {
    print(std::string(version.what()) + '\n');
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    std::string command = "lexarium-cli";
    for (auto chosen = app.get_subcommands(); !chosen.empty(); chosen = chosen.front()->get_subcommands())
      command += ' ' + chosen.front()->get_name();
    return usageError(std::string(error.what()) + ". `" + command + " --help` tells more.");
  }
  return action();
}

}  // namespace
}  // namespace lexarium::cli

int main(int argc, char** argv) {
  using namespace lexarium::cli;
  useUtf8Console();
  installSignalHandlers();
  ExitCode code = kFailure;
  try {
    code = run(withCommandsOfToday(argumentsAsUtf8(argc, argv)));
  } catch (const std::bad_alloc&) {
    printError("There is not enough memory.");
  } catch (const std::exception& error) {
    printError(error.what());
  }
  if (!finishOutput() && code == kSuccess) code = kFailure;
  return code;
}

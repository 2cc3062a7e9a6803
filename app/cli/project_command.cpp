// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/project_export.h"
#include "app/cli/project_input.h"
#include "app/cli/project_report.h"
#include "core/base/file.h"

namespace lexarium::cli {
namespace {

struct LookOptions {
  std::string file;
  bool json = false;
};
using Look = ExitCode (*)(const LookOptions& options);

/// Prints what `asText` or `asJson` say of the project.
template <class AsText, class AsJson>
ExitCode tell(const LookOptions& options, AsText asText, AsJson asJson) {
  ProgressLine progress(false);
  const auto project = openToRead(options.file, progress);
  if (!project) return fail(project.error());
  if (options.json) {
    const auto json = asJson(*project);
    if (!json) return fail(json.error());
    printJson(*json);
    return kSuccess;
  }
  const auto text = asText(*project);
  if (!text) return fail(text.error());
  print(*text);
  return kSuccess;
}

ExitCode showInfo(const LookOptions& options) { return tell(options, projectText, projectJson); }

ExitCode showRuns(const LookOptions& options) {
  return tell(options, runsText, [](const Project& project) { return runsJson(project); });
}

ExitCode verifyProject(const LookOptions& options) {
  ProgressLine progress(false);
  const auto project = openToRead(options.file, progress);
  if (!project) return fail(project.error());
  InterruptibleTask task;
  auto problems = project->verify(
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); }));
  progress.clear();
  if (!problems) return fail(problems.error());
  if (project->isDamaged() && problems->empty()) *problems = project->warnings();
  if (options.json) {
    printJson({{"file", options.file}, {"whole", problems->empty()}, {"problems", *problems}});
  } else if (problems->empty()) {
    print(options.file + " is whole: every part is what was stored.\n");
  } else {
    for (const auto& problem : *problems) print(problem + '\n');
  }
  return problems->empty() ? kSuccess : kFailure;
}

void addLook(CLI::App& group, Action& action, const char* name, const char* description, Look look) {
  auto options = std::make_shared<LookOptions>();
  CLI::App* command = group.add_subcommand(name, description);
  command->allow_extras();
  command->add_option("PROJECT", options->file, "The project's file (.lexarium); it is only read.")
      ->required();
  command->add_flag("--json", options->json, "Print JSON.");
  command->callback([options, command, look, &action] {
    action = [options, command, look]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return look(*options);
    };
  });
}

constexpr const char* kProjectFooter =
    "Exit code of verify: 0 if the project is whole, 1 if not.\n\n"
    "Examples:\n  lexarium-cli project info lesson.lexarium\n"
    "  lexarium-cli project export lesson.lexarium vectors --run First -o first.bin\n"
    "  lexarium-cli project resume lesson.lexarium -o lesson.bin\n\n"
    "A map of words, which this command made once, is made by `lexarium-cli map`; `project VECTORS` still "
    "works.";

}  // namespace

std::vector<std::string> withCommandsOfToday(std::vector<std::string> arguments) {
  constexpr std::string_view kOwn[] = {"info", "runs", "verify", "export", "--help", "-h"};
  if (arguments.size() < 2 || arguments[0] != "project") return arguments;
  if (arguments[1] == "resume") {
    arguments.erase(arguments.begin());
    return arguments;
  }
  std::error_code ignored;
  const bool isOwn = std::find(std::begin(kOwn), std::end(kOwn), arguments[1]) != std::end(kOwn);
  const bool isVectors =
      arguments[1].starts_with('-') || std::filesystem::exists(pathFromUtf8(arguments[1]), ignored);
  if (!isOwn && isVectors) arguments[0] = "map";
  return arguments;
}

void addProjectCommand(CLI::App& app, Action& action) {
  CLI::App* group =
      app.add_subcommand("project", "Look into a project file, check it, and take out what is in it.");
  group->require_subcommand(1);
  addLook(*group, action, "info", "Tell what is in a project: texts, runs, sizes.", showInfo);
  addLook(*group, action, "runs", "Put the runs beside each other: what differs first.", showRuns);
  addLook(*group, action, "verify", "Read everything and compare all sums.", verifyProject);
  addProjectExport(*group, action);
  group->add_subcommand("resume", "Go on with a run: another name of `lexarium-cli resume`.");
  for (CLI::App* command : group->get_subcommands({})) command->group("Commands");
  group->footer(kProjectFooter);
}

}  // namespace lexarium::cli

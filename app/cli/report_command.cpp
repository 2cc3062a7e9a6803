// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/project_input.h"
#include "app/cli/shared_run.h"
#include "core/analysis/curve_svg.h"
#include "core/analysis/run_report.h"
#include "core/base/file.h"

namespace lexarium::cli {
namespace {

struct ReportOptions {
  std::string file;
  std::string output;
  std::string run;
  bool json = false;
};

Expected<SharedRun> sharedOf(const ReportOptions& options, ProgressLine& progress) {
  if (isModelFile(options.file)) return sharedFromModelFile(options.file);
  const auto project = openToRead(options.file, progress);
  if (!project) return tl::unexpected<Error>(project.error());
  return sharedFromProject(*project, options.run, progress);
}

ExitCode writeReport(const ReportOptions& options) {
  ProgressLine progress(false);
  const auto shared = sharedOf(options, progress);
  if (!shared) return fail(shared.error());
  const Translate english = [](const std::string& text) { return text; };
  InterruptibleTask task;
  ReportParts parts;
  if (std::string svg = lossCurveSvg(shared->points, {}, shared->card.fingerprint); !svg.empty())
    parts.curves.push_back({"Loss", std::move(svg), {}});
  parts.samples = samplesOf(shared->snapshot, shared->corpus.get(), english, task.context().stop);
  const Report report = runReport(shared->card, parts, english);
  if (auto written = writeFileAtomically(pathFromUtf8(options.output), toHtml(report)); !written)
    return fail(written.error());
  if (options.json) {
    nlohmann::ordered_json titles = nlohmann::ordered_json::array();
    for (const ReportSection& section : report.sections) titles.push_back(section.title);
    printJson({{"output", options.output}, {"title", report.title}, {"sections", titles}});
  } else {
    progress.note("Wrote " + options.output + '.');
  }
  return interrupted() ? kInterrupted : kSuccess;
}

}  // namespace

void addReportCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Write one HTML file about a run: settings, curve, samples, fingerprint.");
  command->allow_extras();
  command->add_option("FILE", options->file, "A project (.lexarium), or a model that `train` has written.")
      ->required();
  command->add_option("-o,--output", options->output, "Where the report is written.")
      ->type_name("HTML")
      ->required();
  command->add_option("--run", options->run, "Which run of a project; if not given, the newest.")
      ->type_name("NAME");
  command->add_flag("--json", options->json, "Print one JSON object about what was written.");
  command->footer(
      "Examples:\n  lexarium-cli report lesson.lexarium --run \"LSTM 1\" -o lesson.html\n"
      "  lexarium-cli report plays.lstm -o plays.html");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return writeReport(*options);
    };
  });
}

}  // namespace lexarium::cli

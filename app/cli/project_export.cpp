// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_export.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/project_input.h"
#include "app/cli/run_vectors.h"
#include "app/cli/shared_run.h"
#include "app/cli/train_report.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_output.h"
#include "core/base/file.h"
#include "core/project/kept_run.h"
#include "core/project/opened_project.h"
#include "core/train/checkpoint_file.h"
#include "core/train/fingerprint.h"
#include "core/train/recipe.h"

namespace lexarium::cli {
namespace {

struct PartOptions {
  std::string file;
  std::string part;
  std::string output;
  std::string run;
  std::uint64_t step = 0;
  bool stepGiven = false;
  ParamFlags flags;
  bool json = false;
};

/// What was written, for people and as JSON.
struct Written {
  std::string text;
  nlohmann::ordered_json json;
};

/// To the file, or to standard output if there is none.
Expected<void> put(const PartOptions& options, const std::string& content) {
  if (!options.output.empty()) return writeFileAtomically(pathFromUtf8(options.output), content);
  print(content);
  return {};
}

Expected<RunRecord> chosenRun(const PartOptions& options, const Project& project) {
  auto runs = runsNamed(project, options.run);
  if (!runs) return tl::unexpected<Error>(runs.error());
  return std::move(runs->front());
}

Expected<std::shared_ptr<const Corpus>> textOf(const Project& project, RecordId corpus,
                                               ProgressLine& progress) {
  InterruptibleTask task;
  auto text = project.readCorpus(corpus, task.context([&](double fraction, const std::string& phase) {
    progress.update(fraction, phase);
  }));
  progress.clear();
  return text;
}

Expected<CorpusRecord> corpusOf(const Project& project, const RunRecord& run) {
  const auto corpora = project.corpora();
  if (!corpora) return tl::unexpected<Error>(corpora.error());
  for (const CorpusRecord& corpus : *corpora)
    if (corpus.id == run.corpus) return corpus;
  return makeError("The text of the run \"" + run.name + "\" is not there",
                   pathToUtf8(project.path().filename()));
}

std::string nameOf(const RunRecord& run) { return "run \"" + run.name + '"'; }

Expected<Written> exportText(const PartOptions& options, const Project& project, ProgressLine& progress) {
  auto record = shownCorpus(project);
  if (!options.run.empty()) {
    const auto run = chosenRun(options, project);
    if (!run) return tl::unexpected<Error>(run.error());
    record = corpusOf(project, *run);
  }
  if (!record) return tl::unexpected<Error>(record.error());
  const auto corpus = textOf(project, record->id, progress);
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  std::string text;
  for (std::size_t i = 0; i < (*corpus)->documentCount(); ++i) {
    if (!text.empty()) text += text.ends_with('\n') ? "\n" : "\n\n";
    text += (*corpus)->document(i).text;
  }
  if (auto done = put(options, text); !done) return tl::unexpected<Error>(done.error());
  return Written{
      describe(**corpus),
      {{"title", (*corpus)->title()}, {"documents", (*corpus)->documentCount()}, {"bytes", text.size()}}};
}

Expected<Written> exportVectors(const PartOptions& options, const Project& project, ProgressLine& progress) {
  const auto run = chosenRun(options, project);
  if (!run) return tl::unexpected<Error>(run.error());
  auto corpus = textOf(project, run->corpus, progress);
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  const auto step = options.stepGiven ? std::optional(options.step) : std::nullopt;
  const auto found = vectorsOfRun(project, *run, *corpus, step);
  if (!found) return tl::unexpected<Error>(found.error());
  const Matrix& vectors = found->table->vectors;
  const VectorFormat& format = chosenFormat(options.flags, options.output);
  auto done = writeVectors(format, options.output, (*corpus)->vocabulary(), vectors, progress);
  if (!done) return tl::unexpected<Error>(done.error());
  const std::string rounded = found->source == RunVectors::Source::Moment
                                  ? ", a moment of the history: rounded to a byte a number"
                                  : ", all as they were";
  const std::string print = fingerprint(vectors);
  return Written{nameOf(*run) + " at step " + grouped(found->table->step) + ": " +
                     grouped(static_cast<std::uint64_t>(vectors.cols())) + " words x " +
                     std::to_string(vectors.rows()) + " dimensions" + rounded + ". Fingerprint " + print,
                 {{"run", run->name},
                  {"step", found->table->step},
                  {"source", sourceName(found->source)},
                  {"format", format.id},
                  {"words", vectors.cols()},
                  {"dimensions", vectors.rows()},
                  {"fingerprint", print}}};
}

Expected<Written> exportMetrics(const PartOptions& options, const Project& project, ProgressLine&) {
  const auto run = chosenRun(options, project);
  if (!run) return tl::unexpected<Error>(run.error());
  const auto points = project.metrics(run->id);
  if (!points) return tl::unexpected<Error>(points.error());
  // Word vectors measure less, tasks more.
  const bool isTask = std::any_of(points->begin(), points->end(),
                                  [](const MetricPoint& point) { return point.scores.any(); });
  const bool isSequence = std::any_of(points->begin(), points->end(), [](const MetricPoint& point) {
    return point.hasValidation() || point.hasGradientNorm();
  });
  std::string csv = "step,epoch,seconds,loss,learning_rate,words_per_second";
  csv += isSequence ? ",validation_loss,gradient_norm" : "";
  csv += isTask ? ",accuracy,exact,bleu,macro_f1\r\n" : "\r\n";
  for (const MetricPoint& point : *points) {
    csv += std::to_string(point.step);
    std::vector<double> values = {point.epoch, point.seconds, point.loss, point.learningRate,
                                  point.tokensPerSecond};
    if (isSequence) values.insert(values.end(), {point.validationLoss, point.gradientNorm});
    const TaskMetrics& scores = point.scores;
    if (isTask) values.insert(values.end(), {scores.accuracy, scores.exact, scores.bleu, scores.macroF1});
    for (const double value : values)
      csv += ',' + (std::isfinite(value) ? readableNumber(value) : std::string());
    csv += "\r\n";
  }
  if (auto done = put(options, csv); !done) return tl::unexpected<Error>(done.error());
  return Written{nameOf(*run) + ": " + grouped(points->size()) + " reports",
                 {{"run", run->name}, {"points", points->size()}}};
}

Expected<Written> exportRecipe(const PartOptions& options, const Project& project, ProgressLine& progress) {
  const auto run = chosenRun(options, project);
  if (!run) return tl::unexpected<Error>(run.error());
  const auto corpus = textOf(project, run->corpus, progress);
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  Recipe recipe = recipeOf(run->config, **corpus);
  recipe.fingerprint = run->fingerprint;
  if (auto done = put(options, recipeToJson(recipe)); !done) return tl::unexpected<Error>(done.error());
  return Written{"recipe of " + nameOf(*run), {{"run", run->name}}};
}

Expected<Written> exportCheckpoint(const PartOptions& options, const Project& project, ProgressLine&) {
  const auto run = chosenRun(options, project);
  if (!run) return tl::unexpected<Error>(run.error());
  const auto corpus = corpusOf(project, *run);
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  const auto records = checkpointsOf(project, run->id);
  if (!records) return tl::unexpected<Error>(records.error());
  if (records->empty()) {
    return makeError("The run \"" + run->name + "\" has no checkpoint", {}, "Choose another with --run NAME");
  }
  // The newest that is not later; if all are, the first.
  auto chosen = std::prev(records->end());
  while (options.stepGiven && chosen != records->begin() && chosen->step > options.step) --chosen;
  auto checkpoint = readRunCheckpoint(project, chosen->id);
  if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
  auto log = logUntil(project, run->id, (*checkpoint)->step);
  if (!log) return tl::unexpected<Error>(log.error());
  CheckpointFile file{**checkpoint, segmentOptionsFrom(corpus->recipe), std::move(*log)};
  if (auto done = writeCheckpointFile(pathFromUtf8(options.output), std::move(file)); !done)
    return tl::unexpected<Error>(done.error());
  return Written{"checkpoint of " + nameOf(*run) + " at step " + grouped((*checkpoint)->step),
                 {{"run", run->name}, {"step", (*checkpoint)->step}}};
}

Expected<Written> exportModelOfRun(const PartOptions& options, const Project& project,
                                   ProgressLine& progress) {
  const auto shared = sharedFromProject(project, options.run, progress);
  if (!shared) return tl::unexpected<Error>(shared.error());
  const auto path = pathFromUtf8(options.output);
  if (auto done = saveModelWithCard(path, shared->model, shared->card); !done)
    return tl::unexpected<Error>(done.error());
  const std::string kind = kindOf(shared->model);
  return Written{
      kind + " of run \"" + shared->card.title + "\", with its card " + pathToUtf8(cardPath(path).filename()),
      {{"run", shared->card.title}, {"kind", kind}, {"card", pathToUtf8(cardPath(path))}}};
}

struct Part {
  const char* name;
  const char* help;
  bool needsFile;
  Expected<Written> (*write)(const PartOptions& options, const Project& project, ProgressLine& progress);
};

constexpr Part kParts[] = {
    {"text", "the text shown last, or that of --run; several documents one after the other", false,
     exportText},
    {"vectors", "of a run at its end, or as near to --step as they are kept, in any format", true,
     exportVectors},
    {"metrics", "the losses of a run, as CSV", false, exportMetrics},
    {"recipe", "JSON that repeats a run, for `train --recipe`", false, exportRecipe},
    {"checkpoint", "from which `resume` goes on: the newest, or the last one until --step", true,
     exportCheckpoint},
    {"model", "what a run has learned, as safetensors for PyTorch, with a card beside it", true,
     exportModelOfRun},
};

ExitCode exportPart(const PartOptions& options, const Part& part) {
  if (options.output.empty() && (part.needsFile || options.json)) {
    return usageError("Give --output FILE: standard output cannot take it.");
  }
  std::error_code ignored;
  if (std::filesystem::equivalent(pathFromUtf8(options.file), pathFromUtf8(options.output), ignored)) {
    return usageError("This would overwrite the project. Choose another output file.");
  }
  ProgressLine progress(false);
  const auto project = openToRead(options.file, progress);
  if (!project) return fail(project.error());
  auto written = part.write(options, *project, progress);
  if (!written) return fail(written.error());
  if (options.json) {
    written->json["output"] = options.output;
    printJson(written->json);
  } else if (!options.output.empty()) {
    progress.note("Wrote " + options.output + " (" + written->text + ").");
  }
  return kSuccess;
}

std::string partList() {
  std::string text = "What to write:\n";
  for (const Part& part : kParts) text += "  " + padded(part.name, 12) + part.help + '\n';
  return text + "\nExample:\n  lexarium-cli project export lesson.lexarium vectors --step 2000 -o then.bin";
}

}  // namespace

void addProjectExport(CLI::App& project, Action& action) {
  auto options = std::make_shared<PartOptions>();
  CLI::App* command = project.add_subcommand("export", "Write a part of a project to a file of its own.");
  command->allow_extras();
  command->add_option("PROJECT", options->file, "The project's file (.lexarium); it is only read.")
      ->required();
  std::vector<std::string> names;
  for (const Part& part : kParts) names.emplace_back(part.name);
  command->add_option("PART", options->part, "What to write; see below.")
      ->required()
      ->check(CLI::IsMember(names));
  command
      ->add_option("-o,--output", options->output,
                   "Where it is written; text, metrics and recipe go to standard output if not given.")
      ->type_name("FILE");
  command->add_option("--run", options->run, "Which run; if not given, the newest.")->type_name("NAME");
  CLI::Option* step =
      command->add_option("--step", options->step, "Which step of the run; if not given, its end.")
          ->type_name("N");
  options->flags.add(*command, vectorFormatParam(), "Options");
  command->add_flag("--json", options->json, "Print one JSON object about what was written.");
  command->footer(partList());
  command->callback([options, command, step, &action] {
    action = [options, command, step]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      options->stepGiven = step->count() > 0;
      const auto part = std::find_if(std::begin(kParts), std::end(kParts),
                                     [&](const Part& one) { return one.name == options->part; });
      return exportPart(*options, *part);
    };
  });
}

}  // namespace lexarium::cli

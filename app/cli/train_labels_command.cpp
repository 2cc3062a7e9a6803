// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/text_table.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/text_classifier_params.h"
#include "core/tasks/import.h"
#include "core/tasks/task_samples.h"

namespace lexarium::cli {
namespace {

using LabelTask = std::shared_ptr<const TaskData>;

struct TrainLabelsOptions {
  std::vector<std::string> files;
  std::string sample, encoding, vectors, output;
  ParamFlags flags;
  bool json = false, quiet = false;

  std::size_t whole(const char* key) const {
    return static_cast<std::size_t>(std::get<std::int64_t>(flags.value(key)));
  }
  bool yes(const char* key) const { return std::get<bool>(flags.value(key)); }
};

std::vector<ParamSpec> labelFileParams() {
  return {
      integerParam("text_column", "Column of the text", "", "From 1; 0: found out.", 0, 0, 1000),
      integerParam("label_column", "Column of the class", "", "From 1; 0: found out.", 0, 0, 1000),
      integerParam("threads", "Threads", "", "How many threads train; the result is the same.",
                   static_cast<std::int64_t>(hardwareThreads()), 1, 1024),
      integerParam("seed", "Seed", "", "Where the random numbers begin.", 1, 0, INT64_MAX / 1024),
  };
}

ClassifierConfig labelConfigOf(const TrainLabelsOptions& options) {
  ParamSet params = ParamSet::defaultsOf(classifierParams());
  options.flags.applyTo(params);
  Execution execution;
  execution.threads = options.whole("threads");
  execution.seed = options.whole("seed");
  return classifierConfigOf(params, execution);
}

Expected<LabelTask> readLabelTask(const TrainLabelsOptions& options, ProgressLine& progress,
                                  const TaskContext& context) {
  if (const TaskSample* sample = findTaskSample(options.sample))
    return std::make_shared<const TaskData>(sample->generate(kTaskSampleSeed));
  ImportOptions how;
  how.kind = TaskKind::Labels;
  how.encoding = options.encoding;
  if (options.whole("text_column") > 0) how.input = options.whole("text_column") - 1;
  if (options.whole("label_column") > 0) how.output = options.whole("label_column") - 1;
  std::vector<std::filesystem::path> paths;
  for (const auto& file : options.files) paths.push_back(pathFromUtf8(file));
  auto imported = importTask(paths, how, context);
  if (!imported) return tl::unexpected(imported.error());
  if (imported->report.skippedRows > 0)
    progress.note(grouped(imported->report.skippedRows) + " rows were left out; the first: line " +
                  std::to_string(imported->report.skipped.front().line) + ", " +
                  imported->report.skipped.front().why + '.');
  return std::make_shared<const TaskData>(std::move(imported->data));
}

/// Better now than after an hour: can the model be written, and is it none of the files that are read?
Expected<void> checkLabelsOutput(const TrainLabelsOptions& options) {
  const auto path = pathFromUtf8(options.output);
  for (const auto& input : options.files) {
    std::error_code ignored;
    if (std::filesystem::equivalent(pathFromUtf8(input), path, ignored))
      return makeError("The model would overwrite what is read", options.output,
                       "Choose another output file");
  }
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  return {};
}

/// False: interrupted.
bool learnLabels(ClassifierLearner& learner, ProgressLine& progress) {
  const auto& validation = learner.data().splits.validation;
  double sum = 0;
  std::uint64_t examples = 0, epoch = 0;
  for (StepReport report; !report.finished;) {
    if (interrupted()) return false;
    report = learner.step();
    sum += report.lossSum;
    examples += report.examples;
    progress.update(static_cast<double>(report.step) / static_cast<double>(learner.totalSteps()),
                    "Learning, epoch " + fixedNumber(report.epoch, 1));
    if (static_cast<std::uint64_t>(report.epoch) == epoch) continue;
    epoch = static_cast<std::uint64_t>(report.epoch);
    std::string line = "Epoch " + std::to_string(epoch) + ": loss " +
                       shortNumber(sum / static_cast<double>(std::max<std::uint64_t>(1, examples)));
    if (!validation.empty()) {
      const auto scores = learner.scores(validation);
      line += ", validation " + shortNumber(scores.loss) + ", accuracy " +
              fixedNumber(scores.classes.accuracy * 100, 1) + " %";
    }
    progress.note(line);
    sum = 0;
    examples = 0;
  }
  return true;
}

nlohmann::ordered_json scoresAsJson(const ClassifierScores& scores, const std::vector<std::string>& labels) {
  if (scores.probabilities.cols() == 0) return nullptr;
  nlohmann::ordered_json classes = nlohmann::ordered_json::array();
  for (std::size_t c = 0; c < labels.size(); ++c) {
    const auto row = scores.classes.confusion.row(static_cast<Index>(c));
    classes.push_back({{"class", labels[c]},
                       {"precision", scores.classes.precision[c]},
                       {"recall", scores.classes.recall[c]},
                       {"f1", scores.classes.f1[c]},
                       {"texts", row.sum()},
                       {"predicted", std::vector<double>(row.begin(), row.end())}});
  }
  return {{"texts", scores.probabilities.cols()},
          {"loss", scores.loss},
          {"accuracy", scores.classes.accuracy},
          {"macro_f1", scores.classes.macroF1},
          {"calibration_error", scores.classes.calibrationError},
          {"classes", std::move(classes)}};
}

std::string scoresAsText(const ClassifierScores& scores, const std::vector<std::string>& labels) {
  if (scores.probabilities.cols() == 0) return "No texts are held back as a test.\n";
  TextTable table({{"Class"}, {"Precision", true}, {"Recall", true}, {"F1", true}, {"Texts", true}});
  for (std::size_t c = 0; c < labels.size(); ++c)
    table.add({labels[c], fixedNumber(scores.classes.precision[c], 3),
               fixedNumber(scores.classes.recall[c], 3), fixedNumber(scores.classes.f1[c], 3),
               fixedNumber(scores.classes.confusion.row(static_cast<Index>(c)).sum(), 0)});
  return "Test: " + fixedNumber(scores.classes.accuracy * 100, 2) + " % of " +
         grouped(static_cast<std::uint64_t>(scores.probabilities.cols())) + " texts right, loss " +
         shortNumber(scores.loss) + ", mean F1 " + fixedNumber(scores.classes.macroF1, 3) +
         ", calibration error " + fixedNumber(scores.classes.calibrationError, 3) + ".\n" + table.text();
}

ExitCode trainLabels(const TrainLabelsOptions& options) {
  if (auto possible = checkLabelsOutput(options); !possible) return fail(possible.error());
  ProgressLine progress(options.quiet);
  InterruptibleTask task;
  const auto context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  ClassifierConfig config = labelConfigOf(options);
  if (!options.vectors.empty()) {
    auto vectors = readVectors(pathFromUtf8(options.vectors), context);
    if (!vectors) return fail(vectors.error());
    config.start = std::make_shared<const NamedVectors>(std::move(*vectors));
  }
  const auto examples = readLabelTask(options, progress, context);
  if (!examples) return fail(examples.error());
  const auto begin = std::chrono::steady_clock::now();
  ClassifierLearner learner(config);
  if (auto prepared = learner.prepare(*examples, context); !prepared) return fail(prepared.error());
  const LabelData& data = learner.data();
  progress.note(grouped(data.splits.train.size()) + " texts to learn from, " +
                grouped((*examples)->labels.size()) + " classes, " + grouped(data.tokenizer->size()) +
                " tokens; " + grouped(data.cut) + " texts are cut.");
  if (!learnLabels(learner, progress)) return fail(cancelled().value());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const ClassifierScores scores = learner.scores(data.splits.test);
  progress.clear();
  const auto model = learner.model();
  if (auto written = writeSafetensors(model->save(), pathFromUtf8(options.output)); !written)
    return fail(written.error());
  if (!options.json) {
    print(scoresAsText(scores, model->labels()));
    return kSuccess;
  }
  printJson({{"model", classifierKindName(learner.shape().kind)},
             {"output", options.output},
             {"parameters", model->parameters()},
             {"tokens", data.tokenizer->size()},
             {"vectors_found", learner.started()},
             {"trained_on", data.splits.train.size()},
             {"cut", data.cut},
             {"seconds", seconds},
             {"test", scoresAsJson(scores, model->labels())}});
  return kSuccess;
}

/// What is wrong with how it was asked for; empty: nothing.
std::string wrongUseOf(const TrainLabelsOptions& options) {
  if (options.files.empty() == options.sample.empty())
    return "Name the files with the texts and their classes, or --sample.";
  if (!options.sample.empty()) {
    const TaskSample* sample = findTaskSample(options.sample);
    if (!sample || sample->generate(kTaskSampleSeed).kind != TaskKind::Labels)
      return "--sample: There is no sample \"" + options.sample +
             "\" of texts with classes; there is: reviews.";
  }
  if (options.yes("frozen") && options.vectors.empty()) return "--frozen needs --vectors.";
  return {};
}

}  // namespace

void addTrainLabelsCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<TrainLabelsOptions>();
  CLI::App* command =
      app.add_subcommand("train-labels", "Learn to tell texts apart from texts whose classes are known.");
  command->allow_extras();
  command->add_option(
      "FILE", options->files,
      "Tables with a text and its class a row (tabs, commas, JSON Lines), files of which each "
      "is a class with a text a line, or a folder with a folder for each class.");
  command->add_option("--sample", options->sample, "A built-in sample instead: reviews.")->type_name("NAME");
  command->add_option("--encoding", options->encoding, "Of the files, if it is found out wrongly.")
      ->type_name("NAME");
  command->add_option("-o,--output", options->output, "Where the model is written (safetensors).")
      ->type_name("FILE")
      ->required();
  command->add_option("--vectors", options->vectors, "Word vectors to begin with.")->type_name("FILE");
  options->flags.add(*command, classifierParams(), "Model and training");
  options->flags.add(*command, labelFileParams(), "Files and run");
  command->add_flag("--json", options->json, "Print the scores as one JSON object.");
  command->add_flag("--quiet", options->quiet, "Say nothing on the way.");
  command->footer(
      "Example:\n  lexarium-cli train-labels reviews.tsv --output reviews.safetensors\n"
      "  lexarium-cli classify reviews.safetensors \"not bad at all\"");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (const auto wrong = wrongUseOf(*options); !wrong.empty()) return usageError(wrong);
      return trainLabels(*options);
    };
  });
}

}  // namespace lexarium::cli

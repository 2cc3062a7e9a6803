// SPDX-License-Identifier: GPL-3.0-or-later
// Encoder-decoders on the command line: `train-pairs` learns one, `translate` lets it speak.
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/line_input.h"
#include "app/cli/model_answers.h"
#include "app/cli/param_flags.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/pair_params.h"
#include "core/tasks/import.h"
#include "core/tasks/task_samples.h"

namespace lexarium::cli {
namespace {

constexpr std::size_t kSaidWhileTraining = 200, kSaidAtTheEnd = 2000;

struct PairsOptions {
  std::vector<std::string> files;
  std::string sample, output;
  int input = 0, outputColumn = 0;
  std::int64_t threads = 1, seed = 1;
  ParamFlags flags;
  bool stories = false, json = false, quiet = false;
};

Expected<TaskImport> pairsFrom(const PairsOptions& options, const TaskContext& context) {
  if (!options.sample.empty()) {
    const TaskSample* sample = findTaskSample(options.sample);
    if (!sample) {
      std::string known;
      for (const TaskSample& one : taskSamples()) known += (known.empty() ? "" : ", ") + one.id;
      return makeError("There is no sample \"" + options.sample + "\"", {}, "Choose one of: " + known);
    }
    TaskImport made;
    made.data = sample->generate(kTaskSampleSeed);
    made.report.rows = made.data.examples.size();
    return made;
  }
  std::vector<std::filesystem::path> paths;
  for (const std::string& file : options.files) paths.push_back(pathFromUtf8(file));
  ImportOptions how;
  how.kind = options.stories ? TaskKind::Stories : TaskKind::Pairs;
  if (options.input > 0) how.input = static_cast<std::size_t>(options.input - 1);
  if (options.outputColumn > 0) how.output = static_cast<std::size_t>(options.outputColumn - 1);
  return importTask(paths, how, context);
}

std::string pairScoresText(const PairScores& scores) {
  return "loss " + fixedNumber(scores.loss, 3) + ", tokens right " +
         fixedNumber(100 * scores.tokenAccuracy, 1) + " %, texts entirely right " +
         fixedNumber(100 * scores.sequenceAccuracy, 1) + " % of " + grouped(scores.examples) +
         // Texts of fewer than four words have none.
         (scores.bleu > 0 ? ", BLEU " + fixedNumber(scores.bleu, 1) : std::string());
}

nlohmann::ordered_json pairScoresJson(const PairScores& scores) {
  return {{"loss", scores.loss},
          {"token_accuracy", scores.tokenAccuracy},
          {"sequence_accuracy", scores.sequenceAccuracy},
          {"bleu", scores.bleu},
          {"said", scores.examples}};
}

/// One epoch after the other; false if it was interrupted.
bool learnAllPairs(PairLearner& learner, const PairsOptions& options, ProgressLine& progress, double& seconds,
                   std::uint64_t& tokens) {
  double lossSum = 0;
  std::uint64_t examples = 0, epoch = 0;
  for (StepReport report; !report.finished && !interrupted();) {
    const auto begin = std::chrono::steady_clock::now();
    report = learner.step();
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    lossSum += report.lossSum;
    examples += report.examples;
    tokens += report.tokens;
    progress.update(
        static_cast<double>(report.step) /
            static_cast<double>(std::max<std::uint64_t>(1, learner.totalSteps())),
        "epoch " + fixedNumber(report.epoch, 2) + "  loss " +
            fixedNumber(report.lossSum / static_cast<double>(std::max<std::uint64_t>(1, report.examples)),
                        3));
    if (static_cast<std::uint64_t>(report.epoch) == epoch && !report.finished) continue;
    epoch = static_cast<std::uint64_t>(report.epoch);
    if (!options.quiet)
      progress.note("epoch " + std::to_string(epoch) + ": loss " +
                    fixedNumber(lossSum / static_cast<double>(std::max<std::uint64_t>(1, examples)), 3) +
                    "; validation: " +
                    pairScoresText(learner.scores(learner.data().splits.validation, kSaidWhileTraining)));
    lossSum = 0;
    examples = 0;
  }
  return !interrupted();
}

ExitCode trainPairs(const PairsOptions& options) {
  if (options.sample.empty() == options.files.empty())
    return usageError("Name files with pairs, or a built-in sample with --sample.");
  ProgressLine progress(options.quiet);
  InterruptibleTask task;
  const TaskContext context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  auto imported = pairsFrom(options, context);
  if (!imported) return fail(imported.error());
  for (const SkippedRow& row : imported->report.skipped)
    if (&row - imported->report.skipped.data() < 3)
      progress.note("line " + std::to_string(row.line) + " " + row.why);
  if (imported->report.skippedRows > 0)
    progress.note(grouped(imported->report.skippedRows) + " rows were left out");
  ParamSet params = ParamSet::defaultsOf(pairParams());
  options.flags.applyTo(params);
  Execution execution;
  execution.threads = static_cast<std::size_t>(options.threads);
  execution.seed = static_cast<std::uint64_t>(options.seed);
  PairLearner learner(pairConfigOf(params, execution));
  if (auto ready = learner.prepare(std::make_shared<const TaskData>(std::move(imported->data)), context);
      !ready)
    return fail(ready.error());
  const auto& splits = learner.data().splits;
  progress.note(grouped(splits.train.size()) + " pairs to learn from, " + grouped(splits.validation.size()) +
                " to look at, " + grouped(splits.test.size()) + " kept for the end; " +
                grouped(learner.parameters().count()) + " numbers to learn" +
                (learner.data().tooLong > 0 ? "; " + grouped(learner.data().tooLong) + " were too long"
                                            : std::string()));
  double seconds = 0;
  std::uint64_t tokens = 0;
  const bool whole = learnAllPairs(learner, options, progress, seconds, tokens);
  progress.clear();
  // What was learned is written also when it was stopped.
  if (!options.output.empty())
    if (auto written = writeSafetensors(learner.model()->save(), pathFromUtf8(options.output)); !written)
      return fail(written.error());
  if (!whole) return kInterrupted;
  const PairScores test = learner.scores(splits.test, kSaidAtTheEnd);
  const double speed = seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
  if (options.json) {
    nlohmann::ordered_json json = pairScoresJson(test);
    printJson({{"train", splits.train.size()},
               {"test", std::move(json)},
               {"tokens_per_second", speed},
               {"seconds", seconds}});
  } else {
    print("Test: " + pairScoresText(test) + "\n" + grouped(static_cast<std::uint64_t>(speed)) +
          " target tokens/s, " + clockTime(seconds) + " of learning\n");
  }
  return kSuccess;
}

struct TranslateCommand {
  std::string model;
  std::int64_t beams = 1, longest = 200;
  LineInput input;
};

ExitCode translate(const TranslateCommand& options) {
  const auto model = readModelOf<PairModel>(options.model, "train-pairs");
  if (!model) return fail(model.error());
  const TranslateOptions how{static_cast<std::size_t>(options.beams),
                             static_cast<std::size_t>(options.longest)};
  return options.input.forEach([&](const AskedLine& line) {
    const ModelAnswer answer = answerOf(**model, line.reading, how);
    options.input.answer(line, answer.plain, answer.object);
  });
}

}  // namespace

void addTrainPairsCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<PairsOptions>();
  CLI::App* command = app.add_subcommand(
      "train-pairs", "Learn to make one text of another: translation, spelling, dates (encoder-decoder).");
  command->allow_extras();
  command->add_option(
      "FILES", options->files,
      "A table of pairs (tabs, commas, JSON Lines), or two files whose lines belong together.");
  command
      ->add_option("--sample", options->sample,
                   "Built-in pairs: dates, reversed, sorted, translation; or stories.")
      ->type_name("ID");
  command->add_option("--source-column", options->input, "Column of the source, from 1.")
      ->check(CLI::Range(1, 1000));
  command->add_option("--target-column", options->outputColumn, "Column of the target, from 1.")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--stories", options->stories,
                    "The files hold stories with questions (as bAbI has them): both together become the "
                    "answer.");
  command->add_option("-o,--output", options->output, "Write the model to a safetensors file.")
      ->type_name("FILE");
  command->add_option("--threads", options->threads, "Threads that learn.")->check(CLI::Range(1, 256));
  command->add_option("--seed", options->seed, "Where the random numbers begin.")
      ->check(CLI::Range(0, 1'000'000'000));
  options->flags.add(*command, pairParams(), "Model and training");
  command->add_flag("--json", options->json, "Print the scores as one JSON object.");
  command->add_flag("--quiet", options->quiet, "Say nothing until the end.");
  command->footer(
      "Example:\n  lexarium-cli train-pairs --sample dates --output dates.safetensors\n"
      "  lexarium-cli translate dates.safetensors \"3rd of May 1998\"");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return trainPairs(*options);
    };
  });
}

void addTranslateCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<TranslateCommand>();
  CLI::App* command =
      app.add_subcommand("translate", "Let a model of `train-pairs` make texts of others, line by line.");
  command->add_option("MODEL", options->model, "What `train-pairs` has written.")->required();
  options->input.addTo(*command, "What to translate");
  command->add_option("--beams", options->beams, "How many beginnings are followed at once.")
      ->check(CLI::Range(1, 100));
  command->add_option("--longest", options->longest, "Tokens that are said at most.")
      ->check(CLI::Range(1, 10'000));
  command->callback([options, &action] { action = [options] { return translate(*options); }; });
}

}  // namespace lexarium::cli

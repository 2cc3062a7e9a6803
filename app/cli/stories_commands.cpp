// SPDX-License-Identifier: GPL-3.0-or-later
// Memory networks on the command line: `train-stories` learns one, `ask` puts questions to it.
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/line_input.h"
#include "app/cli/model_answers.h"
#include "app/cli/param_flags.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/story_params.h"
#include "core/tasks/import.h"
#include "core/tasks/task_samples.h"

namespace lexarium::cli {
namespace {

struct StoriesOptions {
  std::string file, sample, testFile, output;
  std::int64_t threads = 1, seed = 1;
  ParamFlags flags;
  bool json = false, quiet = false;
};

StoryConfig configOf(const StoriesOptions& options) {
  ParamSet params = ParamSet::defaultsOf(storyParams());
  options.flags.applyTo(params);
  StoryConfig config = storyConfigOf(params, {.mode = Execution::Mode::Reproducible,
                                              .threads = static_cast<std::size_t>(options.threads),
                                              .seed = static_cast<std::uint64_t>(options.seed)});
  if (!options.testFile.empty()) config.split.test = 0;
  return config;
}

Expected<TaskData> storiesOf(const std::string& file, const TaskContext& context) {
  ImportOptions how;
  how.kind = TaskKind::Stories;
  auto imported = importTask({pathFromUtf8(file)}, how, context);
  if (!imported) return tl::unexpected(imported.error());
  return std::move(imported->data);
}

ExitCode trainStories(const StoriesOptions& options) {
  if (options.sample.empty() == options.file.empty())
    return usageError("Name a file with stories, or the built-in ones with --sample stories.");
  ProgressLine progress(options.quiet);
  InterruptibleTask task;
  const TaskContext context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  TaskData data;
  if (!options.sample.empty()) {
    const TaskSample* sample = findTaskSample(options.sample);
    if (sample) data = sample->generate(kTaskSampleSeed);
    if (!sample || data.kind != TaskKind::Stories)
      return usageError("There are no stories \"" + options.sample +
                        "\"; the built-in ones are called stories.");
  } else {
    auto read = storiesOf(options.file, context);
    if (!read) return fail(read.error());
    data = std::move(*read);
  }
  StoryLearner learner(configOf(options));
  if (auto ready = learner.prepare(std::make_shared<const TaskData>(std::move(data)), context); !ready)
    return fail(ready.error());
  for (StepReport report; !report.finished && !interrupted();) {
    report = learner.step();
    progress.update(
        static_cast<double>(report.step) /
            static_cast<double>(std::max<std::uint64_t>(1, learner.totalSteps())),
        "epoch " + fixedNumber(report.epoch, 1) + "  loss " +
            fixedNumber(report.lossSum / static_cast<double>(std::max<std::uint64_t>(1, report.examples)),
                        3));
  }
  progress.clear();
  if (!options.output.empty())
    if (auto written = writeSafetensors(learner.model()->save(), pathFromUtf8(options.output)); !written)
      return fail(written.error());
  if (interrupted()) return kInterrupted;
  double test = learner.accuracy(learner.splits().test);
  std::size_t asked = learner.splits().test.size();
  if (!options.testFile.empty()) {
    const auto other = storiesOf(options.testFile, context);
    if (!other) return fail(other.error());
    test = StoryLearner::accuracy(*learner.model(), *other);
    asked = other->examples.size();
  }
  const double validation = learner.accuracy(learner.splits().validation);
  if (options.json)
    printJson({{"validation_accuracy", validation}, {"test_accuracy", test}, {"test_questions", asked}});
  else
    print("Answered rightly: " + fixedNumber(100 * test, 1) + " % of " + grouped(asked) +
          " test questions, " + fixedNumber(100 * validation, 1) + " % of those looked at while training\n");
  return kSuccess;
}

struct AskOptions {
  std::string model, story, question;
  LineInput input;
};

/// Lines that are not empty.
std::vector<std::string> sentencesOf(std::istream& in) {
  std::vector<std::string> story;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) story.push_back(line);
  }
  return story;
}

/// One question to a story, or many lines that each bring both.
ExitCode ask(const AskOptions& options) {
  const auto model = readModelOf<StoryModel>(options.model, "train-stories");
  if (!model) return fail(model.error());
  AskedLine line;
  line.reading.input = options.question;
  if (!options.story.empty()) {
    const auto text = readFile(pathFromUtf8(options.story), std::uint64_t{1} << 26);
    if (!text) return fail(text.error());
    std::istringstream lines(*text);
    line.reading.story = sentencesOf(lines);
  }
  const auto say = [&](AskedLine asked) {
    if (asked.reading.story.empty()) asked.reading.story = line.reading.story;
    const ModelAnswer answer = answerOf(**model, asked.reading);
    options.input.answer(asked, answer.plain, answer.object);
  };
  if (options.question.empty()) return options.input.forEach(say);
  if (options.story.empty()) line.reading.story = sentencesOf(std::cin);
  say(line);
  return kSuccess;
}

}  // namespace

void addTrainStoriesCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<StoriesOptions>();
  CLI::App* command =
      app.add_subcommand("train-stories", "Learn to answer questions about short stories (memory network).");
  command->allow_extras();
  command->add_option("FILE", options->file, "Stories with questions in the format of bAbI.");
  command->add_option("--sample", options->sample, "Built-in stories: stories.")->type_name("ID");
  command->add_option("--test-file", options->testFile, "Other stories for the score at the end.")
      ->type_name("FILE");
  command->add_option("-o,--output", options->output, "Write the model to a safetensors file.")
      ->type_name("FILE");
  command->add_option("--threads", options->threads, "Threads that learn.")->check(CLI::Range(1, 256));
  command->add_option("--seed", options->seed, "Where the random numbers begin.")
      ->check(CLI::Range(0, 1'000'000'000));
  options->flags.add(*command, storyParams(), "Model and training");
  command->add_flag("--json", options->json, "Print the scores as one JSON object.");
  command->add_flag("--quiet", options->quiet, "Say nothing until the end.");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return trainStories(*options);
    };
  });
}

void addAskCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<AskOptions>();
  CLI::App* command = app.add_subcommand("ask", "Ask a model of `train-stories` about a story.");
  command->add_option("MODEL", options->model, "What `train-stories` has written.")->required();
  command->add_option(
      "QUESTION", options->question,
      "\"Where is Mary?\"; without it questions are the lines of standard input, or of --input.");
  command
      ->add_option("--story", options->story,
                   "A file with a sentence a line; without it standard input, or the \"story\" of each line.")
      ->type_name("FILE");
  options->input.addFlags(*command);
  command->footer(
      "Example:\n  lexarium-cli ask stories.safetensors \"Where is Mary?\" --story story.txt\n"
      "  echo '{\"input\": \"Where is Mary?\", \"story\": [\"Mary went home.\"]}' | "
      "lexarium-cli ask stories.safetensors");
  command->callback([options, &action] { action = [options] { return ask(*options); }; });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/analogy_scores.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/text_input.h"
#include "app/cli/train_report.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_output.h"
#include "core/analysis/neighbours.h"
#include "core/base/file.h"
#include "core/base/thread_pool.h"
#include "core/models/learner.h"
#include "core/train/trainer.h"

namespace lexarium::cli {
namespace {

struct TrainOptions {
  TextRequest text;
  ParamFlags flags;
  std::string model;
  std::string output;
  bool json = false;
  bool quiet = false;
};

std::vector<ParamSpec::Option> modelOptions() {
  std::vector<ParamSpec::Option> options;
  for (const auto& model : models()) options.push_back({model.id, model.title});
  return options;
}

// How a run uses the machine and where its result goes; the model's own parameters come from the registry.
std::vector<ParamSpec> runParamSpecs() {
  return {
      choiceParam("model", "Model", "What learns; `--model NAME --help` shows its parameters.",
                  models().front().id, modelOptions()),
      vectorFormatParam(),
      integerParam("threads", "Threads", "", "How many threads train.",
                   static_cast<std::int64_t>(hardwareThreads()), 1, 1024),
      choiceParam("mode", "Mode",
                  "Reproducible gives the same vectors for the same seed, on any number of threads.",
                  "fastest", {{"reproducible", "Reproducible"}, {"fastest", "Fastest"}}),
      integerParam("seed", "Seed", "", "Where the random numbers begin.", 1, 0, INT64_MAX / 1024),
  };
}

// "--model glove" or "--model=glove" among the arguments; the default if there is none.
std::string modelAskedFor(std::span<const std::string> arguments) {
  static constexpr std::string_view kFlag = "--model";
  std::string model = models().front().id;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == kFlag && i + 1 < arguments.size()) model = arguments[i + 1];
    if (argument.starts_with("--model=")) model = argument.substr(kFlag.size() + 1);
  }
  return model;
}

std::string whoseOption(const std::string& sentence, const CLI::App& command, const std::string& model) {
  const std::string name = command.remaining().front();
  const std::string flag = name.substr(0, name.find('='));
  for (const auto& other : models()) {
    for (const auto& spec : other.params) {
      if (spec.flag() == flag) return flag + " is a parameter of " + other.id + ", not of " + model + ".";
    }
  }
  return sentence;
}

Execution executionFrom(const ParamFlags& flags) {
  Execution execution;
  execution.threads = static_cast<std::size_t>(std::get<std::int64_t>(flags.value("threads")));
  execution.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(flags.value("seed")));
  execution.mode = std::get<std::string>(flags.value("mode")) == "reproducible"
                       ? Execution::Mode::Reproducible
                       : Execution::Mode::Fastest;
  return execution;
}

const VectorFormat& formatOf(const TrainOptions& options) {
  return chosenFormat(options.flags, options.output);
}

// Better now than after an hour of training: can the output be written, and is it none of the texts?
Expected<void> checkOutput(const TrainOptions& options) {
  for (const auto& output : formatOf(options).files(pathFromUtf8(options.output))) {
    std::error_code ignored;
    for (const auto& text : options.text.texts) {
      if (std::filesystem::equivalent(pathFromUtf8(text), output, ignored)) {
        return makeError("The vectors would overwrite the text", pathToUtf8(output),
                         "Choose another output file");
      }
    }
    auto file = AtomicFile::create(output);
    if (!file) return tl::unexpected<Error>(file.error());
  }
  return {};
}

// Runs until the end or Ctrl+C, showing how it goes.
RunStatus watch(Trainer& trainer, ProgressLine& progress) {
  trainer.start();
  EpochLosses losses;
  while (true) {
    const bool over =
        trainer.waitFor([](const RunStatus& status) { return isOver(status.state) || interrupted(); }, 0.1);
    const RunStatus status = trainer.status();
    if (isOver(status.state)) break;
    if (over && interrupted()) trainer.stop();
    losses.read(trainer.metrics());
    for (const auto& line : losses.takeFinished(status)) progress.note(line);
    progress.update(fractionDone(status), describe(status));
  }
  progress.clear();
  losses.read(trainer.metrics());
  losses.finish();
  const RunStatus status = trainer.status();
  for (const auto& line : losses.takeFinished(status)) progress.note(line);
  return status;
}

Expected<AnalogyScore> scoreSample(const Sample& sample, const Corpus& corpus, const EmbeddingTable& table,
                                   ProgressLine& progress) {
  const auto questions = sample.questions();
  auto scores = scoreAnalogies(table, corpus.vocabulary(), questions, 0, progress);
  if (!scores) return tl::unexpected<Error>(scores.error());
  return scores->back();
}

ExitCode finish(const TrainOptions& options, const Sample* sample, const Trainer& trainer,
                const RunStatus& status, ProgressLine& progress) {
  TrainReport report(trainer, status);
  const auto snapshot = trainer.snapshot();
  const auto table = snapshot ? snapshot->all : nullptr;
  ExitCode code = kSuccess;
  if (status.state == RunStatus::State::Stopped) {
    printError("Interrupted; no vectors were written.");
    code = kInterrupted;
  } else if (status.state != RunStatus::State::Finished || !table) {
    printError(status.message.empty() ? "The training failed." : status.message);
    code = kFailure;
  } else if (auto written = writeVectors(formatOf(options), options.output, trainer.corpus()->vocabulary(),
                                         table->vectors, progress);
             !written) {
    code = fail(written.error());
  } else {
    report.setOutput(options.output, formatOf(options), *table);
    if (sample) {
      auto score = scoreSample(*sample, *trainer.corpus(), *table, progress);
      if (score) report.setAnalogies(*score);
    }
  }
  if (options.json) {
    printJson(report.json());
  } else if (code == kSuccess && !options.quiet) {
    print(report.text());
  }
  return code;
}

ExitCode train(TrainOptions& options) {
  const ModelInfo* model = findModel(std::get<std::string>(options.flags.value("model")));
  auto sample = options.text.sample();
  if (!sample) return usageError(sample.error().message());
  if (auto possible = checkOutput(options); !possible) return fail(possible.error());
  ProgressLine progress(options.quiet);
  auto corpus = loadText(options.text, options.flags, progress);
  if (!corpus) return fail(corpus.error());
  progress.note(describe(**corpus));

  RunConfig config;
  config.modelId = model->id;
  config.params = presetFor(*model, **corpus);
  options.flags.applyTo(config.params);
  config.execution = executionFrom(options.flags);
  auto trainer = Trainer::create(*corpus, config);
  if (!trainer) return fail(trainer.error());
  progress.note(describe(config));
  const RunStatus status = watch(**trainer, progress);
  return finish(options, *sample, **trainer, status, progress);
}

std::string modelList() {
  std::string text = "Models:\n";
  for (const auto& model : models()) text += "  " + padded(model.id, 12) + model.summary + '\n';
  return text +
         "\nParameters that are not given are chosen for the size of the text (a small text gets fewer "
         "dimensions and "
         "more\nepochs) and printed; the defaults above are the published ones, used for large texts.\n"
         "Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted (nothing is written then).\n\n"
         "Example:\n  lexarium-cli train sample:small-world-en --output world.txt\n"
         "  lexarium-cli train book.txt --model glove --dimensions 50 --output book.bin";
}

}  // namespace

void addTrainCommand(CLI::App& app, Action& action, std::span<const std::string> arguments) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand("train", "Learn word vectors from text and write them to a file.");
  command->allow_extras();
  options->text.addTo(*command, options->flags);
  options->flags.add(*command, runParamSpecs(), "Run");
  const ModelInfo* model = findModel(modelAskedFor(arguments));
  if (model) options->flags.add(*command, model->params, "Parameters of " + model->id);
  command->add_option("-o,--output", options->output, "Where the vectors are written.")
      ->type_name("FILE")
      ->required()
      ->group("Run");
  command->add_flag("--json", options->json, "Print one JSON object about the run.")->group("Run");
  command->add_flag("--quiet", options->quiet, "Print nothing but errors.")->group("Run");
  command->footer(modelList());
  command->callback([options, command, model, &action] {
    action = [options, command, model]() -> ExitCode {
      // A wrong model first: without it, its flags are unknown too.
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (const auto unknown = unknownOption(*command); !unknown.empty()) {
        return usageError(whoseOption(unknown, *command, model ? model->id : ""));
      }
      return train(*options);
    };
  });
}

}  // namespace lexarium::cli

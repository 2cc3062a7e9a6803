// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/text_input.h"
#include "app/cli/train_run.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_output.h"
#include "core/base/file.h"
#include "core/base/thread_pool.h"
#include "core/models/learner.h"
#include "core/train/recipe.h"
#include "core/train/start_vectors.h"
#include "core/train/trainer.h"

namespace lexarium::cli {
namespace {

struct TrainOptions {
  TextRequest text;
  ParamFlags flags;
  std::string recipeFile;
  std::optional<Expected<Recipe>> recipe;
  TrainOutput output;
};

std::vector<ParamSpec::Option> modelOptions() {
  std::vector<ParamSpec::Option> options;
  for (const auto& model : models())
    if (!model.learnsExamples()) options.push_back({model.id, model.title});
  return options;
}

ParamSpec modelParam() {
  return choiceParam("model", "Model", "What learns; `--model NAME --help` shows its parameters.",
                     models().front().id, modelOptions());
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

/// What the recipe says, or what suits the text; and in both cases what was given.
RunConfig configFor(const TrainOptions& options, const ModelInfo& model, const Corpus& corpus) {
  RunConfig config;
  if (options.recipe) {
    config = (*options.recipe)->run;
  } else {
    config.modelId = model.id;
    config.params = presetFor(model, corpus);
    config.execution.threads = hardwareThreads();
  }
  options.flags.applyTo(config.params);
  applyExecution(options.flags, config.execution);
  return config;
}

/// Tokens and size are those that the vectors need, unless they are given too.
Expected<void> takeVectors(const TrainOptions& options, const Corpus& corpus, ProgressLine& progress,
                           RunConfig& config) {
  const auto& given = options.flags.given();
  const auto named = given.find(kVectorsKey);
  if (named == given.end() || !config.params.contains(kVectorsKey)) return {};
  useNoVectors(config);
  const std::string& path = std::get<std::string>(named->second);
  if (path.empty()) return {};
  InterruptibleTask task;
  const auto vectors = startVectorsOfFile(pathFromUtf8(path), corpus, task.context());
  if (!vectors) return tl::unexpected<Error>(vectors.error());
  useVectors(config, *vectors);
  options.flags.applyTo(config.params);
  if (given.contains(kVectorsFingerprintKey)) config.vectors.reset();  // read again, and compared
  progress.note("Vectors: " + std::to_string(vectors->wordsFound) + " of the " +
                std::to_string(vectors->wordsInFile) + " words of " + path + " stand in the text");
  return {};
}

ExitCode train(TrainOptions& options, const ModelInfo& model) {
  auto sample = options.text.sample();
  if (!sample) return usageError(sample.error().message());
  const VectorFormat& format = chosenFormat(options.flags, options.output.vectors);
  if (auto possible = checkOutput(options.output, format, options.text.texts); !possible) {
    return fail(possible.error());
  }
  ProgressLine progress(options.output.quiet);
  const Recipe* recipe = options.recipe ? &**options.recipe : nullptr;
  if (recipe) options.text.segmentation = recipe->segmentation;
  auto corpus = loadText(options.text, options.flags, progress);
  if (!corpus) return fail(corpus.error());
  progress.note(describe(**corpus));

  RunConfig config = configFor(options, model, **corpus);
  if (auto taken = takeVectors(options, **corpus, progress, config); !taken) return fail(taken.error());
  auto trainer = Trainer::create(*corpus, std::move(config));
  if (!trainer) return fail(trainer.error());
  progress.note(describe((*trainer)->config()));
  return runTraining(**trainer, options.output, format, *sample, recipe, progress);
}

std::string modelList() {
  std::string text = "Models:\n";
  for (const auto& model : models())
    if (!model.learnsExamples()) text += "  " + padded(model.id, 12) + model.summary + '\n';
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
  options->flags.add(*command, modelParam(), "Run");
  options->flags.add(*command, vectorFormatParam(), "Run");
  options->flags.add(*command, executionParamSpecs(), "Run");
  // The flags are those of the model, whoever names it.
  std::string modelId = valueAskedFor(arguments, "--model");
  const bool isTrain = !arguments.empty() && arguments.front() == "train";
  if (const std::string path = isTrain ? valueAskedFor(arguments, "--recipe") : ""; !path.empty()) {
    options->recipe = readRecipeFile(pathFromUtf8(path));
    if (modelId.empty() && *options->recipe) modelId = (*options->recipe)->run.modelId;
  }
  const ModelInfo* model = modelId.empty() ? &models().front() : findModel(modelId);
  if (model) options->flags.add(*command, model->params, "Parameters of " + model->id);
  command
      ->add_option("--recipe", options->recipeFile,
                   "A run that `--write-recipe` has written down: model, parameters, mode, threads, seed and "
                   "how the text is cut are taken from there, unless they are given.")
      ->type_name("FILE")
      ->group("Run");
  options->output.addTo(*command);
  command->footer(modelList());
  command->callback([options, command, model, &action] {
    action = [options, command, model]() -> ExitCode {
      // A wrong model first: without it, its flags are unknown too.
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (options->recipe && !*options->recipe) return fail(options->recipe->error());
      if (const auto unknown = unknownOption(*command); !unknown.empty()) {
        return usageError(whoseOption(unknown, *command, model ? model->id : ""));
      }
      if (options->recipe && (*options->recipe)->run.modelId != model->id) {
        return usageError("The recipe is one of " + (*options->recipe)->run.modelId + "; leave out --model.");
      }
      return train(*options, *model);
    };
  });
}

}  // namespace lexarium::cli

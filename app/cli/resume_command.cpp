// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/text_input.h"
#include "app/cli/train_run.h"
#include "app/cli/vectors_output.h"
#include "core/base/file.h"
#include "core/train/checkpoint_file.h"

namespace lexarium::cli {
namespace {

constexpr const char* kCommand = "resume";

struct ResumeOptions {
  std::string checkpoint;
  TextRequest text;
  ParamFlags flags;
  TrainOutput output;
};

/// The checkpoint that the arguments name, because its model's parameters are flags; none if they name none.
std::optional<Expected<CheckpointFile>> checkpointAskedFor(std::span<const std::string> arguments) {
  if (arguments.size() < 2 || arguments[0] != kCommand || arguments[1].starts_with('-')) return std::nullopt;
  return readCheckpointFile(pathFromUtf8(arguments[1]));
}

ExitCode resume(ResumeOptions& options, CheckpointFile file) {
  auto sample = options.text.sample();
  if (!sample) return usageError(sample.error().message());
  const VectorFormat& format = chosenFormat(options.flags, options.output.vectors);
  // The checkpoint itself may be replaced by a newer one.
  if (auto possible = checkOutput(options.output, format, options.text.texts); !possible) {
    return fail(possible.error());
  }
  ProgressLine progress(options.output.quiet);
  options.text.segmentation = file.segmentation;
  auto corpus = loadText(options.text, options.flags, progress);
  if (!corpus) return fail(corpus.error());
  progress.note(describe(**corpus));

  RunConfig branch = file.checkpoint.config;
  options.flags.applyTo(branch.params);
  applyExecution(options.flags, branch.execution);
  const auto from = std::make_shared<const Checkpoint>(std::move(file.checkpoint));
  auto trainer = Trainer::resumed(*corpus, from, file.before, branch);
  if (!trainer) return fail(trainer.error());
  progress.note(describe((*trainer)->config()) + "; goes on at step " + grouped(from->step) + ", epoch " +
                fixedNumber(from->epoch, 2));
  return runTraining(**trainer, options.output, format, *sample, nullptr, progress);
}

constexpr const char* kFooter =
    "The text must be the one that the run began with; it is cut in the same way. Parameters that are given "
    "act\nfrom there on (--epochs 20 goes on for longer); those on which the size of the model depends "
    "cannot "
    "change.\nIn reproducible mode the result is the same as without the interruption.\n"
    "Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.\n\n"
    "Example:\n  lexarium-cli train book.txt -o book.bin --checkpoint book.checkpoint\n"
    "  lexarium-cli resume book.checkpoint book.txt -o book.bin";

}  // namespace

void addResumeCommand(CLI::App& app, Action& action, std::span<const std::string> arguments) {
  auto options = std::make_shared<ResumeOptions>();
  CLI::App* command = app.add_subcommand(kCommand, "Go on with a run from one of its checkpoints.");
  command->allow_extras();
  command
      ->add_option("CHECKPOINT", options->checkpoint,
                   "The file that `lexarium-cli train --checkpoint FILE` has written.")
      ->required();
  options->text.addTo(*command, options->flags);
  auto file = std::make_shared<std::optional<Expected<CheckpointFile>>>(checkpointAskedFor(arguments));
  options->flags.add(*command, executionParamSpecs(), "Run");
  options->flags.add(*command, vectorFormatParam(), "Run");
  options->output.addTo(*command);
  const bool isRead = *file && **file;
  const ModelInfo* model = isRead ? findModel((*file)->value().checkpoint.config.modelId) : nullptr;
  if (model) options->flags.add(*command, model->params, "Parameters of " + model->id);
  command->footer(kFooter);
  command->callback([options, command, file, &action] {
    action = [options, command, file]() -> ExitCode {
      if (!*file)
        return usageError("Name the checkpoint first: `lexarium-cli resume CHECKPOINT TEXT -o FILE`.");
      if (!**file) return fail((*file)->error());
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return resume(*options, std::move((*file)->value()));
    };
  });
}

}  // namespace lexarium::cli

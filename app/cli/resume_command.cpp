// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/resume_source.h"
#include "app/cli/text_input.h"
#include "app/cli/train_run.h"
#include "app/cli/vectors_output.h"

namespace lexarium::cli {
namespace {

constexpr const char* kResume = "resume";

struct ResumeOptions {
  std::string source;
  std::string run;
  TextRequest text;
  ParamFlags flags;
  TrainOutput output;
};

/// What the arguments name to go on from, because its model's parameters are flags; none if they name
/// nothing.
std::optional<Expected<ResumeSource>> sourceAskedFor(std::span<const std::string> arguments) {
  if (arguments.size() < 2 || arguments[0] != kResume || arguments[1].starts_with('-')) return std::nullopt;
  return readResumeSource(arguments[1], valueAskedFor(arguments, "--run"));
}

Expected<std::shared_ptr<const Corpus>> textOf(const ResumeOptions& options, const ResumeSource& source,
                                               ProgressLine& progress) {
  if (!source.project) return loadText(options.text, options.flags, progress);
  InterruptibleTask task;
  auto corpus = source.project->readCorpus(
      source.corpus,
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); }));
  progress.clear();
  return corpus;
}

ExitCode resumeRun(ResumeOptions& options, const ResumeSource& source) {
  if (source.project && !options.text.texts.empty()) {
    return usageError("A project has its text with it; name no other.");
  }
  if (!source.project && options.text.texts.empty()) return usageError("TEXT is required.");
  auto sample = options.text.sample();
  if (!sample) return usageError(sample.error().message());
  const VectorFormat& format = chosenFormat(options.flags, options.output.vectors);
  // A checkpoint may be replaced by a newer one of the same run, a project may not.
  auto inputs = options.text.texts;
  if (source.project) inputs.push_back(options.source);
  if (auto possible = checkOutput(options.output, format, inputs); !possible) return fail(possible.error());
  ProgressLine progress(options.output.quiet);
  options.text.segmentation = source.segmentation;
  if (source.project) {
    for (const auto& warning : source.project->warnings()) progress.note("Note: " + warning);
  }
  auto corpus = textOf(options, source, progress);
  if (!corpus) return fail(corpus.error());
  progress.note(describe(**corpus));

  const auto& from = source.checkpoint;
  RunConfig branch = from->config;
  options.flags.applyTo(branch.params);
  applyExecution(options.flags, branch.execution);
  auto trainer = Trainer::resumed(*corpus, from, source.before, branch);
  if (!trainer) return fail(trainer.error());
  progress.note(describe((*trainer)->config()) + "; goes on at step " + grouped(from->step) + ", epoch " +
                fixedNumber(from->epoch, 2));
  return runTraining(**trainer, options.output, format, *sample, nullptr, progress);
}

constexpr const char* kResumeFooter =
    "The text must be the one that the run began with; it is cut in the same way. A project has it with it, "
    "and "
    "is\nonly read. Parameters that are given act from there on (--epochs 20 goes on for longer); those on "
    "which "
    "the size\nof the model depends cannot change. In reproducible mode the result is the same as without "
    "the "
    "interruption.\n"
    "Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.\n\n"
    "Example:\n  lexarium-cli train book.txt -o book.bin --checkpoint book.checkpoint\n"
    "  lexarium-cli resume book.checkpoint book.txt -o book.bin\n"
    "  lexarium-cli resume lesson.lexarium -o lesson.bin";

}  // namespace

void addResumeCommand(CLI::App& app, Action& action, std::span<const std::string> arguments) {
  auto options = std::make_shared<ResumeOptions>();
  CLI::App* command = app.add_subcommand(kResume, "Go on with a run from one of its checkpoints.");
  command->allow_extras();
  command
      ->add_option("CHECKPOINT", options->source,
                   "The file that `lexarium-cli train --checkpoint FILE` has written, or a project.")
      ->required();
  options->text.addTo(*command, options->flags);
  command->get_option("TEXT")->required(false);  // nor for a project
  command->add_option("--run", options->run, "Which run of a project; if not given, the newest.")
      ->type_name("NAME")
      ->group("Run");
  auto source = std::make_shared<std::optional<Expected<ResumeSource>>>(sourceAskedFor(arguments));
  options->flags.add(*command, executionParamSpecs(), "Run");
  options->flags.add(*command, vectorFormatParam(), "Run");
  options->output.addTo(*command);
  const bool isRead = *source && **source;
  const ModelInfo* model = isRead ? findModel((*source)->value().checkpoint->config.modelId) : nullptr;
  if (model) options->flags.add(*command, model->params, "Parameters of " + model->id);
  command->footer(kResumeFooter);
  command->callback([options, command, source, &action] {
    action = [options, command, source]() -> ExitCode {
      if (!*source) {
        return usageError("Name the checkpoint first: `lexarium-cli resume CHECKPOINT TEXT -o FILE`.");
      }
      if (!**source) return fail((*source)->error());
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return resumeRun(*options, (*source)->value());
    };
  });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/shared_run.h"
#include "app/cli/vectors_input.h"
#include "app/cli/vectors_output.h"
#include "core/base/file.h"

namespace lexarium::cli {
namespace {

struct ExportOptions {
  std::string file;
  std::string to;
  ParamFlags flags;
  bool json = false;
};

ExitCode exportVectors(const ExportOptions& options) {
  ProgressLine progress(false);
  auto vectors = loadVectors(options.file, progress);
  if (!vectors) return fail(vectors.error());
  const VectorFormat& format = chosenFormat(options.flags, options.to);
  auto written = writeVectors(format, options.to, vectors->vocabulary, vectors->table.vectors, progress);
  if (!written) return fail(written.error());
  if (options.json) {
    printJson({{"output", options.to},
               {"format", format.id},
               {"words", vectors->vocabulary.size()},
               {"dimensions", vectors->table.vectors.rows()}});
  }
  return kSuccess;
}

/// The model alone, without what it takes to go on learning, and its card.
ExitCode exportModel(const ExportOptions& options) {
  const auto shared = sharedFromModelFile(options.file);
  if (!shared) return fail(shared.error());
  const auto path = pathFromUtf8(options.to);
  if (auto written = saveModelWithCard(path, shared->model, shared->card); !written)
    return fail(written.error());
  if (options.json)
    printJson({{"output", options.to},
               {"card", pathToUtf8(cardPath(path))},
               {"kind", kindOf(shared->model)},
               {"tensors", shared->model.tensors.size()}});
  return kSuccess;
}

}  // namespace

void addExportCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand(
      "export", "Write word vectors in another format, or a model with its card for PyTorch.");
  command->allow_extras();
  command
      ->add_option("FILE", options->file,
                   "A file of word vectors, or a model that `train` or another command has written.")
      ->required();
  command
      ->add_option("-o,--to", options->to,
                   "Where it is written. A model is written as safetensors, and its card beside it as JSON.")
      ->type_name("FILE")
      ->required();
  options->flags.add(*command, vectorFormatParam(), "Options");
  command->add_flag("--json", options->json, "Print one JSON object.");
  command->footer(
      "Examples:\n  lexarium-cli export glove.6B.100d.txt --to glove.bin\n"
      "  lexarium-cli export world.txt --to vectors.tsv\n"
      "  lexarium-cli export plays.lstm --to plays.safetensors");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return isModelFile(options->file) ? exportModel(*options) : exportVectors(*options);
    };
  });
}

}  // namespace lexarium::cli

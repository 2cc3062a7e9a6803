// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/vectors_input.h"
#include "core/base/file.h"
#include "core/formats/vectors.h"

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
  const bool named = options.flags.given().contains("format");
  const bool binary = named ? std::get<std::string>(options.flags.value("format")) == "binary"
                            : pathFromUtf8(options.to).extension() == ".bin";
  InterruptibleTask task;
  const auto context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  const auto write = binary ? writeWord2VecBinary : writeWord2VecText;
  auto written = write(pathFromUtf8(options.to), vectors->vocabulary, vectors->table.vectors, context);
  progress.clear();
  if (!written) return fail(written.error());
  if (options.json) {
    printJson({{"output", options.to},
               {"format", binary ? "binary" : "text"},
               {"words", vectors->vocabulary.size()},
               {"dimensions", vectors->table.vectors.rows()}});
  }
  return kSuccess;
}

}  // namespace

void addExportCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write word vectors in another format.");
  command->allow_extras();
  addVectorsArgument(*command, options->file);
  command->add_option("-o,--to", options->to, "Where the vectors are written.")
      ->type_name("FILE")
      ->required();
  options->flags.add(
      *command,
      choiceParam("format", "Format", "How they are written; binary if the file's name ends in .bin.", "text",
                  {{"text", "word2vec text"}, {"binary", "word2vec binary"}}),
      "Options");
  command->add_flag("--json", options->json, "Print one JSON object.");
  command->footer("Example:\n  lexarium-cli export glove.6B.100d.txt --to glove.bin");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return exportVectors(*options);
    };
  });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model_answers.h"
#include "app/cli/param_flags.h"

namespace lexarium::cli {
namespace {

struct ClassifyOptions {
  std::string file;
  LineInput input;
};

ExitCode classify(const ClassifyOptions& options) {
  const auto model = readModelOf<ClassifierModel>(options.file, "train-labels");
  if (!model) return fail(model.error());
  return options.input.forEach([&](const AskedLine& line) {
    const ModelAnswer answer = answerOf(**model, line.reading);
    options.input.answer(line, answer.plain, answer.object);
  });
}

}  // namespace

void addClassifyCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ClassifyOptions>();
  CLI::App* command = app.add_subcommand("classify", "Say to which class texts belong.");
  command->allow_extras();
  command->add_option("MODEL", options->file, "What `train-labels` has written.")->required();
  options->input.addTo(*command, "The texts");
  command->footer(
      "Prints class, probability and text, parted by tabs; as JSON also the probability of each class, the\n"
      "tokens, and what attention looked at.\n\nExample:\n"
      "  lexarium-cli classify reviews.safetensors \"not bad at all\"\n"
      "  lexarium-cli classify reviews.safetensors --json < texts.txt");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return classify(*options);
    };
  });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model_answers.h"
#include "app/cli/param_flags.h"

namespace lexarium::cli {
namespace {

struct PredictOptions {
  std::string model;
  LineInput input;
};

ExitCode predict(const PredictOptions& options) {
  const auto model = readTrainedModel(options.model);
  if (!model) return fail(model.error());
  return options.input.forEach([&](const AskedLine& line) {
    const ModelAnswer answer = answerOf(**model, line.reading);
    options.input.answer(line, answer.plain, answer.object);
  });
}

}  // namespace

void addPredictCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<PredictOptions>();
  CLI::App* command = app.add_subcommand(
      "predict", "Ask any model: a text's class, its translation, an answer, the next token.");
  command->allow_extras();
  command->add_option("MODEL", options->model, "What one of the `train` commands has written.")->required();
  options->input.addTo(*command, "What to ask");
  command->footer(
      "A line may be JSON, {\"input\": \"...\"} (of stories also \"story\": [\"...\"]); it is answered by\n"
      "{\"input\": ..., \"output\": ..., \"probability\": ...}.\n\nExample:\n"
      "  lexarium-cli predict reviews.safetensors \"not bad at all\"\n"
      "  lexarium-cli predict dates.safetensors --input dates.jsonl > answers.jsonl");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return predict(*options);
    };
  });
}

}  // namespace lexarium::cli

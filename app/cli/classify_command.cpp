// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/text_classifier_model.h"

namespace lexarium::cli {
namespace {

struct ClassifyOptions {
  std::string file;
  std::vector<std::string> texts;
  bool json = false;
};

Expected<std::shared_ptr<const ClassifierModel>> readClassifier(const std::string& path) {
  auto set = readSafetensors(pathFromUtf8(path));
  if (!set) return tl::unexpected<Error>(set.error());
  auto model = loadClassifier(*set);
  if (model) return model;
  Error error = model.error();
  error.where = path + (error.where.empty() ? "" : ", " + error.where);
  if (error.advice.empty()) error.advice = "Choose a file that `train-labels` has written";
  return tl::unexpected<Error>(error);
}

nlohmann::ordered_json classificationAsJson(const std::string& text, const Classification& said,
                                            const ClassifierModel& model) {
  nlohmann::ordered_json probabilities = nlohmann::ordered_json::object();
  for (std::size_t c = 0; c < said.probabilities.size(); ++c)
    probabilities[model.labels()[c]] = said.probabilities[c];
  nlohmann::ordered_json json = {{"text", text},
                                 {"class", model.labels()[said.label]},
                                 {"probability", said.probabilities[said.label]},
                                 {"probabilities", std::move(probabilities)},
                                 {"tokens", said.tokens},
                                 {"cut", said.cut}};
  if (!said.attention.empty()) json["attention"] = said.attention;
  return json;
}

ExitCode classify(const ClassifyOptions& options) {
  const auto model = readClassifier(options.file);
  if (!model) return fail(model.error());
  const auto say = [&](const std::string& text) {
    const Classification said = (*model)->classify(text);
    if (options.json) {
      // A line a text, so that other programs can read them one by one.
      print(classificationAsJson(text, said, **model)
                .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
            '\n');
    } else {
      print((*model)->labels()[said.label] + '\t' + fixedNumber(said.probabilities[said.label], 3) + '\t' +
            text + '\n');
    }
  };
  for (const std::string& text : options.texts) say(text);
  if (!options.texts.empty()) return kSuccess;
  for (std::string line; !interrupted() && std::getline(std::cin, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    say(line);
  }
  return interrupted() ? kInterrupted : kSuccess;
}

}  // namespace

void addClassifyCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ClassifyOptions>();
  CLI::App* command = app.add_subcommand("classify", "Say to which class texts belong.");
  command->allow_extras();
  command->add_option("MODEL", options->file, "What `train-labels` has written.")->required();
  command->add_option("TEXT", options->texts, "The texts; without any, the lines of standard input.");
  command->add_flag(
      "--json", options->json,
      "Print a JSON object a text: the probability of each class, its tokens, and what attention "
      "looked at.");
  command->footer(
      "Prints class, probability and text, parted by tabs.\n\nExample:\n"
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

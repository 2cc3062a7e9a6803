// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/unicode.h"
#include "core/base/file.h"
#include "core/text/samples.h"

namespace lexarium::cli {
namespace {

struct SamplesOptions {
  std::vector<std::string> write;  // id, file
  std::string questions;
  bool json = false;
};

// The format of word2vec's questions-words.txt.
std::string formatQuestions(std::span<const AnalogyQuestion> questions) {
  std::string text;
  std::string_view category;
  for (const auto& question : questions) {
    if (question.category != category) text += ": " + question.category + '\n';
    category = question.category;
    text += question.a + ' ' + question.b + ' ' + question.c + ' ' + question.d + '\n';
  }
  return text;
}

ExitCode listSamples(bool json) {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& sample : samples()) {
    rows.push_back({{"id", sample.id},
                    {"title", sample.title},
                    {"language", sample.language},
                    {"description", sample.description},
                    {"questions", sample.questions().size()}});
    if (!json) {
      print(padded(sample.id, 18) + "  " + padded(sample.language, 4) + padded(sample.title, 14) +
            sample.description + '\n');
    }
  }
  if (json) printJson(rows);
  return kSuccess;
}

ExitCode writeSample(const SamplesOptions& options) {
  const Sample* sample = findSample(options.write[0]);
  if (!sample) {
    return usageError("There is no sample \"" + options.write[0] + "\". `lexarium-cli samples` lists them.");
  }
  const auto text = sample->generate(kSampleSeed);
  if (auto written = writeFileAtomically(pathFromUtf8(options.write[1]), text); !written) {
    return fail(written.error());
  }
  if (options.questions.empty()) return kSuccess;
  auto written = writeFileAtomically(pathFromUtf8(options.questions), formatQuestions(sample->questions()));
  return written ? kSuccess : fail(written.error());
}

}  // namespace

void addSamplesCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<SamplesOptions>();
  CLI::App* command = app.add_subcommand("samples", "List the built-in texts, or write one to a file.");
  command->allow_extras();
  auto* write = command->add_option("--write", options->write, "Write the sample's text to a file.");
  write->type_name("ID FILE")->expected(2);
  command
      ->add_option("--questions", options->questions,
                   "Write the sample's analogy questions to this file too (format of questions-words.txt).")
      ->type_name("FILE")
      ->needs(write);
  command->add_flag("--json", options->json, "Print the list as JSON.");
  command->footer(
      "Example:\n  lexarium-cli samples --write small-world-en world.txt --questions world-questions.txt");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return options->write.empty() ? listSamples(options->json) : writeSample(*options);
    };
  });
}

}  // namespace lexarium::cli

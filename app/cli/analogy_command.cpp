// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/analogy_scores.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_input.h"
#include "core/analysis/similarity.h"
#include "core/base/file.h"

namespace lexarium::cli {
namespace {

struct AnalogyOptions {
  std::string file;
  std::vector<std::string> words;
  std::string questions;
  std::string sample;
  ParamFlags flags;
  bool json = false;
};

std::int64_t intOf(const AnalogyOptions& options, std::string_view key) {
  return std::get<std::int64_t>(options.flags.value(key));
}

// One question: first - second + third.
ExitCode answer(const AnalogyOptions& options, const LoadedVectors& vectors) {
  std::vector<TokenId> ids;
  for (const auto& word : options.words) {
    auto id = vectors.find(word);
    if (!id) return fail(id.error());
    ids.push_back(*id);
  }
  const auto k = static_cast<std::size_t>(intOf(options, "count"));
  auto found = nlohmann::ordered_json::array();
  std::string text = options.words[0] + " - " + options.words[1] + " + " + options.words[2] + " =\n";
  for (const auto& neighbour : analogy(vectors.table, vectors.norms, ids[1], ids[0], ids[2], k)) {
    found.push_back({{"word", vectors.word(neighbour.id)}, {"score", neighbour.score}});
    text += "  " + padded(vectors.word(neighbour.id), 24) + ' ' + fixedNumber(neighbour.score, 4) + '\n';
  }
  if (options.json) {
    printJson(
        {{"plus", {options.words[0], options.words[2]}}, {"minus", {options.words[1]}}, {"answers", found}});
  } else {
    print(text);
  }
  return kSuccess;
}

Expected<std::vector<AnalogyQuestion>> questionsFor(const AnalogyOptions& options) {
  if (!options.questions.empty()) return readAnalogyQuestions(pathFromUtf8(options.questions));
  return findSample(options.sample)->questions();
}

ExitCode evaluate(const AnalogyOptions& options, const LoadedVectors& vectors, ProgressLine& progress) {
  auto questions = questionsFor(options);
  if (!questions) return fail(questions.error());
  auto scores = scoreAnalogies(vectors.table, vectors.vocabulary, *questions,
                               static_cast<std::size_t>(intOf(options, "max_words")), progress);
  if (!scores) return fail(scores.error());
  if (options.json) {
    printJson(toJson(*scores));
  } else {
    print(toText(*scores));
  }
  return kSuccess;
}

// The three ways to ask exclude each other. Empty: all is well.
std::string misuse(AnalogyOptions& options) {
  // "king - man + woman" may be written out.
  auto& words = options.words;
  if (words.size() == 5 && words[1] == "-" && words[3] == "+") words = {words[0], words[2], words[4]};
  const int ways = !words.empty() + !options.questions.empty() + !options.sample.empty();
  if (ways != 1) return "Give either three words, or --questions FILE, or --sample ID.";
  if (!words.empty() && words.size() != 3) {
    return "An analogy takes three words, such as king man woman, but here are " +
           std::to_string(words.size()) + ".";
  }
  if (!options.sample.empty() && !findSample(options.sample)) {
    return "There is no sample \"" + options.sample + "\". `lexarium-cli samples` lists them.";
  }
  return {};
}

ExitCode run(AnalogyOptions& options) {
  if (const auto sentence = misuse(options); !sentence.empty()) return usageError(sentence);
  ProgressLine progress(false);
  auto vectors = loadVectors(options.file, progress);
  if (!vectors) return fail(vectors.error());
  return options.words.empty() ? evaluate(options, *vectors, progress) : answer(options, *vectors);
}

}  // namespace

void addAnalogyCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<AnalogyOptions>();
  CLI::App* command =
      app.add_subcommand("analogy", "Answer king - man + woman, or score a file of such questions.");
  command->allow_extras();
  addVectorsArgument(*command, options->file);
  command->add_option(
      "WORD", options->words,
      "Three words A B C: what is to C as A is to B, that is A - B + C. Example: king man woman.");
  command
      ->add_option("--questions", options->questions,
                   "Score all questions of a file in the format of questions-words.txt, by category.")
      ->type_name("FILE");
  command->add_option("--sample", options->sample, "Score the questions of a built-in sample.")
      ->type_name("ID");
  options->flags.add(*command,
                     integerParam("count", "Count", "words", "How many answers are shown.", 5, 1, 1'000'000),
                     "Options", "-k");
  options->flags.add(*command, maximumWordsParam(), "Options", "--top");
  command->add_flag("--json", options->json, "Print JSON.");
  command->footer(
      "Examples:\n  lexarium-cli analogy world.txt king man woman\n"
      "  lexarium-cli analogy world.txt --sample small-world-en");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return run(*options);
    };
  });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_input.h"

namespace lexarium::cli {
namespace {

struct NeighboursOptions {
  std::string file;
  std::vector<std::string> words;
  ParamFlags flags;
  bool euclidean = false;
  bool json = false;
};

ExitCode neighbours(const NeighboursOptions& options) {
  ProgressLine progress(false);
  auto vectors = loadVectors(options.file, progress);
  if (!vectors) return fail(vectors.error());
  // All words are looked up before the first answer is printed.
  std::vector<TokenId> ids;
  for (const auto& word : options.words) {
    auto id = vectors->find(word);
    if (!id) return fail(id.error());
    ids.push_back(*id);
  }
  const auto k = static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("count")));
  const auto similarity = options.euclidean ? Similarity::Euclidean : Similarity::Cosine;
  auto rows = nlohmann::ordered_json::array();
  for (const TokenId id : ids) {
    auto found = nlohmann::ordered_json::array();
    std::string text = vectors->word(id) + '\n';
    for (const auto& neighbour : neighboursOf(vectors->table, vectors->norms, id, k, similarity)) {
      found.push_back({{"word", vectors->word(neighbour.id)}, {"score", neighbour.score}});
      text += "  " + padded(vectors->word(neighbour.id), 24) + ' ' + fixedNumber(neighbour.score, 4) + '\n';
    }
    rows.push_back({{"word", vectors->word(id)}, {"neighbours", std::move(found)}});
    if (!options.json) print(text);
  }
  if (options.json) {
    printJson({{"similarity", options.euclidean ? "euclidean" : "cosine"}, {"words", std::move(rows)}});
  }
  return kSuccess;
}

}  // namespace

void addNeighboursCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<NeighboursOptions>();
  CLI::App* command = app.add_subcommand("neighbours", "Print the words nearest to a word.");
  command->allow_extras();
  addVectorsArgument(*command, options->file);
  command->add_option("WORD", options->words, "One word or several.")->required();
  options->flags.add(
      *command,
      integerParam("count", "Count", "words", "How many neighbours of each word.", 10, 1, 1'000'000),
      "Options", "-k");
  command->add_flag("--euclidean", options->euclidean,
                    "Nearest by Euclidean distance (smaller is nearer), not by cosine.");
  command->add_flag("--json", options->json, "Print one JSON object.");
  command->footer("Example:\n  lexarium-cli neighbours world.txt king paris -k 5");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return neighbours(*options);
    };
  });
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/analogy_scores.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/sequence_input.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_input.h"
#include "core/analysis/similarity.h"
#include "core/base/file.h"
#include "core/text/tokenizers.h"

namespace lexarium::cli {
namespace {

struct EvaluateOptions {
  std::string file;
  std::vector<std::string> analogies;
  std::vector<std::string> similarities;
  std::vector<std::string> texts;
  std::string tokenizer;
  ParamFlags flags;
  bool json = false;
};

// What a file of questions or pairs has brought.
struct Evaluation {
  nlohmann::ordered_json json;
  std::string text;
};

Expected<Evaluation> evaluateAnalogyFile(const std::string& file, const LoadedVectors& vectors,
                                         std::size_t maximumWords, ProgressLine& progress) {
  auto questions = readAnalogyQuestions(pathFromUtf8(file));
  if (!questions) return tl::unexpected<Error>(questions.error());
  auto scores = scoreAnalogies(vectors.table, vectors.vocabulary, *questions, maximumWords, progress);
  if (!scores) return tl::unexpected<Error>(scores.error());
  Evaluation evaluation;
  evaluation.json = {{"file", file}, {"categories", toJson(*scores)}};
  for (const auto& kind : analogyKinds(*scores)) evaluation.json[kind.category] = toJson(kind);
  evaluation.json["total"] = toJson(scores->back());
  evaluation.text = file + '\n' + toText(*scores);
  return evaluation;
}

Expected<Evaluation> evaluateSimilarityFile(const std::string& file, const LoadedVectors& vectors) {
  auto pairs = readSimilarityPairs(pathFromUtf8(file));
  if (!pairs) return tl::unexpected<Error>(pairs.error());
  const auto score = evaluateSimilarity(vectors.table, vectors.vocabulary, *pairs);
  Evaluation evaluation;
  evaluation.json = {
      {"file", file}, {"asked", score.asked}, {"skipped", score.skipped}, {"spearman", score.spearman}};
  evaluation.text = file + "\nSpearman " + fixedNumber(score.spearman, 3) + " over " +
                    std::to_string(score.asked) + " pairs";
  if (score.skipped > 0) evaluation.text += ", " + std::to_string(score.skipped) + " with unknown words";
  evaluation.text += '\n';
  return evaluation;
}

/// What a language model makes of a text.
Expected<Evaluation> evaluateText(const std::string& file, const SequenceModel& model) {
  InterruptibleTask task;
  CorpusRequest request;
  request.paths = {pathFromUtf8(file)};
  const auto corpus = loadCorpus(request, task.context());
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  std::uint64_t predicted = 0, characters = 0;
  double sum = 0;
  for (const std::string_view text : textsOf(**corpus)) {
    const auto tokens = model.tokenizer()->encode(text);
    if (tokens.ids.size() < 2) continue;
    sum += model.lossSum(tokens.ids, task.context().stop);
    if (interrupted()) return cancelled();
    predicted += tokens.ids.size() - 1;
    for (const char byte : text) characters += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  }
  if (predicted == 0)
    return makeError("There are fewer than two tokens in the text", file, "Choose a longer one");
  const double loss = sum / static_cast<double>(predicted);
  const double bits = sum / std::log(2.0) / static_cast<double>(characters);
  Evaluation evaluation;
  evaluation.json = {{"file", file},
                     {"tokens", predicted + 1},
                     {"loss", loss},
                     {"perplexity", std::exp(loss)},
                     {"bits_per_character", bits}};
  evaluation.text = file + "\nLoss " + fixedNumber(loss, 4) + " over " + grouped(predicted) +
                    " tokens, perplexity " + fixedNumber(std::exp(loss), 2) + ", " + fixedNumber(bits, 4) +
                    " bits per character\n";
  return evaluation;
}

ExitCode evaluateModel(const EvaluateOptions& options) {
  const auto model = loadLanguageModel(options.file, options.tokenizer);
  if (!model) return fail(model.error());
  nlohmann::ordered_json json = {{"texts", nlohmann::ordered_json::array()}};
  for (const auto& file : options.texts) {
    auto evaluation = evaluateText(file, **model);
    if (!evaluation) return fail(evaluation.error());
    if (!options.json) print(evaluation->text);
    json["texts"].push_back(std::move(evaluation->json));
  }
  if (options.json) printJson(json);
  return kSuccess;
}

ExitCode evaluate(const EvaluateOptions& options) {
  const bool vectorsWanted = !options.analogies.empty() || !options.similarities.empty();
  if (vectorsWanted == !options.texts.empty()) {
    return usageError(
        "Give --analogies FILE or --similarities FILE for vectors, --text FILE for a language model.");
  }
  if (!options.texts.empty()) return evaluateModel(options);
  ProgressLine progress(false);
  auto vectors = loadVectors(options.file, progress);
  if (!vectors) return fail(vectors.error());
  const auto maximumWords =
      static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("max_words")));
  nlohmann::ordered_json json = {{"analogies", nlohmann::ordered_json::array()},
                                 {"similarities", nlohmann::ordered_json::array()}};
  const auto finished = [&](const char* key, Evaluation& evaluation) {
    if (!options.json) print(evaluation.text);
    json[key].push_back(std::move(evaluation.json));
  };
  for (const auto& file : options.analogies) {
    auto evaluation = evaluateAnalogyFile(file, *vectors, maximumWords, progress);
    if (!evaluation) return fail(evaluation.error());
    finished("analogies", *evaluation);
  }
  for (const auto& file : options.similarities) {
    auto evaluation = evaluateSimilarityFile(file, *vectors);
    if (!evaluation) return fail(evaluation.error());
    finished("similarities", *evaluation);
  }
  if (options.json) printJson(json);
  return kSuccess;
}

}  // namespace

void addEvaluateCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* command = app.add_subcommand(
      "evaluate", "Score vectors by analogies and by word similarities, language models by a text.");
  command->allow_extras();
  addVectorsArgument(*command, options->file);
  command
      ->add_option("--analogies", options->analogies,
                   "Questions in the format of questions-words.txt; may be given several times.")
      ->type_name("FILE")
      ->take_all()
      ->expected(1);
  command
      ->add_option(
          "--similarities", options->similarities,
          "Two words and how alike people find them on each line, as in WordSim-353, SimLex-999 and MEN; may "
          "be given several times.")
      ->type_name("FILE")
      ->take_all()
      ->expected(1);
  command
      ->add_option("--text", options->texts,
                   "A text that a language model is to predict; may be given several times.")
      ->type_name("FILE")
      ->take_all()
      ->expected(1);
  command
      ->add_option("--tokenizer", options->tokenizer,
                   "The tokenizer.bin that belongs to a checkpoint of llama2.c, or the folder with the "
                   "tokens of a model like GPT-2.")
      ->type_name("FILE");
  options->flags.add(*command, maximumWordsParam(), "Options", "--top");
  command->add_flag("--json", options->json, "Print one JSON object.");
  command->footer(
      "Example:\n  lexarium-cli evaluate vectors.txt --analogies questions-words.txt --similarities "
      "wordsim353.tsv");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return evaluate(*options);
    };
  });
}

}  // namespace lexarium::cli

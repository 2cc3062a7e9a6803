// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to one's own text, through word vectors.
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/line_input.h"
#include "app/cli/param_flags.h"
#include "app/cli/text_input.h"
#include "core/analysis/corpus_question.h"
#include "core/base/file.h"
#include "core/train/file_vectors.h"

namespace lexarium::cli {
namespace {

struct SearchOptions {
  std::string vectors;
  TextRequest text;
  ParamFlags flags;
  LineInput input;
  bool plainMean = false;
};

std::string textOf(const Corpus& corpus, const CorpusAnswer& answer, ByteRange range) {
  std::string text = corpus.document(answer.document).text.substr(range.begin, range.end - range.begin);
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return text;
}

/// The sentence with the span between brackets.
std::string marked(const Corpus& corpus, const CorpusAnswer& answer) {
  const ByteRange before{answer.range.begin, answer.span.begin}, after{answer.span.end, answer.range.end};
  if (answer.span == ByteRange{}) return textOf(corpus, answer, answer.range);
  return textOf(corpus, answer, before) + '[' + textOf(corpus, answer, answer.span) + ']' +
         textOf(corpus, answer, after);
}

void sayAnswers(const SearchOptions& options, const AskedLine& line, const Corpus& corpus,
                const Expected<std::vector<CorpusAnswer>>& answers) {
  if (!answers) {
    if (!options.input.json && !line.isJson) return printError(answers.error().message());
    return options.input.answer(line, {}, {{"output", nullptr}, {"error", answers.error().message()}});
  }
  std::string plain;
  auto rows = nlohmann::ordered_json::array();
  for (const CorpusAnswer& answer : *answers) {
    const std::string& name = corpus.document(answer.document).name;
    plain += (plain.empty() ? "" : "\n") + fixedNumber(answer.score, 3) + '\t' + name + '\t' +
             marked(corpus, answer);
    rows.push_back({{"text", textOf(corpus, answer, answer.range)},
                    {"score", answer.score},
                    {"span", textOf(corpus, answer, answer.span)},
                    {"document", name},
                    {"begin", answer.range.begin},
                    {"end", answer.range.end}});
  }
  nlohmann::ordered_json object = {{"output", rows.empty() ? nlohmann::ordered_json() : rows[0]["text"]},
                                   {"answers", std::move(rows)}};
  options.input.answer(line, plain, std::move(object));
}

ExitCode search(const SearchOptions& options) {
  ProgressLine progress(false);
  const auto corpus = loadText(options.text, options.flags, progress);
  if (!corpus) return fail(corpus.error());
  InterruptibleTask task;
  const TaskContext context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  const auto vectors = loadFileVectors(pathFromUtf8(options.vectors), *corpus, context);
  if (!vectors) return fail(vectors.error());
  const auto index = QuestionIndex::create(*corpus, vectors->run->snapshot()->all, !options.plainMean, context);
  progress.clear();
  if (!index) return fail(index.error());
  CorpusQuestion how;
  how.answers = static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("count")));
  return options.input.forEach([&](const AskedLine& line) {
    sayAnswers(options, line, **corpus, (*index)->ask(line.reading.input, how, task.context({})));
  });
}

}  // namespace

void addSearchCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App* command =
      app.add_subcommand("search", "Find the sentences of a text that may answer a question.");
  command->allow_extras();
  command->add_option("VECTORS", options->vectors, "Word vectors, such as `train` writes.")->required();
  options->text.addTo(*command, options->flags);
  command->add_option("-q,--question", options->input.texts,
                      "What to ask; without any, the lines of standard input.");
  options->flags.add(*command,
                     integerParam("count", "Count", "sentences", "How many are told of each.", 5, 1, 10'000),
                     "Options", "-k");
  options->input.addFlags(*command);
  command->add_flag("--plain-mean", options->plainMean,
                    "Do not take away what all sentences have in common.");
  command->footer(
      "Prints likeness, document and sentence, parted by tabs; what may be the answer stands in brackets.\n\n"
      "Example:\n  lexarium-cli search plays.vec plays.txt -q \"Who kills the king?\"");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return search(*options);
    };
  });
}

}  // namespace lexarium::cli

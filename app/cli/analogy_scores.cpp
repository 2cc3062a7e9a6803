// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analogy_scores.h"

#include <algorithm>

#include "app/cli/interrupt.h"
#include "app/cli/unicode.h"

namespace lexarium::cli {

Expected<std::vector<AnalogyScore>> scoreAnalogies(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                                   std::span<const AnalogyQuestion> questions,
                                                   std::size_t maximumWords, ProgressLine& progress) {
  InterruptibleTask task;
  const auto context = task.context([&](double fraction, const std::string&) {
    progress.update(fraction, "Answering " + grouped(questions.size()) + " questions");
  });
  auto scores = evaluateAnalogies(table, vocabulary, questions, maximumWords, context);
  progress.clear();
  if (scores.empty()) return cancelled();
  return scores;
}

namespace {

std::string lineOf(const AnalogyScore& score, std::size_t columns) {
  std::string text = padded(score.category, columns + 2);
  text += score.asked == 0 ? "no question has only known words"
                           : padded(fixedNumber(100 * score.accuracy(), 1) + " %", 9) +
                                 std::to_string(score.correct) + " of " + std::to_string(score.asked);
  if (score.skipped > 0) text += ", " + std::to_string(score.skipped) + " with unknown words";
  return text + '\n';
}

}  // namespace

std::string toText(std::span<const AnalogyScore> scores) {
  std::vector<AnalogyScore> lines(scores.begin(), scores.end());
  const auto kinds = analogyKinds(scores);
  lines.insert(lines.end() - (lines.empty() ? 0 : 1), kinds.begin(), kinds.end());
  std::size_t columns = 0;
  for (const auto& line : lines) columns = std::max(columns, columnsOf(line.category));
  std::string text;
  for (const auto& line : lines) text += lineOf(line, columns);
  return text;
}

nlohmann::ordered_json toJson(const AnalogyScore& score) {
  return {{"category", score.category},
          {"asked", score.asked},
          {"skipped", score.skipped},
          {"correct", score.correct},
          {"accuracy", score.accuracy()}};
}

nlohmann::ordered_json toJson(std::span<const AnalogyScore> scores) {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& score : scores) rows.push_back(toJson(score));
  return rows;
}

}  // namespace lexarium::cli

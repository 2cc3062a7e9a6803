// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/fuzzy.h"

#include <algorithm>
#include <vector>

namespace lexarium {

std::optional<int> fuzzyScore(const QString& query, const QString& text) {
  constexpr int kNone = -1'000'000;
  constexpr int kLetter = 10;
  constexpr int kWordStart = 20;
  constexpr int kInARow = 25;
  QString letters = query.toCaseFolded();
  letters.removeIf([](QChar c) { return c.isSpace(); });
  if (letters.isEmpty()) return 0;
  const QString folded = text.toCaseFolded();
  const auto n = static_cast<std::size_t>(folded.size());
  // best[j]: best score of the letters so far, the last of them at place j of the text.
  std::vector<int> best(n, kNone), next(n);
  for (qsizetype i = 0; i < letters.size(); ++i) {
    int before = i == 0 ? 0 : kNone;  // best of the letters before, anywhere left of j - 1
    for (std::size_t j = 0; j < n; ++j) {
      const auto place = static_cast<qsizetype>(j);
      if (i > 0 && j > 1) before = std::max(before, best[j - 2]);
      next[j] = kNone;
      if (folded[place] != letters[i]) continue;
      const bool starts = place == 0 || !folded[place - 1].isLetterOrNumber();
      int score = before > kNone ? before + kLetter + (starts ? kWordStart : 0) : kNone;
      if (i > 0 && j > 0 && best[j - 1] > kNone) score = std::max(score, best[j - 1] + kLetter + kInARow);
      next[j] = score;
    }
    best.swap(next);
  }
  const int score = n == 0 ? kNone : *std::max_element(best.begin(), best.end());
  if (score <= kNone / 2) return std::nullopt;
  return score - static_cast<int>(std::min<std::size_t>(n, 100)) / 4;
}

}  // namespace lexarium

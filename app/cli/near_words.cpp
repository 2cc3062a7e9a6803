// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/near_words.h"

#include <algorithm>

#include "app/cli/unicode.h"

namespace lexarium::cli {
namespace {

// One wrong letter in a short word makes another word; two in a long one are a slip.
int allowedEdits(std::size_t length) { return length < 3 ? 0 : length < 6 ? 1 : 2; }

}  // namespace

int editDistance(std::u32string_view a, std::u32string_view b, int limit) {
  const auto difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > static_cast<std::size_t>(limit)) return limit + 1;
  std::vector<int> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = static_cast<int>(i);
    int best = next[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        next[j] = std::min(next[j], before[j - 2] + 1);
      }
      best = std::min(best, next[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before, row);
    std::swap(row, next);
  }
  return std::min(row[b.size()], limit + 1);
}

std::vector<TokenId> nearSpellings(const Vocabulary& vocabulary, std::string_view word, std::size_t limit) {
  struct Found {
    int distance;
    TokenId id;
  };
  const std::string folded = foldCase(word);
  const std::u32string letters = toUtf32(folded);
  const int allowed = allowedEdits(letters.size());
  std::vector<Found> found;
  for (TokenId id = 0; id < vocabulary.size(); ++id) {
    const std::string candidate = foldCase(vocabulary.word(id));
    const int distance = candidate == folded ? 0 : editDistance(letters, toUtf32(candidate), allowed);
    if (distance <= allowed) found.push_back({distance, id});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.distance < b.distance; });
  std::vector<TokenId> ids;
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) ids.push_back(found[i].id);
  return ids;
}

std::string nearestOf(std::string_view text, std::span<const std::string> candidates) {
  std::string nearest;
  int best = 3;
  const auto letters = toUtf32(text);
  for (const auto& candidate : candidates) {
    const int distance = editDistance(letters, toUtf32(candidate), best - 1);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace lexarium::cli

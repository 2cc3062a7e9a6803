// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/concordance/concordance.h"
#include "core/concordance/word_regex.h"
#include "core/text/fold_word.h"

namespace lexarium {
namespace {

constexpr std::size_t kMaximumQueryBytes = 1000;

std::size_t nextCodePoint(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

/// `*` stands for any characters, also none, `?` for one. Goes back to the last star only, so it takes at
/// most length x length steps.
bool matchesWildcard(std::string_view pattern, std::string_view word) {
  std::size_t p = 0, w = 0;
  std::size_t star = std::string_view::npos, resume = 0;
  while (w < word.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = w;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      w = nextCodePoint(word, w);
    } else if (p < pattern.size() && pattern[p] == word[w]) {
      ++p;
      ++w;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      w = resume = nextCodePoint(word, resume);
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// The first `limit` ids (so the most frequent) that `matches` says yes to.
template <class Matches>
Expected<std::vector<TokenId>> collect(const Vocabulary& vocabulary, std::size_t limit,
                                       const TaskContext& context, Matches&& matches) {
  std::vector<TokenId> found;
  for (TokenId id = 0; id < vocabulary.size() && found.size() < limit; ++id) {
    if (id % 1024 == 0 && context.stopRequested()) return cancelled();
    const Expected<bool> match = matches(vocabulary.word(id));
    if (!match) return tl::unexpected<Error>(match.error());
    if (*match) found.push_back(id);
  }
  return found;
}

}  // namespace

Expected<std::vector<TokenId>> findWords(const Vocabulary& vocabulary, const std::string& query,
                                         std::size_t limit, const TaskContext& context) {
  if (query.empty() || limit == 0) return std::vector<TokenId>();
  if (query.size() > kMaximumQueryBytes) {
    return makeError("The search is longer than 1,000 characters", {}, "Search for a shorter one");
  }
  if (query.size() >= 2 && query.front() == '/' && query.back() == '/') {
    auto regex = WordRegex::compile(std::string_view(query).substr(1, query.size() - 2), context.stop);
    if (!regex) return tl::unexpected<Error>(regex.error());
    return collect(vocabulary, limit, context, [&](std::string_view word) { return regex->findIn(word); });
  }
  if (query.find_first_of("*?") == std::string::npos) {
    const auto id = findFolded(vocabulary, query);
    return id ? std::vector<TokenId>{*id} : std::vector<TokenId>();
  }
  const std::vector<std::string> patterns = foldedForms(query);
  return collect(vocabulary, limit, context, [&](std::string_view word) -> Expected<bool> {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matchesWildcard(pattern, word); });
  });
}

}  // namespace lexarium

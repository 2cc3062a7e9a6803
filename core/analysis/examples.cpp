// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/examples.h"

#include <algorithm>
#include <optional>

#include "core/text/fold_word.h"

namespace lexarium {
namespace {

/// a : b = c : d, in texts of any kind.
constexpr const char* kWellKnown[][4] = {
    {"man", "king", "woman", "queen"},    {"france", "paris", "italy", "rome"},
    {"man", "father", "woman", "mother"}, {"big", "bigger", "small", "smaller"},
    {"walk", "walked", "look", "looked"}, {"he", "his", "she", "her"},
    {"男人", "国王", "女人", "王后"},     {"中国", "北京", "日本", "东京"},
    {"男人", "父亲", "女人", "母亲"},     {"day", "days", "year", "years"},
};

constexpr const char* kOpposites[][2] = {
    {"man", "woman"}, {"poor", "rich"},   {"bad", "good"},  {"small", "big"}, {"old", "young"},
    {"he", "she"},    {"small", "large"}, {"day", "night"}, {"war", "peace"}, {"city", "country"},
    {"男人", "女人"}, {"小", "大"},       {"坏", "好"},     {"旧", "新"},     {"穷", "富"},
};

class Known {
 public:
  Known(const Vocabulary& vocabulary, std::size_t words) : vocabulary_(vocabulary), words_(words) {}

  /// The largest id of these words, so the rank of the rarest; none if one has no vector.
  template <class... Words>
  std::optional<TokenId> rarest(const Words&... words) const {
    TokenId result = 0;
    for (const std::string_view word : {std::string_view(words)...}) {
      const auto id = findFolded(vocabulary_, word);
      if (!id || *id >= words_) return std::nullopt;
      result = std::max(result, *id);
    }
    return result;
  }

 private:
  const Vocabulary& vocabulary_;
  std::size_t words_;
};

/// The question of each category whose rarest word is the most frequent, in the order of the categories.
std::vector<AnalogyQuestion> onePerCategory(const Known& known, std::span<const AnalogyQuestion> questions) {
  struct Best {
    TokenId rarest;
    AnalogyQuestion question;
  };
  std::vector<Best> best;
  for (const AnalogyQuestion& question : questions) {
    const auto rarest = known.rarest(question.a, question.b, question.c, question.d);
    if (!rarest) continue;
    const auto same = std::find_if(best.begin(), best.end(), [&](const Best& other) {
      return other.question.category == question.category;
    });
    if (same == best.end()) {
      best.push_back({*rarest, question});
    } else if (*rarest < same->rarest) {
      *same = {*rarest, question};
    }
  }
  std::vector<AnalogyQuestion> result;
  for (Best& one : best) result.push_back(std::move(one.question));
  return result;
}

}  // namespace

std::vector<std::string> exampleSums(const Vocabulary& vocabulary, std::size_t words,
                                     std::span<const AnalogyQuestion> questions, std::size_t limit) {
  const Known known(vocabulary, words);
  std::vector<std::string> sums;
  const auto add = [&](const std::string& a, const std::string& b, const std::string& c) {
    const std::string sum = b + " - " + a + " + " + c;
    if (sums.size() < limit && std::find(sums.begin(), sums.end(), sum) == sums.end()) sums.push_back(sum);
  };
  for (const AnalogyQuestion& question : onePerCategory(known, questions)) {
    add(question.a, question.b, question.c);
  }
  for (const auto& [a, b, c, d] : kWellKnown) {
    if (known.rarest(a, b, c, d)) add(a, b, c);
  }
  return sums;
}

std::vector<WordPair> examplePairs(const Vocabulary& vocabulary, std::size_t words,
                                   std::span<const AnalogyQuestion> questions, std::size_t limit) {
  const Known known(vocabulary, words);
  std::vector<WordPair> pairs;
  const auto add = [&](const std::string& from, const std::string& to) {
    const bool used = std::any_of(pairs.begin(), pairs.end(), [&](const WordPair& pair) {
      return pair.from == from || pair.to == from || pair.from == to || pair.to == to;
    });
    if (pairs.size() < limit && !used && from != to) pairs.push_back({from, to});
  };
  for (const auto& [from, to] : kOpposites) {
    if (known.rarest(from, to)) add(from, to);
  }
  // What stands on both sides of "as": in "man is to king as woman is to queen" man and woman.
  for (const AnalogyQuestion& question : onePerCategory(known, questions)) add(question.a, question.b);
  return pairs;
}

}  // namespace lexarium

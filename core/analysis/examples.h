// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/text/samples.h"
#include "core/text/vocabulary.h"

namespace lexarium {

/// Sums to try, "king - man + woman": one for each category of the questions (which may be empty), of their
/// most frequent words, then well-known ones. Only words with ids [0, words).
std::vector<std::string> exampleSums(const Vocabulary& vocabulary, std::size_t words,
                                     std::span<const AnalogyQuestion> questions, std::size_t limit);

/// Two words that are the ends of a line of meaning.
struct WordPair {
  std::string from, to;
  bool operator==(const WordPair&) const = default;
};

/// Pairs to make axes of, by the same rules; no word twice.
std::vector<WordPair> examplePairs(const Vocabulary& vocabulary, std::size_t words,
                                   std::span<const AnalogyQuestion> questions, std::size_t limit);

}  // namespace lexarium

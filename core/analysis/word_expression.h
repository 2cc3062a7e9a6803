// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/base/expected.h"

namespace lexarium {

/// A word of a sum, added or taken away.
struct ExpressionTerm {
  TokenId id = kNoToken;
  bool minus = false;
  bool operator==(const ExpressionTerm&) const = default;
};

/// Reads "king - man + woman": any number of words with + and - between them, a sign before the first one
/// allowed; also the signs of Chinese keyboards and the true minus. A hyphen inside a word that the
/// vocabulary has belongs to the word ("well-known"); spaces may be left out otherwise. Words are found as
/// typed or folded (foldedForms()); only ids [0, words) have vectors. Errors: one sentence on the first thing
/// that is wrong.
Expected<std::vector<ExpressionTerm>> parseExpression(std::string_view text, const Vocabulary& vocabulary,
                                                      std::size_t words);

/// Words parted by commas or white space ("man, king"), each once. Errors as above.
Expected<std::vector<TokenId>> parseWordList(std::string_view text, const Vocabulary& vocabulary,
                                             std::size_t words);

/// How the words of a sum are held against the candidates (Levy & Goldberg 2014, "Linguistic regularities in
/// sparse and explicit word representations"), here for any number of words.
enum class AnalogyMethod {
  Add,  ///< 3CosAdd: the cosine with the sum of the unit vectors
  Mul   ///< 3CosMul: product of the cosines with what is added over that with what is taken away
};

struct AnalogyAnswer {
  TokenId id = kNoToken;
  double cosine = 0;  ///< with the sum of the unit vectors
  double score = 0;   ///< what decides the order: the cosine, or 3CosMul's quotient
};

/// The k best answers, best first, ties by smaller id; the words of the sum are never answers. Empty if a
/// word has no direction, or for 3CosAdd if they cancel each other out. norms: inverseNorms(); may be empty.
std::vector<AnalogyAnswer> answerExpression(const EmbeddingTable& table, const Vector& norms,
                                            std::span<const ExpressionTerm> terms, std::size_t k,
                                            AnalogyMethod method);

}  // namespace lexarium

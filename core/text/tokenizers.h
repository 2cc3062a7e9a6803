// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/text/tokenizer.h"

namespace lexarium {

using TokenizerPtr = std::shared_ptr<const Tokenizer>;
using SavedTokenizer = std::map<std::string, std::string>;

/// The texts of a corpus, document by document.
std::vector<std::string_view> textsOf(const Corpus& corpus);

/// Different characters (code points), by rising code point.
struct CharacterCounts {
  std::vector<char32_t> characters;  ///< the `most` most frequent
  bool someLeftOut = false;          ///< there were more
  std::uint64_t inAll = 0;           ///< characters of the texts, each as often as it stands there
};
class CharacterCounter {
 public:
  /// Each character of it so often.
  void add(std::string_view text, std::uint64_t times);
  CharacterCounts most(std::size_t most) const;

 private:
  std::array<std::uint64_t, 0x80> ascii_{};
  std::unordered_map<char32_t, std::uint64_t> others_;
};
CharacterCounts countCharacters(std::span<const std::string_view> texts, std::size_t most);

/// A token a character (code point: an accent that is written as a character of its own is one), ordered by
/// code point. If there are more than `most` different ones, the most frequent have tokens, and one more
/// stands for all others. Errors: no character at all.
Expected<TokenizerPtr> makeCharacterTokenizer(std::span<const std::string_view> texts, std::size_t most);
Expected<TokenizerPtr> loadCharacterTokenizer(const SavedTokenizer& saved);

/// A token a word of the corpus' vocabulary, under the same id, for those that are frequent enough; then one
/// for all other words and one for the end of a sentence ("\n"), which stands between two sentences.
class WordTokenizer : public Tokenizer {
 public:
  /// Ids [0, words()) are those of the vocabulary.
  virtual std::size_t words() const = 0;
  virtual TokenId sentenceEnd() const = 0;
};
/// mostWords 0: no limit. Errors: no word is frequent enough.
Expected<std::shared_ptr<const WordTokenizer>> makeWordTokenizer(const Corpus& corpus,
                                                                 std::uint64_t minimumCount,
                                                                 std::size_t mostWords);
Expected<TokenizerPtr> loadWordTokenizer(const SavedTokenizer& saved);

Expected<TokenizerPtr> loadSubwordTokenizer(const SavedTokenizer& saved);
Expected<TokenizerPtr> loadPieceTokenizer(const SavedTokenizer& saved);
Expected<TokenizerPtr> loadByteTokenizer(const SavedTokenizer& saved);

/// Pieces of words by sentencepiece's unigram model: the cut of a word is the likeliest one. At most
/// `vocabulary` tokens, of which at most `mostCharacters` are single characters; the first one stands for all
/// others. The same text gives the same pieces. Errors: cancelled, nothing to learn from.
Expected<TokenizerPtr> trainSentencePieces(std::span<const std::string_view> texts, std::size_t vocabulary,
                                           std::size_t mostCharacters, const TaskContext& context = {});
Expected<TokenizerPtr> loadSentencePieceTokenizer(const SavedTokenizer& saved);

/// A whole corpus as one row of tokens, document after document; for a WordTokenizer made of this corpus
/// without cutting it again. Errors: cancelled.
Expected<std::vector<TokenId>> encodeCorpus(const Tokenizer& tokenizer, const Corpus& corpus,
                                            const TaskContext& context = {});

/// Texts as one row of tokens, one after the other. Errors: cancelled.
Expected<std::vector<TokenId>> encodeTexts(const Tokenizer& tokenizer,
                                           std::span<const std::string_view> texts,
                                           const TaskContext& context = {});

/// "a, b, c": bytes that saved tokenizers hold, parted by zero bytes.
std::string joinParts(std::span<const std::string> parts);
std::vector<std::string> splitParts(std::string_view joined);
/// Errors: there is no part of that name.
Expected<std::string> partOf(const SavedTokenizer& saved, const std::string& name);

}  // namespace lexarium

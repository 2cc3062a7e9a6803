// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of words as typed.
#include "core/analysis/word_expression.h"

#include <algorithm>
#include <optional>

#include "core/text/fold_word.h"

namespace lexarium {
namespace {

struct Sign {
  std::string_view text;
  char sign;
};

/// Signs that are never part of a word: the true minus, the en dash, and the wide forms.
constexpr Sign kOtherSigns[] = {
    {"\xE2\x88\x92", '-'}, {"\xE2\x80\x93", '-'}, {"\xEF\xBC\x8D", '-'}, {"\xEF\xBC\x8B", '+'}};
constexpr std::string_view kWideSpace = "\xE3\x80\x80", kWideComma = "\xEF\xBC\x8C",
                           kListComma = "\xE3\x80\x81";

bool isSign(char c) { return c == '+' || c == '-'; }
bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Pieces between white space.
std::vector<std::string_view> chunksOf(std::string_view text) {
  std::vector<std::string_view> chunks;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = begin;
    while (end < text.size() && !isSpace(text[end])) ++end;
    if (end > begin) chunks.push_back(text.substr(begin, end - begin));
  }
  return chunks;
}

/// The id, or why this word cannot be used.
Expected<TokenId> lookUp(std::string_view word, const Vocabulary& vocabulary, std::size_t words) {
  const std::string quoted = '"' + std::string(word) + '"';
  const auto id = findFolded(vocabulary, word);
  if (!id) return makeError(quoted + " does not occur in this text");
  if (*id < words) return *id;
  return makeError(quoted + " has no vector, because it is too rare (" +
                   std::to_string(vocabulary.count(*id)) + " times) or outside the maximum vocabulary");
}

/// Where the word at the beginning of a chunk ends. Signs inside belong to the longest word that the
/// vocabulary has.
std::size_t wordEnd(std::string_view chunk, const Vocabulary& vocabulary) {
  std::size_t first = chunk.size(), longest = 0;
  for (std::size_t end = 1; end <= chunk.size(); ++end) {
    if (end < chunk.size() && !isSign(chunk[end])) continue;
    if (first == chunk.size()) first = end;
    if (findFolded(vocabulary, chunk.substr(0, end))) longest = end;
  }
  return longest > 0 ? longest : first;
}

/// Reads sign, word, sign, word ... and remembers what came before, for the sentences.
class ExpressionReader {
 public:
  ExpressionReader(const Vocabulary& vocabulary, std::size_t words)
      : vocabulary_(vocabulary), words_(words) {}

  std::optional<Error> readChunk(std::string_view chunk) {
    while (!chunk.empty()) {
      // A chunk that begins with a sign may still be a word of the text ("-1"), but only after another sign.
      const bool whole = sign_ != 0 && findFolded(vocabulary_, chunk).has_value();
      if (isSign(chunk.front()) && !whole) {
        if (sign_ != 0 && !terms_.empty()) return missingWord();
        sign_ = chunk.front();
        chunk.remove_prefix(1);
        continue;
      }
      const std::size_t end = wordEnd(chunk, vocabulary_);
      if (auto wrong = readWord(chunk.substr(0, end))) return wrong;
      chunk.remove_prefix(end);
    }
    return std::nullopt;
  }

  Expected<std::vector<ExpressionTerm>> finish() {
    if (sign_ != 0) return tl::unexpected(missingWord());
    if (terms_.empty()) return makeError("Write words with + and - between them");
    return std::move(terms_);
  }

 private:
  Error missingWord() const { return {"A word is missing after " + std::string(1, sign_), {}, {}}; }

  std::optional<Error> readWord(std::string_view word) {
    const auto id = lookUp(word, vocabulary_, words_);
    if (!id) return id.error();
    if (sign_ == 0 && !terms_.empty()) {
      return Error{
          "There is no + or - between \"" + std::string(before_) + "\" and \"" + std::string(word) + '"',
          {},
          {}};
    }
    terms_.push_back({*id, sign_ == '-'});
    before_ = word;
    sign_ = 0;
    return std::nullopt;
  }

  const Vocabulary& vocabulary_;
  std::size_t words_;
  std::vector<ExpressionTerm> terms_;
  std::string_view before_;
  char sign_ = 0;  // read, but its word is not there yet
};

}  // namespace

Expected<std::vector<ExpressionTerm>> parseExpression(std::string_view text, const Vocabulary& vocabulary,
                                                      std::size_t words) {
  std::string plain(text);
  for (const Sign& other : kOtherSigns) {
    replaceAll(plain, other.text, std::string{' ', other.sign, ' '});
  }
  replaceAll(plain, kWideSpace, " ");
  ExpressionReader reader(vocabulary, words);
  for (const std::string_view chunk : chunksOf(plain)) {
    if (auto wrong = reader.readChunk(chunk)) return tl::unexpected(std::move(*wrong));
  }
  return reader.finish();
}

Expected<std::vector<TokenId>> parseWordList(std::string_view text, const Vocabulary& vocabulary,
                                             std::size_t words) {
  std::string plain(text);
  for (const std::string_view comma : {std::string_view(","), kWideComma, kListComma, kWideSpace}) {
    replaceAll(plain, comma, " ");
  }
  std::vector<TokenId> ids;
  for (const std::string_view chunk : chunksOf(plain)) {
    const auto id = lookUp(chunk, vocabulary, words);
    if (!id) return tl::unexpected(id.error());
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  }
  if (ids.empty()) return makeError("Write at least one word at each end");
  return ids;
}

}  // namespace lexarium

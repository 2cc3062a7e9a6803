// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/text/corpus.h"

namespace lexarium {

/// A text as a language model reads it: token after token, each with its place in the text.
struct TokenizedText {
  std::vector<TokenId> ids;
  std::vector<ByteRange>
      ranges;  ///< of each token in the text; characters that no token stands for lie between
};

/// What a tokenizer remembers between two parts of a long text; made by remember(), for one thread.
class TokenMemory {
 public:
  virtual ~TokenMemory() = default;
};

/// Cuts text into the tokens of a language model, and makes text of tokens again. Immutable; used by any
/// number of threads at once. Ids are [0, size()).
class Tokenizer {
 public:
  enum class Kind { Characters, Words, Subwords, Pieces, Bytes, SentencePieces };

  virtual ~Tokenizer() = default;

  virtual Kind kind() const = 0;
  virtual std::size_t size() const = 0;
  /// What the token stands for in a text: "th", "\n", "Romeo"; of a byte token the byte (which alone may be
  /// no UTF-8).
  virtual std::string_view text(TokenId id) const = 0;
  /// The token for what has none of its own; kNoToken: there is no such token, and encode() leaves it out.
  virtual TokenId unknown() const { return kNoToken; }
  /// Said before a text that begins; kNoToken if there is none.
  virtual TokenId beginning() const { return kNoToken; }
  virtual TokenizedText encode(std::string_view utf8) const = 0;
  /// The same ids alone, appended: for long texts, part by part, with one memory for all of them.
  virtual std::unique_ptr<TokenMemory> remember() const { return nullptr; }
  virtual void appendIds(std::string_view utf8, TokenMemory* memory, std::vector<TokenId>& ids) const;
  /// All tokens as one text. decode(encode(text)) is the text for characters and subwords that the model
  /// knows; words are parted by spaces.
  virtual std::string decode(std::span<const TokenId> ids) const = 0;
  /// Everything that loadTokenizer() needs, as a name and bytes each.
  virtual std::map<std::string, std::string> save() const = 0;

  /// The token for people, on one line: a space is shown as "\u2423", a line end as "\u21B5".
  std::string label(TokenId id) const;
};

/// What save() gave. Errors: something is missing or has no meaning.
Expected<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::map<std::string, std::string>& saved);

/// "characters", "words", "subwords", "pieces", "bytes", "sentencepiece"; the first three and the last are
/// values of the parameter "tokens".
const char* tokenizerName(Tokenizer::Kind kind);

}  // namespace lexarium

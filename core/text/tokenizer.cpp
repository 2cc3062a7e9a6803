// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tokenizer.h"

#include <cstdio>

#include "core/text/tokenizers.h"
#include "core/text/utf8.h"

namespace lexarium {

void Tokenizer::appendIds(std::string_view utf8, TokenMemory*, std::vector<TokenId>& ids) const {
  const TokenizedText text = encode(utf8);
  ids.insert(ids.end(), text.ids.begin(), text.ids.end());
}

std::string Tokenizer::label(TokenId id) const {
  const std::string_view bytes = text(id);
  if (bytes.empty()) return "\u2205";
  std::string label;
  for (std::size_t at = 0; at < bytes.size();) {
    const Utf8Unit unit = utf8UnitAt(bytes, at);
    if (!unit.valid) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "<%02X>", static_cast<unsigned>(static_cast<unsigned char>(bytes[at])));
      label += hex;
      ++at;
      continue;
    }
    if (unit.codePoint == U' ') {
      label += "\u2423";
    } else if (unit.codePoint == U'\n') {
      label += "\u21B5";
    } else if (unit.codePoint == U'\t') {
      label += "\u21E5";
    } else if (unit.codePoint < 0x20 || unit.codePoint == 0x7F) {
      label += "\u2400";
    } else {
      label += bytes.substr(at, unit.length);
    }
    at += unit.length;
  }
  return label;
}

const char* tokenizerName(Tokenizer::Kind kind) {
  switch (kind) {
    case Tokenizer::Kind::Characters:
      return "characters";
    case Tokenizer::Kind::Words:
      return "words";
    case Tokenizer::Kind::Subwords:
      return "subwords";
    case Tokenizer::Kind::Pieces:
      return "pieces";
    case Tokenizer::Kind::Bytes:
      return "bytes";
    case Tokenizer::Kind::SentencePieces:
      return "sentencepiece";
  }
  return "characters";
}

Expected<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::map<std::string, std::string>& saved) {
  const auto kind = saved.find("kind");
  if (kind == saved.end()) return makeError("The kind of its tokens is missing");
  if (kind->second == tokenizerName(Tokenizer::Kind::Characters)) return loadCharacterTokenizer(saved);
  if (kind->second == tokenizerName(Tokenizer::Kind::Words)) return loadWordTokenizer(saved);
  if (kind->second == tokenizerName(Tokenizer::Kind::Subwords)) return loadSubwordTokenizer(saved);
  if (kind->second == tokenizerName(Tokenizer::Kind::Pieces)) return loadPieceTokenizer(saved);
  if (kind->second == tokenizerName(Tokenizer::Kind::Bytes)) return loadByteTokenizer(saved);
  if (kind->second == tokenizerName(Tokenizer::Kind::SentencePieces))
    return loadSentencePieceTokenizer(saved);
  return makeError("There are no tokens of the kind \"" + kind->second + "\"");
}

}  // namespace lexarium

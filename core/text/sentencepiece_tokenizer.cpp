// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/sentencepiece_tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <unordered_map>

#include "core/text/utf8.h"
#include "core/text/word_table.h"

namespace lexarium {
namespace {

constexpr TokenId kUnknown = 0;
constexpr std::size_t kLongestUnit = 4000;  // bytes; texts without spaces are cut there
constexpr std::size_t kLongestKnown = 64;   // bytes of a unit that is remembered
constexpr std::size_t kMostKnown = 500'000;

std::string withSpaces(std::string_view piece) {
  std::string text;
  for (std::size_t at = 0; at < piece.size();) {
    const std::size_t space = piece.find(kPieceSpace, at);
    if (space == std::string_view::npos) return text += piece.substr(at);
    (text += piece.substr(at, space - at)) += ' ';
    at = space + kPieceSpace.size();
  }
  return text;
}

/// Which tokens a unit is, for units that come again and again.
struct KnownUnits final : TokenMemory {
  WordTable table;
  std::vector<TokenizedText> tokens;
};

class SentencePieceTokenizer final : public Tokenizer {
 public:
  SentencePieceTokenizer(const std::vector<SentencePiece>& pieces, std::vector<char32_t> foreign)
      : model_(writeSentencePieces(pieces)), foreign_(std::move(foreign)) {
    for (const SentencePiece& piece : pieces) texts_.push_back(withSpaces(piece.text));
    texts_[kUnknown] = kReplacementUtf8;
    for (const char32_t character : foreign_) {
      foreignIds_[character] = static_cast<TokenId>(texts_.size());
      appendUtf8(character, texts_.emplace_back());
    }
  }
  /// Errors: the library does not take the pieces.
  Expected<void> load() {
    const auto status = processor_.LoadFromSerializedProto(model_);
    if (!status.ok()) return makeError("sentencepiece does not take its pieces", "model");
    return {};
  }

  Kind kind() const override { return Kind::SentencePieces; }
  std::size_t size() const override { return texts_.size(); }
  std::string_view text(TokenId id) const override { return texts_[id]; }
  TokenId unknown() const override { return kUnknown; }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    KnownUnits known;
    forEachUnit(utf8, known, [&](const TokenizedText& unit, std::size_t at) {
      result.ids.insert(result.ids.end(), unit.ids.begin(), unit.ids.end());
      for (const ByteRange& range : unit.ranges) result.ranges.push_back({at + range.begin, at + range.end});
    });
    return result;
  }

  std::unique_ptr<TokenMemory> remember() const override { return std::make_unique<KnownUnits>(); }
  void appendIds(std::string_view utf8, TokenMemory* memory, std::vector<TokenId>& ids) const override {
    forEachUnit(utf8, static_cast<KnownUnits&>(*memory), [&](const TokenizedText& unit, std::size_t) {
      ids.insert(ids.end(), unit.ids.begin(), unit.ids.end());
    });
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    for (const TokenId id : ids) text += texts_[id];
    return text;
  }

  SavedTokenizer save() const override {
    std::string foreign;
    for (const char32_t character : foreign_) appendUtf8(character, foreign);
    return {{"kind", tokenizerName(kind())}, {"model", model_}, {"foreign", std::move(foreign)}};
  }

 private:
  template <class Use>
  void forEachUnit(std::string_view utf8, KnownUnits& known, Use use) const {
    for (std::size_t at = 0; at < utf8.size();) {
      const std::size_t end = pieceUnitEnd(utf8, at);
      const std::string_view unit = utf8.substr(at, end - at);
      if (unit.size() > kLongestKnown) {
        use(cut(unit), at);
      } else {
        if (known.table.size() == kMostKnown) known = {};
        const std::uint32_t number = known.table.numberOf(unit);
        if (number == known.tokens.size()) known.tokens.push_back(cut(unit));
        use(known.tokens[number], at);
      }
      at = end;
    }
  }

  TokenizedText cut(std::string_view unit) const {
    TokenizedText tokens;
    const auto add = [&](TokenId id, std::uint64_t begin, std::uint64_t end) {
      tokens.ids.push_back(id);
      tokens.ranges.push_back({begin, end});
    };
    if (const char32_t character = utf8UnitAt(unit, 0).codePoint; isForeignToPieces(character)) {
      // A carriage return before a line feed says no more than the line feed.
      if (unit == "\r\n") return add(foreignOr(U'\n'), 1, 2), tokens;
      return add(foreignOr(character), 0, unit.size()), tokens;
    }
    sentencepiece::ImmutableSentencePieceText pieces;
    if (!processor_.Encode(unit, pieces.mutable_proto()).ok()) return add(kUnknown, 0, unit.size()), tokens;
    for (const auto& piece : pieces.pieces()) add(piece.id(), piece.begin(), piece.end());
    return tokens;
  }

  TokenId foreignOr(char32_t character) const {
    const auto found = foreignIds_.find(character);
    return found == foreignIds_.end() ? kUnknown : found->second;
  }

  std::string model_;
  std::vector<char32_t> foreign_;
  std::vector<std::string> texts_;
  std::unordered_map<char32_t, TokenId> foreignIds_;
  sentencepiece::SentencePieceProcessor processor_;  // its const functions may be called by any thread
};

}  // namespace

bool isForeignToPieces(char32_t character) {
  constexpr char32_t kSpaceMark = 0x2581, kUnknownMark = 0x2585;
  return character < 0x20 || character == kSpaceMark || character == kUnknownMark;
}

std::size_t pieceUnitEnd(std::string_view utf8, std::size_t at) {
  const Utf8Unit first = utf8UnitAt(utf8, at);
  std::size_t end = at + first.length;
  if (isForeignToPieces(first.codePoint)) {
    return utf8[at] == '\r' && end < utf8.size() && utf8[end] == '\n' ? end + 1 : end;
  }
  while (end < utf8.size() && utf8[end] != ' ' && end - at < kLongestUnit) {
    const Utf8Unit unit = utf8UnitAt(utf8, end);
    if (isForeignToPieces(unit.codePoint)) break;
    end += unit.length;
  }
  return end;
}

Expected<TokenizerPtr> makeSentencePieceTokenizer(const std::vector<SentencePiece>& pieces,
                                                  std::vector<char32_t> foreign) {
  auto tokenizer = std::make_shared<SentencePieceTokenizer>(pieces, std::move(foreign));
  if (const auto loaded = tokenizer->load(); !loaded) return tl::unexpected<Error>(loaded.error());
  return tokenizer;
}

Expected<TokenizerPtr> loadSentencePieceTokenizer(const SavedTokenizer& saved) {
  const auto model = partOf(saved, "model"), all = partOf(saved, "foreign");
  if (!model) return tl::unexpected<Error>(model.error());
  if (!all) return tl::unexpected<Error>(all.error());
  std::vector<char32_t> foreign;
  for (std::size_t at = 0; at < all->size();) {
    const Utf8Unit unit = utf8UnitAt(*all, at);
    const bool rises = foreign.empty() || unit.codePoint > foreign.back();
    if (!unit.valid || !isForeignToPieces(unit.codePoint) || !rises) {
      return makeError("Its characters have no meaning", "foreign");
    }
    foreign.push_back(unit.codePoint);
    at += unit.length;
  }
  const auto pieces = readSentencePieces(*model);
  if (!pieces) return tl::unexpected<Error>(pieces.error());
  return makeSentencePieceTokenizer(*pieces, std::move(foreign));
}

}  // namespace lexarium

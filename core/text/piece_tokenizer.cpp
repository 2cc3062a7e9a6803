// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/piece_tokenizer.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr TokenId kUnknown = 0, kBeginning = 1, kFirstByte = 3;
constexpr std::size_t kBytes = 256;
constexpr std::size_t kLongestToken = 4096;

struct Piece {
  std::string text;
  float score = 0;
};

/// Byte-pair encoding by scores: of all neighbours that together are a token those of the highest score
/// become one, the leftmost of equal ones; again and again (as sentencepiece does for models of type BPE).
class PieceTokenizer final : public Tokenizer {
 public:
  explicit PieceTokenizer(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const auto id = static_cast<TokenId>(i);
      const bool isByte = id >= kFirstByte && id < kFirstByte + kBytes;
      texts_.push_back(isByte            ? std::string(1, static_cast<char>(id - kFirstByte))
                       : id < kFirstByte ? std::string()
                                         : pieces_[i].text);
      if (!isByte && id >= kFirstByte) ids_.emplace(pieces_[i].text, id);
    }
  }

  Kind kind() const override { return Kind::Pieces; }
  std::size_t size() const override { return pieces_.size(); }
  std::string_view text(TokenId id) const override { return texts_[id]; }
  TokenId unknown() const override { return kUnknown; }
  TokenId beginning() const override { return kBeginning; }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    for (std::size_t at = 0; at < utf8.size();) {
      // Texts are joined from words in no longer time than this: no piece crosses a line end.
      std::size_t end = utf8.find('\n', at);
      end = end == std::string_view::npos ? utf8.size() : end + 1;
      encodeLine(utf8, {at, end}, result);
      at = end;
    }
    return result;
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    for (const TokenId id : ids) text += texts_[id];
    if (text.starts_with(' ')) text.erase(0, 1);  // the one that encode() puts before a text
    return text;
  }

  SavedTokenizer save() const override {
    std::string bytes(sizeof(std::uint32_t), '\0');
    const auto append = [&](std::uint32_t number) {
      for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
    };
    for (const Piece& piece : pieces_) {
      append(std::bit_cast<std::uint32_t>(piece.score));
      append(static_cast<std::uint32_t>(piece.text.size()));
      bytes += piece.text;
    }
    return {{"kind", tokenizerName(kind())}, {"pieces", std::move(bytes)}};
  }

 private:
  void encodeLine(std::string_view text, ByteRange line, TokenizedText& result) const {
    std::vector<TokenId> ids;
    std::vector<ByteRange> ranges;
    const auto add = [&](TokenId id, std::uint64_t begin, std::uint64_t end) {
      ids.push_back(id);
      ranges.push_back({begin, end});
    };
    if (line.begin == 0) {
      if (const auto space = ids_.find(" "); space != ids_.end()) add(space->second, 0, 0);
    }
    for (std::uint64_t at = line.begin; at < line.end;) {
      const Utf8Unit unit = utf8UnitAt(text, at);
      const auto found = ids_.find(std::string(text.substr(at, unit.length)));
      if (found != ids_.end()) {
        add(found->second, at, at + unit.length);
      } else {
        for (std::size_t i = 0; i < unit.length; ++i) {
          add(kFirstByte + static_cast<unsigned char>(text[at + i]), at + i, at + i + 1);
        }
      }
      at += unit.length;
    }
    while (true) {
      float best = -std::numeric_limits<float>::infinity();
      std::size_t place = 0;
      TokenId id = kNoToken;
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        const auto found = ids_.find(pieces_[ids[i]].text + pieces_[ids[i + 1]].text);
        if (found == ids_.end() || pieces_[found->second].score <= best) continue;
        best = pieces_[found->second].score;
        id = found->second;
        place = i;
      }
      if (id == kNoToken) break;
      ids[place] = id;
      ranges[place].end = ranges[place + 1].end;
      const auto next = static_cast<std::ptrdiff_t>(place) + 1;
      ids.erase(ids.begin() + next);
      ranges.erase(ranges.begin() + next);
    }
    result.ids.insert(result.ids.end(), ids.begin(), ids.end());
    result.ranges.insert(result.ranges.end(), ranges.begin(), ranges.end());
  }

  std::vector<Piece> pieces_;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, TokenId> ids_;
};

}  // namespace

Expected<TokenizerPtr> readPieceTokenizer(std::span<const std::byte> bytes) {
  const auto ended = [] { return makeError("The file of tokens ends early", {}, "Choose a whole file"); };
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
    return value;
  };
  std::vector<Piece> pieces;
  std::size_t at = 4;
  while (at < bytes.size()) {
    if (bytes.size() - at < 8) return ended();
    Piece piece;
    piece.score = std::bit_cast<float>(number(at));
    const std::size_t length = number(at + 4);
    at += 8;
    if (length > kLongestToken || std::isnan(piece.score)) {
      return makeError("This is no file of tokens", {}, "Choose the tokenizer.bin that belongs to the model");
    }
    if (bytes.size() - at < length) return ended();
    piece.text.assign(reinterpret_cast<const char*>(bytes.data()) + at, length);
    at += length;
    pieces.push_back(std::move(piece));
  }
  if (pieces.size() < kFirstByte + kBytes) return ended();
  return std::make_shared<const PieceTokenizer>(std::move(pieces));
}

Expected<TokenizerPtr> loadPieceTokenizer(const SavedTokenizer& saved) {
  const auto bytes = partOf(saved, "pieces");
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return readPieceTokenizer(std::as_bytes(std::span(bytes->data(), bytes->size())));
}

}  // namespace lexarium

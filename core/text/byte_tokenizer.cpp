// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/byte_tokenizer.h"

#include <unicode/uchar.h>

#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostTokens = 1'000'000;
constexpr std::size_t kLongestPiece = 512;  // bytes: longer runs are cut, so that no text is slow

/// Bytes stand as the characters of the same number where these can be seen, the others as 256, 257 ...
std::array<char32_t, 256> shownBytes() {
  std::array<char32_t, 256> shown{};
  char32_t next = 256;
  for (char32_t byte = 0; byte < 256; ++byte) {
    const bool isSeen = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    shown[byte] = isSeen ? byte : next++;
  }
  return shown;
}

/// The bytes that a token stands for; nothing if it has a character that stands for none.
std::optional<std::string> bytesOf(std::string_view shownText) {
  static const auto bytes = [] {
    std::unordered_map<char32_t, char> map;
    const auto shown = shownBytes();
    for (std::size_t byte = 0; byte < shown.size(); ++byte) map[shown[byte]] = static_cast<char>(byte);
    return map;
  }();
  std::string text;
  for (std::size_t at = 0; at < shownText.size();) {
    const Utf8Unit unit = utf8UnitAt(shownText, at);
    const auto found = bytes.find(unit.codePoint);
    if (!unit.valid || found == bytes.end()) return std::nullopt;
    text += found->second;
    at += unit.length;
  }
  return text;
}

bool isLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }
bool isNumber(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_N_MASK) != 0; }
bool isSpace(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

/// GPT-2's pattern: 's|'t|'re|'ve|'m|'ll|'d| ?letters| ?numbers| ?others|spaces but the last before a
/// word|spaces
std::size_t pieceEnd(std::string_view text, std::size_t at) {
  for (const std::string_view ending : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}) {
    if (text.substr(at).starts_with(ending)) return at + ending.size();
  }
  const std::size_t limit = std::min(text.size(), at + kLongestPiece);
  const auto run = [&](std::size_t from, const auto& belongs) {
    while (from < limit) {
      const Utf8Unit unit = utf8UnitAt(text, from);
      if (!belongs(unit.codePoint)) break;
      from += unit.length;
    }
    return from;
  };
  const std::size_t word = text[at] == ' ' && at + 1 < text.size() ? at + 1 : at;
  const char32_t first = utf8UnitAt(text, word).codePoint;
  if (isLetter(first)) return run(word, isLetter);
  if (isNumber(first)) return run(word, isNumber);
  if (!isSpace(first)) {
    return run(word, [](char32_t c) { return !isLetter(c) && !isNumber(c) && !isSpace(c); });
  }
  std::size_t end = at, last = at;
  while (end < limit) {
    const Utf8Unit unit = utf8UnitAt(text, end);
    if (!isSpace(unit.codePoint)) break;
    last = end;
    end += unit.length;
  }
  return end < text.size() && last > at ? last : end;
}

struct ByteMerge {
  std::uint32_t rank;
  TokenId id;
};

class ByteTokenizer final : public Tokenizer {
 public:
  ByteTokenizer(std::vector<std::string> texts, std::string encoder, std::string mergeLines)
      : texts_(std::move(texts)), encoder_(std::move(encoder)), mergeLines_(std::move(mergeLines)) {}

  /// False: the merges are not those of the tokens.
  bool prepare() {
    std::unordered_map<std::string, TokenId> ids;
    for (std::size_t i = 0; i < texts_.size(); ++i) ids.emplace(texts_[i], static_cast<TokenId>(i));
    for (std::size_t byte = 0; byte < bytes_.size(); ++byte) {
      const auto found = ids.find(std::string(1, static_cast<char>(byte)));
      if (found == ids.end()) return false;
      bytes_[byte] = found->second;
    }
    std::uint32_t rank = 0;
    std::string_view left = mergeLines_;
    while (!left.empty()) {
      const std::string_view line = left.substr(0, left.find('\n'));
      left.remove_prefix(std::min(left.size(), line.size() + 1));
      const std::size_t space = line.find(' ');
      if (line.starts_with("#version") || line.empty()) continue;
      if (space == std::string_view::npos) return false;
      std::string_view second = line.substr(space + 1);
      if (second.ends_with('\r')) second.remove_suffix(1);
      const auto a = bytesOf(line.substr(0, space)), b = bytesOf(second);
      if (!a || !b) return false;
      const auto leftId = ids.find(*a), rightId = ids.find(*b), whole = ids.find(*a + *b);
      if (leftId == ids.end() || rightId == ids.end() || whole == ids.end()) return false;
      merges_.emplace(keyOf(leftId->second, rightId->second), ByteMerge{rank++, whole->second});
    }
    if (!allAreMade()) return false;
    const auto end = ids.find(kEndOfText);
    if (end != ids.end()) beginning_ = end->second;
    return true;
  }

  Kind kind() const override { return Kind::Bytes; }
  std::size_t size() const override { return texts_.size(); }
  std::string_view text(TokenId id) const override {
    return id == beginning_ ? std::string_view() : std::string_view(texts_[id]);
  }
  TokenId beginning() const override { return beginning_; }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    for (std::size_t at = 0; at < utf8.size();) {
      const std::size_t end = pieceEnd(utf8, at);
      encodePiece(utf8, {at, end}, result);
      at = end;
    }
    return result;
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string all;
    for (const TokenId id : ids) all += text(id);
    return all;
  }

  SavedTokenizer save() const override {
    return {{"kind", tokenizerName(kind())}, {"encoder", encoder_}, {"merges", mergeLines_}};
  }

  static constexpr const char* kEndOfText = "<|endoftext|>";

 private:
  static std::uint64_t keyOf(TokenId left, TokenId right) { return std::uint64_t{left} << 32 | right; }

  /// Of a file of merges that was cut, tokens at its end would never be used: texts would be read otherwise
  /// than the model learned to. Tokens like <|endoftext|> stand for no text.
  bool allAreMade() const {
    std::vector<bool> made(texts_.size());
    for (const auto& [pair, merge] : merges_) made[merge.id] = true;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const std::string& text = texts_[i];
      const bool isMark = text.starts_with('<') && text.ends_with('>');
      if (text.size() > 1 && !isMark && !made[i]) return false;
    }
    return true;
  }

  void encodePiece(std::string_view text, ByteRange piece, TokenizedText& result) const {
    std::vector<TokenId> ids;
    std::vector<ByteRange> ranges;
    for (std::uint64_t i = piece.begin; i < piece.end; ++i) {
      ids.push_back(bytes_[static_cast<unsigned char>(text[i])]);
      ranges.push_back({i, i + 1});
    }
    while (true) {
      const ByteMerge* best = nullptr;
      std::size_t place = 0;
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        const auto found = merges_.find(keyOf(ids[i], ids[i + 1]));
        if (found == merges_.end() || (best && found->second.rank >= best->rank)) continue;
        best = &found->second;
        place = i;
      }
      if (!best) break;
      const auto next = static_cast<std::ptrdiff_t>(place) + 1;
      ids[place] = best->id;
      ranges[place].end = ranges[place + 1].end;
      ids.erase(ids.begin() + next);
      ranges.erase(ranges.begin() + next);
    }
    result.ids.insert(result.ids.end(), ids.begin(), ids.end());
    result.ranges.insert(result.ranges.end(), ranges.begin(), ranges.end());
  }

  std::vector<std::string> texts_;
  std::string encoder_, mergeLines_;
  std::array<TokenId, 256> bytes_{};
  std::unordered_map<std::uint64_t, ByteMerge> merges_;
  TokenId beginning_ = kNoToken;
};

}  // namespace

Expected<TokenizerPtr> readByteTokenizer(const std::string& encoder, const std::string& merges) {
  const auto isNone = [] {
    return makeError("These are no tokens of GPT-2", {},
                     "Choose encoder.json and vocab.bpe that belong to the model");
  };
  const auto json = nlohmann::json::parse(encoder, nullptr, false);
  if (!json.is_object() || json.empty() || json.size() > kMostTokens) return isNone();
  std::vector<std::string> texts(json.size());
  std::vector<bool> isThere(json.size());
  for (const auto& [shown, id] : json.items()) {
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= texts.size()) return isNone();
    const auto number = id.get<std::size_t>();
    const auto bytes = shown == ByteTokenizer::kEndOfText ? shown : bytesOf(shown);
    if (!bytes || isThere[number]) return isNone();
    isThere[number] = true;
    texts[number] = *bytes;
  }
  auto tokenizer = std::make_shared<ByteTokenizer>(std::move(texts), encoder, merges);
  if (!tokenizer->prepare()) return isNone();
  return tokenizer;
}

Expected<TokenizerPtr> loadByteTokenizer(const SavedTokenizer& saved) {
  const auto encoder = partOf(saved, "encoder"), merges = partOf(saved, "merges");
  if (!encoder) return tl::unexpected<Error>(encoder.error());
  if (!merges) return tl::unexpected<Error>(merges.error());
  return readByteTokenizer(*encoder, *merges);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/text/tokenizers.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

/// A carriage return before a line feed says no more than the line feed.
bool beginsLineEnd(std::string_view text, std::size_t at) {
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
}

class CharacterTokenizer final : public Tokenizer {
 public:
  CharacterTokenizer(std::vector<char32_t> characters, bool withUnknown)
      : characters_(std::move(characters)) {
    ascii_.fill(kNoToken);
    for (const char32_t character : characters_) {
      const auto id = static_cast<TokenId>(texts_.size());
      appendUtf8(character, texts_.emplace_back());
      if (character < 0x80) {
        ascii_[character] = id;
      } else {
        others_[character] = id;
      }
    }
    if (!withUnknown) return;
    unknown_ = static_cast<TokenId>(texts_.size());
    texts_.emplace_back(kReplacementUtf8);
  }

  Kind kind() const override { return Kind::Characters; }
  std::size_t size() const override { return texts_.size(); }
  std::string_view text(TokenId id) const override { return texts_[id]; }
  TokenId unknown() const override { return unknown_; }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    result.ids.reserve(utf8.size());
    result.ranges.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
      const Utf8Unit unit = utf8UnitAt(utf8, at);
      const bool isToken = !beginsLineEnd(utf8, at);
      if (const TokenId id = idOf(unit.codePoint); isToken && id != kNoToken) {
        result.ids.push_back(id);
        result.ranges.push_back({at, at + unit.length});
      }
      at += unit.length;
    }
    return result;
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    for (const TokenId id : ids) text += texts_[id];
    return text;
  }

  SavedTokenizer save() const override {
    std::string all;
    for (const char32_t character : characters_) appendUtf8(character, all);
    return {{"kind", tokenizerName(kind())},
            {"characters", std::move(all)},
            {"unknown", unknown_ == kNoToken ? "no" : "yes"}};
  }

 private:
  TokenId idOf(char32_t character) const {
    if (character < 0x80) return ascii_[character] == kNoToken ? unknown_ : ascii_[character];
    const auto found = others_.find(character);
    return found == others_.end() ? unknown_ : found->second;
  }

  std::vector<char32_t> characters_;
  std::vector<std::string> texts_;
  std::array<TokenId, 0x80> ascii_{};
  std::unordered_map<char32_t, TokenId> others_;
  TokenId unknown_ = kNoToken;
};

}  // namespace

void CharacterCounter::add(std::string_view text, std::uint64_t times) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      if (!beginsLineEnd(text, at)) ascii_[byte] += times;
      ++at;
      continue;
    }
    const Utf8Unit unit = utf8UnitAt(text, at);
    others_[unit.codePoint] += times;
    at += unit.length;
  }
}

CharacterCounts CharacterCounter::most(std::size_t most) const {
  std::vector<std::pair<std::uint64_t, char32_t>> order;
  for (char32_t c = 0; c < 0x80; ++c) {
    if (ascii_[c] > 0) order.emplace_back(ascii_[c], c);
  }
  for (const auto& [character, count] : others_) order.emplace_back(count, character);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  CharacterCounts result;
  for (const auto& [count, character] : order) result.inAll += count;
  result.someLeftOut = order.size() > most;
  if (result.someLeftOut) order.resize(most);
  for (const auto& [count, character] : order) result.characters.push_back(character);
  std::sort(result.characters.begin(), result.characters.end());
  return result;
}

CharacterCounts countCharacters(std::span<const std::string_view> texts, std::size_t most) {
  CharacterCounter counter;
  for (const std::string_view text : texts) counter.add(text, 1);
  return counter.most(most);
}

Expected<TokenizerPtr> makeCharacterTokenizer(std::span<const std::string_view> texts, std::size_t most) {
  CharacterCounts counts = countCharacters(texts, most);
  if (counts.characters.empty()) {
    return makeError("There is no character in the text", {}, "Choose a text with words in it");
  }
  return std::make_shared<const CharacterTokenizer>(std::move(counts.characters), counts.someLeftOut);
}

Expected<TokenizerPtr> loadCharacterTokenizer(const SavedTokenizer& saved) {
  const auto all = partOf(saved, "characters"), unknown = partOf(saved, "unknown");
  if (!all) return tl::unexpected<Error>(all.error());
  if (!unknown) return tl::unexpected<Error>(unknown.error());
  std::vector<char32_t> characters;
  for (std::size_t at = 0; at < all->size();) {
    const Utf8Unit unit = utf8UnitAt(*all, at);
    if (!unit.valid || (!characters.empty() && unit.codePoint <= characters.back())) {
      return makeError("Its characters have no meaning", "characters");
    }
    characters.push_back(unit.codePoint);
    at += unit.length;
  }
  if (characters.empty()) return makeError("It has no characters", "characters");
  return std::make_shared<const CharacterTokenizer>(std::move(characters), *unknown == "yes");
}

}  // namespace lexarium

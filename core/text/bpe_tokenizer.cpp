// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_tokenizer.h"

#include <charconv>
#include <limits>

#include "core/text/utf8.h"
#include "core/text/word_table.h"

namespace lexarium {
namespace {

/// Most pieces stand in a text again and again: which tokens they are.
struct KnownPieces final : TokenMemory {
  WordTable table;
  std::vector<std::size_t> ends{0};  // tokens of piece n: [ends[n], ends[n + 1])
  std::vector<TokenId> ids;
};
constexpr std::size_t kMostKnown = 1'000'000;

class SubwordTokenizer final : public Tokenizer {
 public:
  SubwordTokenizer(std::vector<char32_t> characters, bool withUnknown, std::vector<BpeMerge> merges)
      : characters_(std::move(characters)), merges_(std::move(merges)) {
    for (const char32_t character : characters_) {
      ids_[character] = static_cast<TokenId>(texts_.size());
      appendUtf8(character, texts_.emplace_back());
    }
    for (const BpeMerge& merge : merges_) {
      ranks_.emplace(keyOf(merge.left, merge.right), static_cast<TokenId>(texts_.size()));
      texts_.push_back(texts_[merge.left] + texts_[merge.right]);
    }
    if (!withUnknown) return;
    unknown_ = static_cast<TokenId>(texts_.size());
    texts_.emplace_back(kReplacementUtf8);
  }

  Kind kind() const override { return Kind::Subwords; }
  std::size_t size() const override { return texts_.size(); }
  std::string_view text(TokenId id) const override { return texts_[id]; }
  TokenId unknown() const override { return unknown_; }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    std::unordered_map<std::string_view, Pieces> known;
    for (std::size_t at = 0; at < utf8.size();) {
      const std::size_t end = bpePieceEnd(utf8, at);
      const auto [entry, isNew] = known.try_emplace(utf8.substr(at, end - at));
      if (isNew) entry->second = cut(entry->first);
      for (const auto& [id, range] : entry->second) {
        result.ids.push_back(id);
        result.ranges.push_back({at + range.begin, at + range.end});
      }
      at = end;
    }
    return result;
  }

  std::unique_ptr<TokenMemory> remember() const override { return std::make_unique<KnownPieces>(); }

  void appendIds(std::string_view utf8, TokenMemory* memory, std::vector<TokenId>& ids) const override {
    auto& known = static_cast<KnownPieces&>(*memory);
    for (std::size_t at = 0; at < utf8.size();) {
      const std::size_t end = bpePieceEnd(utf8, at);
      const std::string_view piece = utf8.substr(at, end - at);
      if (known.table.size() == kMostKnown) known = {};
      const std::uint32_t number = known.table.numberOf(piece);
      if (number + 1 == known.ends.size()) {
        for (const Part& part : cut(piece)) known.ids.push_back(part.id);
        known.ends.push_back(known.ids.size());
      }
      for (std::size_t i = known.ends[number]; i < known.ends[number + 1]; ++i) ids.push_back(known.ids[i]);
      at = end;
    }
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    for (const TokenId id : ids) text += texts_[id];
    return text;
  }

  SavedTokenizer save() const override {
    std::string all, merges;
    for (const char32_t character : characters_) appendUtf8(character, all);
    for (const BpeMerge& merge : merges_) {
      merges += std::to_string(merge.left) + ' ' + std::to_string(merge.right) + '\n';
    }
    return {{"kind", tokenizerName(kind())},
            {"characters", std::move(all)},
            {"merges", std::move(merges)},
            {"unknown", unknown_ == kNoToken ? "no" : "yes"}};
  }

 private:
  struct Part {
    TokenId id;
    ByteRange range;
  };
  using Pieces = std::vector<Part>;

  static std::uint64_t keyOf(TokenId left, TokenId right) { return std::uint64_t{left} << 32 | right; }

  Pieces cut(std::string_view piece) const {
    Pieces parts;
    for (std::size_t at = 0; at < piece.size();) {
      const Utf8Unit unit = utf8UnitAt(piece, at);
      const auto found = ids_.find(unit.codePoint);
      const TokenId id = found == ids_.end() ? unknown_ : found->second;
      if (id != kNoToken) parts.push_back({id, {at, at + unit.length}});
      at += unit.length;
    }
    // The earliest merge first, as it was learned; everywhere in the piece.
    while (true) {
      TokenId best = kNoToken;
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i].range.end != parts[i + 1].range.begin) continue;
        const auto found = ranks_.find(keyOf(parts[i].id, parts[i + 1].id));
        if (found != ranks_.end()) best = std::min(best, found->second);
      }
      if (best == kNoToken) return parts;
      const BpeMerge merge = merges_[best - characters_.size()];
      std::size_t length = 0;
      for (std::size_t i = 0; i < parts.size(); ++i, ++length) {
        parts[length] = parts[i];
        if (i + 1 == parts.size() || parts[i].id != merge.left || parts[i + 1].id != merge.right ||
            parts[i].range.end != parts[i + 1].range.begin) {
          continue;
        }
        parts[length] = {best, {parts[i].range.begin, parts[i + 1].range.end}};
        ++i;
      }
      parts.resize(length);
    }
  }

  std::vector<char32_t> characters_;
  std::vector<BpeMerge> merges_;
  std::vector<std::string> texts_;
  std::unordered_map<char32_t, TokenId> ids_;
  std::unordered_map<std::uint64_t, TokenId> ranks_;  // pair to the token that it becomes
  TokenId unknown_ = kNoToken;
};

std::optional<std::vector<BpeMerge>> mergesIn(std::string_view text, std::size_t characters) {
  std::vector<BpeMerge> merges;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    BpeMerge merge;
    const auto left = std::from_chars(at, end, merge.left);
    if (left.ec != std::errc{} || left.ptr == end || *left.ptr != ' ') return std::nullopt;
    const auto right = std::from_chars(left.ptr + 1, end, merge.right);
    if (right.ec != std::errc{} || right.ptr == end || *right.ptr != '\n') return std::nullopt;
    const std::size_t known = characters + merges.size();
    if (merge.left >= known || merge.right >= known) return std::nullopt;
    merges.push_back(merge);
    at = right.ptr + 1;
  }
  return merges;
}

}  // namespace

std::shared_ptr<const Tokenizer> makeSubwordTokenizer(std::vector<char32_t> characters, bool withUnknown,
                                                      std::vector<BpeMerge> merges) {
  return std::make_shared<const SubwordTokenizer>(std::move(characters), withUnknown, std::move(merges));
}

Expected<TokenizerPtr> loadSubwordTokenizer(const SavedTokenizer& saved) {
  const auto base = loadCharacterTokenizer(saved);  // the same parts, checked there
  if (!base) return tl::unexpected<Error>(base.error());
  const auto text = partOf(saved, "merges");
  if (!text) return tl::unexpected<Error>(text.error());
  const bool withUnknown = (*base)->unknown() != kNoToken;
  std::vector<char32_t> characters;
  for (std::size_t i = 0; i + (withUnknown ? 1 : 0) < (*base)->size(); ++i) {
    characters.push_back(utf8UnitAt((*base)->text(static_cast<TokenId>(i)), 0).codePoint);
  }
  auto merges = mergesIn(*text, characters.size());
  if (!merges) return makeError("Its merges have no meaning", "merges");
  return makeSubwordTokenizer(std::move(characters), withUnknown, std::move(*merges));
}

}  // namespace lexarium

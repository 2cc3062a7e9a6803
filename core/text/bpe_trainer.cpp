// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "core/text/bpe.h"
#include "core/text/bpe_tokenizer.h"
#include "core/text/utf8.h"
#include "core/text/word_table.h"

namespace lexarium {
namespace {

constexpr std::size_t kReportBytes = std::size_t{1} << 22;
constexpr TokenId kGap = std::numeric_limits<TokenId>::max();  // a character without a token of its own

}  // namespace

Expected<BpeTrainer> BpeTrainer::create(std::span<const std::string_view> texts, std::size_t mostCharacters,
                                        const TaskContext& context) {
  BpeTrainer trainer;
  CharacterCounts counts = countCharacters(texts, mostCharacters);
  if (counts.characters.empty()) {
    return makeError("There is no character in the text", {}, "Choose a text with words in it");
  }
  trainer.characters_ = std::move(counts.characters);
  trainer.withUnknown_ = counts.someLeftOut;
  std::unordered_map<char32_t, TokenId> ids;
  for (const char32_t character : trainer.characters_) {
    ids[character] = static_cast<TokenId>(trainer.texts_.size());
    appendUtf8(character, trainer.texts_.emplace_back());
  }
  WordTable table;
  std::vector<std::uint64_t> pieceCounts;
  std::size_t reported = 0, done = 0;
  for (const std::string_view text : texts) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = bpePieceEnd(text, at);
      const std::uint32_t number = table.numberOf(text.substr(at, end - at));
      if (number == pieceCounts.size()) pieceCounts.push_back(0);
      ++pieceCounts[number];
      done += end - at;
      at = end;
      if (done - reported < kReportBytes) continue;
      reported = done;
      context.report(-1, "Counting pieces of text");
      if (context.stopRequested()) return cancelled();
    }
  }
  trainer.pieces_.resize(pieceCounts.size());
  for (std::uint32_t i = 0; i < pieceCounts.size(); ++i) {
    Piece& piece = trainer.pieces_[i];
    piece.count = pieceCounts[i];
    const std::string_view word = table.word(i);
    for (std::size_t at = 0; at < word.size();) {
      const Utf8Unit unit = utf8UnitAt(word, at);
      const auto found = ids.find(unit.codePoint);
      piece.tokens.push_back(found == ids.end() ? kGap : found->second);
      at += unit.length;
    }
    trainer.textTokens_ += piece.count * piece.tokens.size();
  }
  trainer.countPairs();
  return trainer;
}

void BpeTrainer::countPairs() {
  for (std::uint32_t p = 0; p < pieces_.size(); ++p) {
    const auto& tokens = pieces_[p].tokens;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) change(tokens[i], tokens[i + 1], p, true);
  }
  changed_.clear();
  for (const auto& [key, pair] : pairs_) candidates_.push({pair.count, key});
}

void BpeTrainer::change(TokenId left, TokenId right, std::uint32_t piece, bool more) {
  if (left == kGap || right == kGap) return;
  Pair& pair = pairs_[keyOf(left, right)];
  if (more) {
    pair.count += pieces_[piece].count;
    if (pair.pieces.empty() || pair.pieces.back() != piece) pair.pieces.push_back(piece);
    changed_.push_back(keyOf(left, right));
  } else {
    pair.count -= pieces_[piece].count;
  }
}

std::optional<BpeTrainer::Step> BpeTrainer::step() {
  while (!candidates_.empty()) {
    const Candidate best = candidates_.top();
    candidates_.pop();
    const auto found = pairs_.find(best.key);
    if (found == pairs_.end()) continue;
    if (found->second.count != best.count) {  // it has become rarer since
      if (found->second.count > 1) candidates_.push({found->second.count, best.key});
      continue;
    }
    if (best.count < 2) return std::nullopt;
    const BpeMerge merge{static_cast<TokenId>(best.key >> 32), static_cast<TokenId>(best.key)};
    const auto id = static_cast<TokenId>(texts_.size());
    texts_.push_back(texts_[merge.left] + texts_[merge.right]);
    merges_.push_back(merge);
    const std::vector<std::uint32_t> pieces = std::move(found->second.pieces);
    pairs_.erase(found);
    changed_.clear();
    for (const std::uint32_t piece : pieces) mergeIn(piece, merge, id);
    std::sort(changed_.begin(), changed_.end());
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    for (const std::uint64_t key : changed_) candidates_.push({pairs_[key].count, key});
    pairs_.erase(best.key);
    return Step{merge, id, best.count};
  }
  return std::nullopt;
}

void BpeTrainer::mergeIn(std::uint32_t number, BpeMerge merge, TokenId id) {
  auto& tokens = pieces_[number].tokens;
  // All pairs of the piece are taken out and counted anew: pieces are short, and aaa has no trap then.
  bool isThere = false;
  for (std::size_t i = 0; i + 1 < tokens.size() && !isThere; ++i) {
    isThere = tokens[i] == merge.left && tokens[i + 1] == merge.right;
  }
  if (!isThere) return;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i] == merge.left && tokens[i + 1] == merge.right) continue;  // this pair is gone for good
    change(tokens[i], tokens[i + 1], number, false);
  }
  const std::vector<TokenId> before = tokens;
  std::size_t length = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool both = i + 1 < before.size() && before[i] == merge.left && before[i + 1] == merge.right;
    tokens[length++] = both ? id : before[i];
    if (both) ++i;
  }
  textTokens_ -= (before.size() - length) * pieces_[number].count;
  tokens.resize(length);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i] == merge.left && tokens[i + 1] == merge.right) continue;
    change(tokens[i], tokens[i + 1], number, true);
  }
}

std::shared_ptr<const Tokenizer> BpeTrainer::tokenizer() const {
  return makeSubwordTokenizer(characters_, withUnknown_, merges_);
}

Expected<TokenizerPtr> trainBpe(std::span<const std::string_view> texts, std::size_t vocabulary,
                                std::size_t mostCharacters, const TaskContext& context) {
  auto trainer = BpeTrainer::create(texts, mostCharacters, context);
  if (!trainer) return tl::unexpected<Error>(trainer.error());
  const std::size_t first = trainer->tokens();
  while (trainer->tokens() < vocabulary) {
    const std::size_t done = trainer->tokens() - first;
    if (done % 64 == 0) {
      context.report(static_cast<double>(done) / static_cast<double>(vocabulary - first),
                     "Learning subwords");
      if (context.stopRequested()) return cancelled();
    }
    if (!trainer->step()) break;
  }
  return trainer->tokenizer();
}

}  // namespace lexarium

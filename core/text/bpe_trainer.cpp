// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <unordered_map>

#include "core/text/bpe.h"
#include "core/text/bpe_tokenizer.h"
#include "core/text/utf8.h"
#include "core/text/word_table.h"

namespace lexarium {
namespace {

constexpr std::size_t kReportBytes = std::size_t{1} << 22;
constexpr std::size_t kFirstSlots = 1 << 12;
constexpr TokenId kGap = std::numeric_limits<TokenId>::max();  // a character without a token of its own

/// Different pieces of the texts, and how often each stands there.
struct PieceCounts {
  WordTable table;
  std::vector<std::uint64_t> counts;
};

Expected<PieceCounts> countPieces(std::span<const std::string_view> texts, const TaskContext& context) {
  PieceCounts pieces;
  double whole = 0, done = 0;
  for (const std::string_view text : texts) whole += static_cast<double>(text.size());
  for (const std::string_view text : texts) {
    std::size_t reported = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = bpePieceEnd(text, at);
      const std::uint32_t number = pieces.table.numberOf(text.substr(at, end - at));
      if (number == pieces.counts.size()) pieces.counts.push_back(0);
      ++pieces.counts[number];
      at = end;
      if (at - reported < kReportBytes) continue;
      reported = at;
      context.report((done + static_cast<double>(at)) / whole, "Counting pieces of text");
      if (context.stopRequested()) return cancelled();
    }
    done += static_cast<double>(text.size());
  }
  if (context.stopRequested()) return cancelled();
  return pieces;
}

}  // namespace

Expected<BpeTrainer> BpeTrainer::create(std::span<const std::string_view> texts, std::size_t mostCharacters,
                                        const TaskContext& context) {
  auto found = countPieces(texts, context);
  if (!found) return tl::unexpected<Error>(found.error());
  const WordTable& table = found->table;
  CharacterCounter counter;  // of each different piece once: far less than the text
  for (std::uint32_t i = 0; i < found->counts.size(); ++i) counter.add(table.word(i), found->counts[i]);
  CharacterCounts counts = counter.most(mostCharacters);
  if (counts.characters.empty()) {
    return makeError("There is no character in the text", {}, "Choose a text with words in it");
  }
  BpeTrainer trainer;
  trainer.characters_ = std::move(counts.characters);
  trainer.withUnknown_ = counts.someLeftOut;
  std::unordered_map<char32_t, TokenId> ids;
  for (const char32_t character : trainer.characters_) {
    ids[character] = static_cast<TokenId>(trainer.texts_.size());
    appendUtf8(character, trainer.texts_.emplace_back());
  }
  for (std::uint32_t i = 0; i < found->counts.size(); ++i) {
    Piece piece{trainer.pieceTokens_.size(), 0, found->counts[i]};
    const std::string_view word = table.word(i);
    for (std::size_t at = 0; at < word.size(); ++piece.length) {
      const Utf8Unit unit = utf8UnitAt(word, at);
      const auto id = ids.find(unit.codePoint);
      trainer.pieceTokens_.push_back(id == ids.end() ? kGap : id->second);
      at += unit.length;
    }
    trainer.pieces_.push_back(piece);
    trainer.textTokens_ += piece.count * piece.length;
    for (std::size_t t = piece.begin; t + 1 < trainer.pieceTokens_.size(); ++t) {
      trainer.count(trainer.pieceTokens_[t], trainer.pieceTokens_[t + 1], i);
    }
  }
  trainer.textCharacters_ = trainer.textTokens_;
  trainer.addCandidates(0);
  return trainer;
}

std::size_t BpeTrainer::PairNumbers::slotOf(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (slots_[at].used && slots_[at].key != key) at = (at + 1) & mask;
  return at;
}

std::uint32_t BpeTrainer::PairNumbers::numberOf(std::uint64_t key, std::uint32_t next) {
  if (size_ * 2 >= slots_.size()) {
    std::vector<Slot> old(std::max(kFirstSlots, slots_.size() * 2));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.used) slots_[slotOf(slot.key)] = slot;
    }
  }
  Slot& slot = slots_[slotOf(key)];
  if (!slot.used) {
    slot = {key, next, true};
    ++size_;
  }
  return slot.number;
}

BpeTrainer::Pair& BpeTrainer::pairOf(TokenId left, TokenId right) {
  const std::uint64_t key = keyOf(left, right);
  const std::uint32_t number = pairNumbers_.numberOf(key, static_cast<std::uint32_t>(pairs_.size()));
  if (number == pairs_.size()) pairs_.push_back({key, 0, {}});
  return pairs_[number];
}

void BpeTrainer::count(TokenId left, TokenId right, std::uint32_t piece) {
  if (left == kGap || right == kGap) return;
  Pair& pair = pairOf(left, right);
  pair.count += pieces_[piece].count;
  if (pair.pieces.empty() || pair.pieces.back() != piece) pair.pieces.push_back(piece);
}

void BpeTrainer::addCandidates(std::size_t firstPair) {
  for (std::size_t i = firstPair; i < pairs_.size(); ++i) {
    if (pairs_[i].count > 1) {
      candidates_.push({pairs_[i].count, pairs_[i].key, static_cast<std::uint32_t>(i)});
    }
  }
}

std::optional<BpeTrainer::Candidate> BpeTrainer::takeBest() {
  while (!candidates_.empty()) {
    Candidate best = candidates_.top();
    candidates_.pop();
    const std::uint64_t count = pairs_[best.pair].count;
    if (count == best.count) return best;
    best.count = count;  // it has become rarer since
    if (count > 1) candidates_.push(best);
  }
  return std::nullopt;
}

std::vector<BpeTrainer::Step> BpeTrainer::candidates(std::size_t most) {
  std::vector<Candidate> taken;
  while (taken.size() < most) {
    const auto best = takeBest();
    if (!best) break;
    taken.push_back(*best);
  }
  std::vector<Step> steps;
  for (const Candidate& candidate : taken) {
    steps.push_back({mergeOf(candidate.key), static_cast<TokenId>(texts_.size()), candidate.count});
    candidates_.push(candidate);
  }
  return steps;
}

std::optional<BpeTrainer::Step> BpeTrainer::step() {
  const auto best = takeBest();
  if (!best) return std::nullopt;
  const BpeMerge merge = mergeOf(best->key);
  const auto id = static_cast<TokenId>(texts_.size());
  texts_.push_back(texts_[merge.left] + texts_[merge.right]);
  merges_.push_back(merge);
  const std::vector<std::uint32_t> pieces = std::move(pairs_[best->pair].pieces);
  const std::size_t known = pairs_.size();
  for (const std::uint32_t piece : pieces) mergeIn(piece, merge, id);
  pairs_[best->pair].count = 0;
  addCandidates(known);  // all of them have the new token in them
  return Step{merge, id, best->count};
}

/// The pair becomes the token wherever it stands in the piece, from left to right. Only pairs with a token
/// that goes, or with the new one, are counted anew.
void BpeTrainer::mergeIn(std::uint32_t number, BpeMerge merge, TokenId id) {
  Piece& piece = pieces_[number];
  TokenId* const tokens = pieceTokens_.data() + piece.begin;
  const auto isPair = [&](std::size_t i, std::size_t size, const TokenId* in) {
    return i + 1 < size && in[i] == merge.left && in[i + 1] == merge.right;
  };
  std::size_t first = 0;
  while (first < piece.length && !isPair(first, piece.length, tokens)) ++first;
  if (first == piece.length) return;  // another merge has taken its tokens
  before_.assign(tokens, tokens + piece.length);
  const auto forget = [&](std::size_t i) {
    if (i + 1 >= before_.size() || before_[i] == kGap || before_[i + 1] == kGap) return;
    // The merged pair itself is over, whatever is left of its count.
    if (!isPair(i, before_.size(), before_.data())) pairOf(before_[i], before_[i + 1]).count -= piece.count;
  };
  std::size_t length = first;
  bool lastMerged = false;
  for (std::size_t i = first; i < before_.size(); ++length) {
    if (!isPair(i, before_.size(), before_.data())) {
      lastMerged = false;
      tokens[length] = before_[i++];
      continue;
    }
    if (i > 0 && !lastMerged) forget(i - 1);  // else it was forgotten as the one after the last
    forget(i + 1);
    tokens[length] = id;
    lastMerged = true;
    i += 2;
  }
  textTokens_ -= (piece.length - length) * piece.count;
  piece.length = static_cast<std::uint32_t>(length);
  for (std::size_t i = first > 0 ? first - 1 : 0; i + 1 < length; ++i) {
    if (tokens[i] == id || tokens[i + 1] == id) count(tokens[i], tokens[i + 1], number);
  }
}

std::shared_ptr<const Tokenizer> BpeTrainer::tokenizer(std::size_t merges) const {
  const auto end = merges_.begin() + static_cast<std::ptrdiff_t>(std::min(merges, merges_.size()));
  return makeSubwordTokenizer(characters_, withUnknown_, {merges_.begin(), end});
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

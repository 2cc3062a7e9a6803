// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lexarium {

/// Hash of a word, made byte by byte while it is scanned.
class WordHash {
 public:
  void add(unsigned char byte) { state_ = (state_ ^ byte) * 0x9E3779B97F4A7C15u; }
  /// The high bits of a product are the mixed ones.
  std::uint32_t value() const {
    return static_cast<std::uint32_t>((state_ ^ state_ >> 29) * 0xBF58476D1CE4E5B9u >> 32);
  }
  static std::uint32_t of(std::string_view bytes) {
    WordHash hash;
    for (char byte : bytes) hash.add(static_cast<unsigned char>(byte));
    return hash.value();
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325u;
};

/// Distinct words numbered in the order of first sight: open addressing, words in one arena.
class WordTable {
 public:
  WordTable();

  /// The number of the word, which is added if it is new. hash must be WordHash::of(word).
  std::uint32_t numberOf(std::string_view word, std::uint32_t hash) {
    std::size_t at = hash & mask_;
    while (true) {
      const Slot slot = slots_[at];
      if (slot.number == kEmpty) return insert(at, word, hash);
      if (slot.hash == hash && this->word(slot.number) == word) return slot.number;
      at = (at + 1) & mask_;
    }
  }
  std::uint32_t numberOf(std::string_view word) { return numberOf(word, WordHash::of(word)); }

  std::size_t size() const { return ends_.size() - 1; }
  /// Valid until the next insertion.
  std::string_view word(std::uint32_t number) const {
    return {arena_.data() + ends_[number], ends_[number + 1] - ends_[number]};
  }
  void clear();
  /// Frees what only insertion needs.
  void dropSlots();

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFu;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kEmpty;
  };

  std::uint32_t insert(std::size_t at, std::string_view word, std::uint32_t hash);
  void grow();

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::vector<std::size_t> ends_;  // word n is [ends_[n], ends_[n + 1])
  std::string arena_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/word_table.h"

namespace lexarium {

namespace {
constexpr std::size_t kFirstSlots = 1 << 12;
}

WordTable::WordTable() { clear(); }

void WordTable::clear() {
  slots_.assign(kFirstSlots, Slot{});
  mask_ = kFirstSlots - 1;
  ends_.assign(1, 0);
  arena_.clear();
}

void WordTable::dropSlots() { std::vector<Slot>().swap(slots_); }

std::uint32_t WordTable::insert(std::size_t at, std::string_view word, std::uint32_t hash) {
  const auto number = static_cast<std::uint32_t>(size());
  arena_ += word;
  ends_.push_back(arena_.size());
  slots_[at] = {hash, number};
  if (size() * 2 > slots_.size()) grow();
  return number;
}

void WordTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == kEmpty) continue;
    std::size_t at = slot.hash & mask_;
    while (slots_[at].number != kEmpty) at = (at + 1) & mask_;
    slots_[at] = slot;
  }
}

}  // namespace lexarium

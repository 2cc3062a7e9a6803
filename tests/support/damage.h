// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to files: they are cut short, and bits of them flip. Every reader is held to the same of it.
#pragma once

#include <QTest>
#include <algorithm>
#include <string>

#include "core/base/rng.h"

namespace lexarium::test {

/// How often a test damages a file at random. LEXARIUM_DAMAGE_ROUNDS=10000: more of it, by hand.
inline int rounds(int usually) {
  bool given = false;
  const int wanted = qEnvironmentVariableIntValue("LEXARIUM_DAMAGE_ROUNDS", &given);
  return given ? wanted : usually;
}

/// Where most of a format's structure is.
inline constexpr std::size_t kHeadBytes = 4096;
inline constexpr int kRandomCuts = 200;

/// Calls judge(bytes, what) for the file cut at each byte of its first 4 KiB and at 200 random places, until
/// a check in it fails.
template <class Judge>
void cutEverywhere(const std::string& whole, Judge judge) {
  const auto cut = [&](std::size_t size) {
    judge(whole.substr(0, size), "cut at " + QByteArray::number(size));
    return !QTest::currentTestFailed();
  };
  for (std::size_t size = 0; size < std::min(kHeadBytes, whole.size()); ++size)
    if (!cut(size)) return;
  Rng rng(1);
  for (int round = 0; round < kRandomCuts && whole.size() > kHeadBytes; ++round)
    if (!cut(kHeadBytes + rng.below(static_cast<std::uint32_t>(whole.size() - kHeadBytes)))) return;
}

/// Calls judge(bytes, what) for the file with one to three bits flipped, rounds(usually) times, until a check
/// in it fails. Half of the flips are in the head.
template <class Judge>
void flipEverywhere(const std::string& whole, int usually, Judge judge) {
  Rng rng(2);
  for (int round = 0; round < rounds(usually); ++round) {
    std::string bytes = whole;
    QByteArray what = "flipped";
    for (std::uint32_t flips = 1 + rng.below(3); flips > 0; --flips) {
      const std::size_t range = rng.below(2) == 0 ? std::min(kHeadBytes, bytes.size()) : bytes.size();
      const std::size_t at = rng.below(static_cast<std::uint32_t>(range));
      const std::uint32_t bit = rng.below(8);
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      what += ' ' + QByteArray::number(at) + ':' + QByteArray::number(bit);
    }
    judge(bytes, what);
    if (QTest::currentTestFailed()) return;
  }
}

}  // namespace lexarium::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/word_at.h"

#include <algorithm>
#include <vector>

#include "core/text/fold_word.h"

namespace lexarium {
namespace {

constexpr std::size_t kReach = 16;  // characters to each side

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::optional<TokenId> wordAt(const Vocabulary& vocabulary, std::string_view text, ByteRange token) {
  auto begin = static_cast<std::size_t>(std::min<std::uint64_t>(token.begin, text.size()));
  auto end = static_cast<std::size_t>(std::min<std::uint64_t>(token.end, text.size()));
  while (begin < end && isSpace(text[begin])) ++begin;
  while (end > begin && isSpace(text[end - 1])) --end;
  while (begin > 0 && begin < end && isContinuation(text[begin])) --begin;
  while (end < text.size() && isContinuation(text[end])) ++end;
  if (begin == end) return std::nullopt;
  // Where a word could begin and end, outermost first.
  std::vector<std::size_t> begins{begin}, ends{end};
  for (std::size_t at = begin; at > 0 && !isSpace(text[at - 1]) && begins.size() <= kReach;) {
    for (--at; at > 0 && isContinuation(text[at]);) --at;
    begins.push_back(at);
  }
  for (std::size_t at = end; at < text.size() && !isSpace(text[at]) && ends.size() <= kReach;) {
    for (++at; at < text.size() && isContinuation(text[at]);) ++at;
    ends.push_back(at);
  }
  std::optional<TokenId> longest;
  std::size_t bytes = 0;
  for (const std::size_t from : begins) {
    for (const std::size_t to : ends) {
      if (to - from <= bytes) continue;
      if (const auto found = findFolded(vocabulary, text.substr(from, to - from))) {
        longest = found;
        bytes = to - from;
      }
    }
  }
  return longest;
}

}  // namespace lexarium

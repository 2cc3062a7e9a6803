// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/bleu.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

namespace lexarium {
namespace {

constexpr std::size_t kLongest = 4;  // words in a row

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isPointOrComma(char c) { return c == '.' || c == ','; }
/// {-~ [-` space-& (-+ :-@ /
bool standsApart(char c) {
  const auto between = [c](char from, char to) { return c >= from && c <= to; };
  return between('{', '~') || between('[', '`') || between(' ', '&') || between('(', '+') ||
         between(':', '@') || c == '/';
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Two neighbouring characters of these kinds are parted; matches do not overlap, as in a regular expression.
template <class First, class Second>
std::string parted(const std::string& text, First first, Second second, bool spaceBefore, bool spaceBehind) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (i + 1 < text.size() && first(text[i]) && second(text[i + 1])) {
      if (spaceBefore) out += ' ';
      out += text[i];
      out += ' ';
      out += text[i + 1];
      if (spaceBehind) out += ' ';
      i += 2;
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::vector<std::string> words(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  std::vector<std::string> found;
  for (std::size_t at = text.find_first_not_of(kSpace); at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    found.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpace, end);
  }
  return found;
}

std::vector<std::string> tokens13a(std::string_view utf8) {
  std::string text(utf8);
  replaceAll(text, "<skipped>", "");
  replaceAll(text, "-\n", "");
  replaceAll(text, "\n", " ");
  replaceAll(text, "&quot;", "\"");
  replaceAll(text, "&amp;", "&");
  replaceAll(text, "&lt;", "<");
  replaceAll(text, "&gt;", ">");
  std::string spaced = " ";
  for (const char c : text) {
    if (standsApart(c))
      spaced += {' ', c, ' '};
    else
      spaced += c;
  }
  spaced += ' ';
  const auto isOther = [](char c) { return !isDigit(c); };
  spaced = parted(spaced, isOther, isPointOrComma, false, true);
  spaced = parted(spaced, isPointOrComma, isOther, true, false);
  spaced = parted(
      spaced, isDigit, [](char c) { return c == '-'; }, false, true);
  return words(spaced);
}

std::vector<std::string> characterTokens(std::string_view utf8) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    ++at;
    while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) ++at;
    const std::string_view character = utf8.substr(begin, at - begin);
    if (character != " " && character != "\n" && character != "\t" && character != "\r")
      found.emplace_back(character);
  }
  return found;
}

using Counts = std::map<std::vector<std::string>, std::uint64_t>;

Counts countsOf(const std::vector<std::string>& tokens, std::size_t length) {
  Counts counts;
  for (std::size_t i = 0; i + length <= tokens.size(); ++i) {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(i);
    ++counts[{first, first + static_cast<std::ptrdiff_t>(length)}];
  }
  return counts;
}

/// Of the references' lengths the one nearest to what was said; of two the shorter.
std::size_t nearestLength(std::size_t said, const std::vector<std::vector<std::string>>& references) {
  std::size_t best = 0;
  bool first = true;
  const auto distance = [said](std::size_t length) { return length > said ? length - said : said - length; };
  for (const auto& reference : references) {
    const std::size_t length = reference.size();
    if (first || distance(length) < distance(best) || (distance(length) == distance(best) && length < best))
      best = length;
    first = false;
  }
  return best;
}

bool isHan(std::string_view character) {
  if (character.size() < 3) return false;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i]));
  };
  if (character.size() == 4) return byte(0) == 0xF0 && byte(1) >= 0xA0;
  const std::uint32_t code = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0x3040 && code <= 0x30FF);
}

}  // namespace

std::vector<std::string> bleuTokens(std::string_view utf8, BleuTokens tokens) {
  return tokens == BleuTokens::Characters ? characterTokens(utf8) : tokens13a(utf8);
}

BleuTokens bleuTokensFor(std::span<const std::string> references) {
  std::size_t han = 0, all = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(references.size(), 100); ++i) {
    for (const std::string& character : characterTokens(references[i])) {
      ++all;
      han += isHan(character) ? 1 : 0;
    }
  }
  return han * 2 > all ? BleuTokens::Characters : BleuTokens::International13a;
}

Bleu bleuOf(std::span<const std::string> said, std::span<const std::vector<std::string>> references,
            BleuTokens tokens) {
  assert(said.size() == references.size());
  Bleu bleu;
  std::array<std::uint64_t, kLongest> right{}, total{};
  for (std::size_t s = 0; s < said.size(); ++s) {
    const auto hypothesis = bleuTokens(said[s], tokens);
    std::vector<std::vector<std::string>> wanted;
    for (const std::string& reference : references[s]) wanted.push_back(bleuTokens(reference, tokens));
    bleu.said += hypothesis.size();
    bleu.expected += nearestLength(hypothesis.size(), wanted);
    for (std::size_t length = 1; length <= kLongest; ++length) {
      Counts most;
      for (const auto& reference : wanted)
        for (const auto& [words, count] : countsOf(reference, length))
          most[words] = std::max(most[words], count);
      for (const auto& [words, count] : countsOf(hypothesis, length)) {
        total[length - 1] += count;
        const auto found = most.find(words);
        if (found != most.end()) right[length - 1] += std::min(count, found->second);
      }
    }
  }
  double logSum = 0, smooth = 1;
  bool none = right[0] == 0;
  for (std::size_t i = 0; i < kLongest; ++i) {
    if (total[i] == 0) {
      none = true;  // as sacrebleu: sentences too short for four words in a row score 0
      break;
    }
    if (right[i] == 0) {
      smooth *= 2;
      bleu.precisions[i] = 100 / (smooth * static_cast<double>(total[i]));
    } else {
      bleu.precisions[i] = 100 * static_cast<double>(right[i]) / static_cast<double>(total[i]);
    }
    logSum += std::log(bleu.precisions[i]);
  }
  if (bleu.said < bleu.expected)
    bleu.brevityPenalty =
        bleu.said == 0 ? 0
                       : std::exp(1 - static_cast<double>(bleu.expected) / static_cast<double>(bleu.said));
  bleu.score = none ? 0 : bleu.brevityPenalty * std::exp(logSum / kLongest);
  return bleu;
}

}  // namespace lexarium

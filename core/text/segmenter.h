// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/text/icu_cutter.h"
#include "core/text/segment.h"
#include "core/text/sentence_rules.h"
#include "core/text/word_forms.h"
#include "core/text/word_table.h"

namespace lexarium {

/// One token found in a text.
struct SegmentedToken {
  std::uint64_t begin;   ///< byte offset in the text
  std::uint32_t length;  ///< bytes
  std::uint32_t word;    ///< number in the WordTable
  bool beginsSentence;
};

/// Where sentences begin, told in reading order of line ends, marks and tokens.
class SentenceTracker {
 public:
  void start(std::string_view text, const SentenceRules& rules) {
    text_ = text;
    rules_ = rules;
    bound_ = 0;
    lineEnds_ = 0;
  }
  /// A line end stands before `after`.
  void lineEnd(std::size_t after) {
    if (++lineEnds_ > 1 || rules_.lineEndsSentence) bindAt(after);
  }
  /// Something else than space stands here.
  void visible() { lineEnds_ = 0; }
  void bindAt(std::size_t at) { bound_ = at < bound_ ? at : bound_; }
  /// A terminal mark, told after its own token.
  void mark(std::size_t begin, std::size_t end) {
    if (const auto bound = boundAfterMark(text_, begin, end, rules_)) bindAt(*bound);
  }
  /// Is the token at `begin` the first of its sentence? To be asked once for each token.
  bool beginsSentence(std::size_t begin) {
    if (begin < bound_) return false;
    bound_ = std::numeric_limits<std::size_t>::max();
    return true;
  }

 private:
  std::string_view text_;
  SentenceRules rules_;
  std::size_t bound_ = 0;
  std::size_t lineEnds_ = 0;
};

/// Cuts texts into tokens, a piece at a time. ASCII is cut by own code that gives the same as ICU; runs with
/// other characters go to ICU.
class Segmenter {
 public:
  static Expected<Segmenter> create(const SegmentOptions& options, WordTable& words);

  /// Begins a text (valid UTF-8), which must live until next() has returned false.
  void start(std::string_view text);
  /// Replaces `tokens` by those of the next piece (some ten thousand bytes); false if the text is done.
  bool next(std::vector<SegmentedToken>& tokens);

  /// Bytes done of the text.
  std::size_t position() const { return at_; }
  /// Of the text begun last: pieces longer than a word may be, which were left out.
  std::uint64_t droppedLongTokens() const { return droppedLong_; }
  const SentenceRules& rules() const { return rules_; }

 private:
  enum class Kind { Word, Number, Punctuation, None };
  // A run for ICU. open: it ends inside a piece without a safe place to cut, so its last segment is not
  // final.
  struct Run {
    std::size_t end;
    bool open;
  };

  Segmenter(const SegmentOptions& options, WordTable& words, IcuCutter cutter);
  void probeAsciiRules();
  std::uint16_t probeMark(char mark);

  void cutWords(std::size_t limit);
  void cutWhitespace(std::size_t limit);
  void cutCharacters(std::size_t limit);
  void asciiWord();
  void asciiSpace();
  void asciiMark();
  void icuRun(Run run);
  void icuSegment(std::size_t begin, std::size_t end);
  void spacePiece(std::size_t begin, std::size_t end);
  Run wordRun(std::size_t begin) const;
  Run characterRun(std::size_t begin) const;
  Run cutOpen(std::size_t begin, std::size_t end) const;

  bool isKept(Kind kind) const;
  void addToken(std::size_t begin, std::size_t end, std::uint32_t word);
  void addForm(std::size_t begin, std::size_t end);
  Kind kindOf(std::string_view segment) const;

  SegmentOptions options_;
  WordTable* words_;
  WordForms forms_;
  IcuCutter cutter_;
  std::vector<std::uint32_t> ends_;
  std::array<std::uint16_t, 256> classes_{};
  std::array<char, 256> lower_{};

  std::string_view text_;
  std::size_t at_ = 0;
  SentenceRules rules_;
  SentenceTracker sentences_;
  std::vector<SegmentedToken>* tokens_ = nullptr;
  std::uint64_t droppedLong_ = 0;
  bool insideLong_ = false;  // at_ stands inside a piece that is too long
};

}  // namespace lexarium

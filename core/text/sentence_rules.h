// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/text/segment.h"

namespace lexarium {

/// What the sentence rules must know of a document as a whole.
struct SentenceRules {
  bool lineEndsSentence = false;  ///< a single line end is a bound (a blank line always is)
  bool ignoreCase = false;        ///< the text has (nearly) no capitals, so a small letter tells nothing
};

/// Looks at samples of the document. LineEnds::Automatic: is the text wrapped by hand at a fixed width (as
/// Project Gutenberg's are), so that lines end inside sentences?
SentenceRules sentenceRulesFor(std::string_view text, SegmentOptions::LineEnds lineEnds);

/// Are the lines filled up to a fixed width, so that a line end only means that the next word did not fit?
bool looksHardWrapped(std::string_view text);

/// Does this mark end a sentence? Unicode's Sentence_Terminal, and the ellipsis.
bool isTerminalMark(char32_t codePoint);

/// The mark [begin, end) of valid UTF-8 is a terminal one. Returns where the next sentence begins at the
/// earliest (after closing quotes and brackets), or nothing if the sentence goes on: a small letter follows,
/// no space follows, it is an abbreviation or an initial, or the next character is a terminal mark itself and
/// will decide. The marks of Chinese and Japanese need no space.
std::optional<std::size_t> boundAfterMark(std::string_view text, std::size_t begin, std::size_t end,
                                          const SentenceRules& rules);

}  // namespace lexarium

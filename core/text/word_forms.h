// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/segment.h"
#include "core/text/word_table.h"

namespace lexarium {

/// Numbers of words by their form in the text; remembers the forms seen, so that folding and normalising is
/// done once for each.
class WordForms {
 public:
  WordForms(const SegmentOptions& options, WordTable& words) : options_(options), words_(&words) {}

  std::uint32_t numberOf(std::string_view surface);

 private:
  std::uint32_t numberOfAscii(std::string_view surface);

  SegmentOptions options_;
  WordTable* words_;
  std::string form_;
  WordTable surfaces_;
  std::vector<std::uint32_t> wordOfSurface_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unicode/brkiter.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"

namespace lexarium {

/// ICU's text boundaries of short runs of UTF-8; keeps one BreakIterator and its buffers.
class IcuCutter {
 public:
  enum class Kind { Words, Characters };
  static Expected<IcuCutter> create(Kind kind);

  /// Replaces `ends` by the end of each segment, in bytes from the start of `run` (valid UTF-8, below 2^31
  /// bytes).
  void cut(std::string_view run, std::vector<std::uint32_t>& ends);

 private:
  std::unique_ptr<icu::BreakIterator> breaks_;
  std::u16string utf16_;
  std::vector<std::uint32_t> byteOf_;  // of each UTF-16 unit, and the end
};

}  // namespace lexarium

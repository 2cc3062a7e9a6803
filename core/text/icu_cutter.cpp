// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/icu_cutter.h"

#include <unicode/utext.h>

#include <new>

#include "core/text/utf8.h"

namespace lexarium {

Expected<IcuCutter> IcuCutter::create(Kind kind) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale& root = icu::Locale::getRoot();
  IcuCutter cutter;
  cutter.breaks_.reset(kind == Kind::Words ? icu::BreakIterator::createWordInstance(root, status)
                                           : icu::BreakIterator::createCharacterInstance(root, status));
  if (U_FAILURE(status) || !cutter.breaks_) {
    return makeError(std::string("The rules for cutting text are missing (ICU: ") + u_errorName(status) + ")",
                     {}, "Install the ICU data of your system again");
  }
  return cutter;
}

void IcuCutter::cut(std::string_view run, std::vector<std::uint32_t>& ends) {
  utf16_.clear();
  byteOf_.clear();
  for (std::size_t at = 0, length = 0; at < run.size(); at += length) {
    const char32_t codePoint = codePointAt(run, at, length);
    byteOf_.push_back(static_cast<std::uint32_t>(at));
    if (codePoint < 0x10000) {
      utf16_ += static_cast<char16_t>(codePoint);
    } else {
      utf16_ += static_cast<char16_t>(0xD7C0 + (codePoint >> 10));
      utf16_ += static_cast<char16_t>(0xDC00 | (codePoint & 0x3FF));
      byteOf_.push_back(static_cast<std::uint32_t>(at));
    }
  }
  byteOf_.push_back(static_cast<std::uint32_t>(run.size()));

  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUChars(&text, utf16_.data(), static_cast<std::int64_t>(utf16_.size()), &status);
  breaks_->setText(&text, status);
  utext_close(&text);
  if (U_FAILURE(status)) throw std::bad_alloc();  // the only reason left
  ends.clear();
  breaks_->first();
  for (std::int32_t end = breaks_->next(); end != icu::BreakIterator::DONE; end = breaks_->next()) {
    ends.push_back(byteOf_[static_cast<std::size_t>(end)]);
  }
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/word_forms.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <new>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

// Text made of few repeated words stays far below; random text must not fill the memory twice.
constexpr std::size_t kMostSurfaces = 1 << 20;

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::bad_alloc();  // the only reason left for valid UTF-8
}

icu::StringPiece pieceOf(std::string_view text) {
  return icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
}

std::string fold(std::string_view text) {
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, pieceOf(text), sink, nullptr, status);
  check(status);
  return folded;
}

std::string compose(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  check(status);
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  nfc->normalizeUTF8(0, pieceOf(text), sink, nullptr, status);
  check(status);
  return composed;
}

void lowerAscii(std::string& text) {
  for (char& byte : text) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
}

}  // namespace

std::string normalForm(std::string_view piece, const SegmentOptions& options) {
  if (asciiRunLength(piece, 0) == piece.size()) {
    std::string form(piece);
    if (options.lowerCase) lowerAscii(form);
    return form;
  }
  const std::string form = options.lowerCase ? fold(piece) : std::string(piece);
  return options.normalise ? compose(form) : form;
}

std::uint32_t WordForms::numberOf(std::string_view surface) {
  if (asciiRunLength(surface, 0) == surface.size()) return numberOfAscii(surface);
  if (surfaces_.size() >= kMostSurfaces) {
    surfaces_.clear();
    wordOfSurface_.clear();
  }
  const std::uint32_t number = surfaces_.numberOf(surface);
  if (number == wordOfSurface_.size())
    wordOfSurface_.push_back(words_->numberOf(normalForm(surface, options_)));
  return wordOfSurface_[number];
}

// Cheaper to fold again than to remember.
std::uint32_t WordForms::numberOfAscii(std::string_view surface) {
  if (!options_.lowerCase) return words_->numberOf(surface);
  form_.assign(surface);
  lowerAscii(form_);
  return words_->numberOf(form_);
}

}  // namespace lexarium

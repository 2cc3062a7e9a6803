// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/text/decode.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

using Source = Encoding::Source;

// What ICU looks at; more does not make it surer.
constexpr std::size_t kSampleBytes = 1 << 15;
// Of a line without end, what comes before the first telling byte.
constexpr std::size_t kContextBytes = 200;
// Below this ICU guesses.
constexpr int kLowestConfidence = 10;

struct Bom {
  std::string_view bytes;
  const char* name;
};
constexpr std::array<Bom, 6> kBoms = {
    {{{"\xEF\xBB\xBF", 3}, "UTF-8"},
     {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},  // before UTF-16LE, which it begins like
     {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
     {{"\xFF\xFE", 2}, "UTF-16LE"},
     {{"\xFE\xFF", 2}, "UTF-16BE"},
     {{"\x84\x31\x95\x33", 4}, "GB18030"}}};

struct Utf8Look {
  std::size_t multibyte = 0;
  std::size_t invalid = 0;
};

Utf8Look lookAsUtf8(std::string_view head, bool whole) {
  Utf8Look look;
  for (std::size_t at = 0; at < head.size();) {
    if (const std::size_t ascii = asciiRunLength(head, at)) {
      at += ascii;
      continue;
    }
    const Utf8Unit unit = utf8UnitAt(head, at);
    if (unit.cutOff && !whole) break;
    ++(unit.valid ? look.multibyte : look.invalid);
    at += unit.length;
  }
  return look;
}

// Share of 16-bit units that text in any language has plenty of, or -1 if there is one that no text has.
double plausibilityAsUtf16(std::string_view head, bool bigEndian) {
  std::size_t common = 0;
  const std::size_t units = head.size() / 2;
  char16_t previous = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const auto byte = [&](std::size_t at) {
      return static_cast<unsigned>(static_cast<unsigned char>(head[at]));
    };
    const unsigned unit = bigEndian ? byte(2 * i) << 8 | byte(2 * i + 1) : byte(2 * i + 1) << 8 | byte(2 * i);
    const bool afterLead = previous >= 0xD800 && previous < 0xDC00;
    const bool trail = unit >= 0xDC00 && unit < 0xE000;
    if (afterLead != trail || unit >= 0xFFFE || (unit >= 0xE000 && unit < 0xF900)) return -1;
    // ASCII without control characters, and spaces and marks of East Asian text.
    common += (unit >= 0x20 && unit < 0x7F) || unit == '\n' || unit == '\r' || unit == '\t' ||
              unit == 0x3000 || unit == 0x3001 || unit == 0x3002 || unit == 0xFF0C;
    previous = static_cast<char16_t>(unit);
  }
  return units == 0 ? -1 : static_cast<double>(common) / static_cast<double>(units);
}

// UTF-16 without a mark. Both readings of real UTF-16 are possible now and then, so the one with many more
// spaces and marks wins. Text in other encodings holds hardly any of their bytes; where Latin letters
// prevail, a stray NUL must not be enough.
const char* utf16NameOf(std::string_view head) {
  std::size_t nuls = 0;
  std::size_t controls = 0;
  std::size_t letters = 0;
  for (const char byte : head) {
    nuls += byte == 0;
    controls += byte > 0 && byte < ' ' && byte != '\n' && byte != '\r' && byte != '\t';
    letters += byte == ' ' || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  }
  if (nuls + controls == 0) return nullptr;
  const double least = letters * 10 >= (head.size() - nuls) * 7 ? 0.7 : 0.01;
  const double little = plausibilityAsUtf16(head, false);
  const double big = plausibilityAsUtf16(head, true);
  if (little >= least && little > 4 * big) return "UTF-16LE";
  if (big >= least && big > 4 * little) return "UTF-16BE";
  return nullptr;
}

const char* utf32NameOf(std::string_view head) {
  const std::size_t units = head.size() / 4;
  if (units < 2) return nullptr;
  std::size_t little = 0;
  std::size_t big = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(head[4 * i + at]); };
    little += byte(3) == 0 && byte(2) <= 0x10 && (byte(0) | byte(1)) != 0;
    big += byte(0) == 0 && byte(1) <= 0x10 && (byte(2) | byte(3)) != 0;
  }
  if (little == units && big < units) return "UTF-32LE";
  return big == units && little < units ? "UTF-32BE" : nullptr;
}

// The lines with bytes that tell encodings apart: those above ASCII, or escapes. A line end is no part of a
// longer sequence in any of the encodings that come this far.
std::string tellingSample(std::string_view head, bool escapes) {
  const auto nextTelling = [&](std::size_t at) {
    return escapes ? std::min(head.find('\x1B', at), head.size()) : at + asciiRunLength(head, at);
  };
  std::string sample;
  for (std::size_t at = nextTelling(0); at < head.size() && sample.size() < kSampleBytes;
       at = nextTelling(at)) {
    const std::size_t before = at == 0 ? std::string_view::npos : head.rfind('\n', at - 1);
    const std::size_t lineBegin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t begin = std::max(lineBegin, at - std::min<std::size_t>(at, kContextBytes));
    const std::size_t end = std::min(head.find('\n', at), head.size());
    sample += head.substr(begin, std::min(end - begin, kSampleBytes));
    sample += '\n';
    at = end;
  }
  return sample;
}

std::size_t replacementsIn(std::string_view sample, const std::string& name) {
  auto decoder = Decoder::create({name, Source::Detected, 0, 0});
  if (!decoder) return sample.size();
  std::string text;
  decoder->decode(sample, false, text);
  return static_cast<std::size_t>(decoder->replacedSequences());
}

// Encodings that hold all of the one ICU names and are what files really use.
std::string widened(std::string name) {
  if (name == "ISO-8859-1") return "windows-1252";
  if (name == "ISO-8859-9") return "windows-1254";
  if (name == "EUC-KR") return "windows-949";
  return name;
}

Encoding askIcu(std::string_view head, bool escapes) {
  const std::string sample = tellingSample(head, escapes);
  Encoding best{"windows-1252", Source::Detected, 0, 0};
  struct Close {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
  };
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, Close> detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status)) return best;
  for (std::int32_t i = 0; i < count; ++i) {
    const std::string name = ucsdet_getName(matches[i], &status);
    int confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_FAILURE(status)) break;
    // UTF-8, 16 and 32 were ruled out by stricter rules.
    if (name.starts_with("UTF-") || name.starts_with("IBM42")) continue;
    const std::string wide = widened(name);
    const std::size_t broken = replacementsIn(sample, wide);
    confidence -= static_cast<int>(std::min<std::size_t>(100, broken * 1000 / (sample.size() + 1)));
    if (confidence > best.confidence) best = {wide, Source::Detected, confidence, 0};
  }
  if (best.confidence < kLowestConfidence)
    best = {"windows-1252", Source::Detected, std::max(best.confidence, 1), 0};
  return best;
}

}  // namespace

Encoding detectEncoding(std::string_view head, bool headIsWholeFile) {
  for (const Bom& bom : kBoms) {
    if (head.starts_with(bom.bytes)) return {bom.name, Source::ByteOrderMark, 100, bom.bytes.size()};
  }
  if (const char* name = utf32NameOf(head)) return {name, Source::Detected, 90, 0};
  if (const char* name = utf16NameOf(head)) return {name, Source::Detected, 90, 0};
  const Utf8Look look = lookAsUtf8(head, headIsWholeFile);
  if (look.invalid == 0) {
    // Seven bits, but with the escapes of ISO-2022 (old Japanese, Chinese and Korean mail).
    const bool escapes = look.multibyte == 0 && (head.find("\x1B$") != std::string_view::npos ||
                                                 head.find("\x1B(") != std::string_view::npos);
    if (escapes) {
      const Encoding found = askIcu(head, true);
      if (found.name.starts_with("ISO-2022") && found.confidence >= 50) return found;
    }
    return {"UTF-8", Source::Utf8, 100, 0};
  }
  // No other encoding looks like UTF-8 by chance: with a few broken sequences it is damaged UTF-8.
  if (look.multibyte >= 10 * look.invalid) {
    const auto share = 100 * look.multibyte / (look.multibyte + look.invalid);
    return {"UTF-8", Source::Detected, static_cast<int>(std::min<std::size_t>(share, 99)), 0};
  }
  return askIcu(head, false);
}

std::vector<std::string> selectableEncodings() {
  return {"UTF-8",       "UTF-16LE",     "UTF-16BE",    "windows-1252", "ISO-8859-1", "ISO-8859-15",
          "GB18030",     "GBK",          "Big5",        "Big5-HKSCS",   "Shift_JIS",  "EUC-JP",
          "ISO-2022-JP", "EUC-KR",       "windows-949", "windows-1250", "ISO-8859-2", "windows-1251",
          "KOI8-R",      "KOI8-U",       "ISO-8859-5",  "windows-1253", "ISO-8859-7", "windows-1254",
          "ISO-8859-9",  "windows-1255", "ISO-8859-8",  "windows-1256", "ISO-8859-6", "windows-1257",
          "ISO-8859-13", "windows-1258", "TIS-620",     "windows-874",  "macintosh",  "IBM437",
          "IBM850",      "IBM866",       "UTF-32LE",    "UTF-32BE"};
}

}  // namespace lexarium

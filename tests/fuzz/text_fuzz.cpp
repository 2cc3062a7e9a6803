// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes through detection, decoding, cutting and back. The first two bytes choose the options.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/text/corpus.h"

namespace {

using namespace lexarium;

void require(bool condition) {
  if (!condition) std::abort();
}

SegmentOptions optionsFrom(std::uint8_t bits) {
  return {static_cast<SegmentOptions::Method>(bits % 3),
          (bits & 4) != 0,
          (bits & 8) != 0,
          (bits & 16) != 0,
          (bits & 32) != 0,
          static_cast<SegmentOptions::LineEnds>((bits >> 6) % 3)};
}

std::string decodeInPieces(const Encoding& encoding, std::string_view bytes, std::size_t piece) {
  auto decoder = Decoder::create(encoding);
  require(decoder.has_value());
  std::string text;
  do {
    const std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    decoder->decode(part, bytes.empty(), text);
  } while (!bytes.empty());
  return text;
}

void checkCorpus(const Corpus& corpus) {
  const Document& document = corpus.document(0);
  std::vector<ByteRange> ranges;
  corpus.textRanges(document.tokens, ranges);
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    require(ranges[i].begin >= end && ranges[i].end > ranges[i].begin);
    end = ranges[i].end;
    require(end <= document.text.size());
    require(corpus.tokenAt(0, ranges[i].begin) == i);
    const auto piece = std::string_view(document.text).substr(ranges[i].begin, end - ranges[i].begin);
    require(corpus.vocabulary().word(corpus.tokens()[i]) == normalForm(piece, corpus.options()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  static const std::vector<std::string> names = selectableEncodings();
  Encoding encoding = detectEncoding(bytes, true);
  if (data[1] < names.size()) encoding = {names[data[1]], Encoding::Source::Chosen, 100, 0};
  const std::string text = decodeInPieces(encoding, bytes, std::string_view::npos);
  require(findInvalidUtf8(text) == std::string::npos && text.find('\0') == std::string::npos);
  require(decodeInPieces(encoding, bytes, 1 + data[0] % 7) == text);
  if (const auto corpus = corpusFromText("Fuzz", text, optionsFrom(data[0]))) checkCorpus(**corpus);
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// word2vec text and binary, GloVe text, fastText .vec: told apart by content, read in one pass. No size that
// a file declares is believed before the file has proved to be large enough for it.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/formats/byte_source.h"
#include "core/formats/vector_collector.h"
#include "core/formats/vector_formats.h"
#include "core/formats/vectors_row.h"
#include "core/text/decode.h"

namespace lexarium {
namespace {

struct Header {
  std::uint64_t words = 0;
  std::uint64_t dimensions = 0;
};

// Whole numbers too large for 64 bits are still a header, and declare too much.
std::optional<std::uint64_t> parseCount(std::string_view text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::invalid_argument || result.ptr != text.data() + text.size())
    return std::nullopt;
  return result.ec == std::errc{} ? value : UINT64_MAX;
}

std::optional<Header> parseHeader(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  const auto gap = line.find_first_of(" \t");
  if (gap == std::string_view::npos) return std::nullopt;
  const auto words = parseCount(line.substr(0, gap));
  const auto dimensions = parseCount(line.substr(line.find_first_not_of(" \t", gap)));
  if (!words || !dimensions) return std::nullopt;
  return Header{*words, *dimensions};
}

// What people take for a file of vectors, by its first bytes; empty if it is nothing known.
std::string_view knownStranger(std::string_view head) {
  static constexpr std::pair<std::string_view, std::string_view> kStrangers[] = {
      {"\xBA\x16\x4F\x2F",
       "This is a whole fastText model, not a file of vectors. Choose the .vec file beside it"},
      {"\x1F\x8B", "The file is compressed (gzip). Unpack it first"},
      {"BZh91AY&", "The file is compressed (bzip2). Unpack it first"},
      {"\xFD"
       "7zXZ",
       "The file is compressed (xz). Unpack it first"},
      {"PK\x03\x04", "The file is a zip archive. Unpack it first"},
      {"\xFF\xFE", "The file is UTF-16 text. Save it as UTF-8 first"},
      {"\xFE\xFF", "The file is UTF-16 text. Save it as UTF-8 first"},
      {"\x93NUMPY", "This is a NumPy array, which holds no words. Export the vectors as word2vec text"},
      {"\x80\x04\x95", "This is a Python pickle. Save it with gensim's save_word2vec_format"},
  };
  for (const auto& [magic, advice] : kStrangers) {
    if (head.substr(0, magic.size()) == magic) return advice;
  }
  return {};
}

Expected<void> checkDeclared(const ByteSource& source, const Header& header, bool binary) {
  if (header.words == 0 || header.dimensions == 0) {
    return makeError("The first line declares no vectors", source.lineBefore());
  }
  // The least a row can take: a letter, and for each number 4 bytes, or a space and a digit; and what
  // separates rows. The last line of a text may lack its end.
  const std::uint64_t left = source.remaining() + 1;
  const std::uint64_t numberBytes = binary ? 4 : 2;
  if (header.dimensions > left / numberBytes || header.words > left / (header.dimensions * numberBytes + 2)) {
    return makeError("The first line declares " + std::to_string(header.words) + " words of " +
                         std::to_string(header.dimensions) + " dimensions, more than the file has room for",
                     source.lineBefore(), "The file may be cut short");
  }
  return {};
}

Expected<NamedVectors> readTextRows(ByteSource& source, VectorCollector collector, std::size_t dimensions,
                                    std::optional<std::uint64_t> declared, const TaskContext& context) {
  std::vector<float> values(dimensions);
  std::uint64_t blankLine = 0;
  while (true) {
    auto line = source.line();
    if (!line) return tl::unexpected<Error>(line.error());
    if (!*line) break;
    if ((*line)->find_first_not_of(" \t") == std::string_view::npos) {
      if (blankLine == 0) blankLine = source.lineNumber() - 1;
      continue;
    }
    if (blankLine != 0) {
      return makeError("The line is empty", source.name() + ", line " + std::to_string(blankLine));
    }
    if (declared && collector.rows() == *declared) {
      return makeError(
          "The first line declares " + std::to_string(*declared) + " words, but here is one more",
          source.lineBefore());
    }
    auto word = parseVectorRow(**line, values);
    if (!word) return placed(std::move(word.error()), source.lineBefore());
    if (auto added = collector.add(*word, values); !added) {
      return placed(std::move(added.error()), source.lineBefore());
    }
    if (!mayGoOn(source, collector.rows(), context)) return cancelled();
  }
  if (declared && collector.rows() < *declared) {
    return makeError("The file ends after " + std::to_string(collector.rows()) + " of " +
                         std::to_string(*declared) + " declared words",
                     source.lineBefore(), "It seems to be cut short");
  }
  return collector.finish();
}

void decodeFloats(std::string_view bytes, std::span<float> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint32_t bits = 0;
    for (std::size_t byte = 4; byte-- > 0;)
      bits = bits << 8 | static_cast<unsigned char>(bytes[4 * i + byte]);
    values[i] = std::bit_cast<float>(bits);
  }
}

tl::unexpected<Error> cutShort(const ByteSource& source, const VectorCollector& collector,
                               const Header& header) {
  return makeError("The file ends after " + std::to_string(collector.rows()) + " of " +
                       std::to_string(header.words) + " declared words",
                   source.byteAt(source.size()), "It seems to be cut short");
}

// word2vec.c writes a line end after each vector, gensim does not.
Expected<void> skipLineEnd(ByteSource& source) {
  auto next = source.peek(2);
  if (!next) return tl::unexpected<Error>(next.error());
  if (next->substr(0, 2) == "\r\n") return source.take(2).map([](std::string_view) {});
  if (next->substr(0, 1) == "\n") return source.take(1).map([](std::string_view) {});
  return {};
}

Expected<NamedVectors> readBinaryRows(ByteSource& source, const Header& header, const TaskContext& context) {
  const auto dimensions = static_cast<std::size_t>(header.dimensions);
  VectorCollector collector(static_cast<std::size_t>(header.words), dimensions);
  std::vector<float> values(dimensions);
  std::string word;
  while (collector.rows() < header.words) {
    const std::uint64_t start = source.offset();
    auto found = source.takeUntil(' ', kMaximumWordBytes);
    if (!found) return tl::unexpected<Error>(found.error());
    if (!*found) {
      if (source.remaining() < kMaximumWordBytes) return cutShort(source, collector, header);
      return makeError("A word is longer than 64 kB", source.byteAt(start),
                       "Is this a file of word vectors?");
    }
    word = **found;
    auto bytes = source.take(4 * dimensions);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    if (bytes->size() < 4 * dimensions) return cutShort(source, collector, header);
    decodeFloats(*bytes, values);
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
      return makeError("The vector of " + inQuotes(word) + " holds a number that is not finite",
                       source.byteAt(start));
    }
    if (auto added = collector.add(word, values); !added) {
      return placed(std::move(added.error()), source.byteAt(start));
    }
    if (auto skipped = skipLineEnd(source); !skipped) return tl::unexpected<Error>(skipped.error());
    if (!mayGoOn(source, collector.rows(), context)) return cancelled();
  }
  if (source.remaining() > 0) {
    return makeError("The file goes on after its " + std::to_string(header.words) + " declared words",
                     source.byteAt(source.offset()));
  }
  return collector.finish();
}

// A file whose first row reads as text is text. Otherwise it is binary if that row's numbers hold bytes that
// no text has; a broken text stays a text, so that its error names the line.
Expected<bool> looksBinary(ByteSource& source, const Header& header) {
  auto head = source.peek(kMaximumWordBytes);
  if (!head) return tl::unexpected<Error>(head.error());
  const auto space = head->find(' ');
  if (space == std::string_view::npos) return false;
  const auto bytes =
      static_cast<std::size_t>(std::min<std::uint64_t>(header.dimensions * 4, kMaximumWordBytes));
  const std::string_view row = head->substr(space + 1, bytes);
  std::string_view line = row.substr(0, row.find('\n'));
  line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  if (!line.empty() && line.find_first_not_of("0123456789+-.eE \t") == std::string_view::npos) return false;
  const auto isControl = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n';
  };
  if (std::any_of(row.begin(), row.end(), isControl)) return true;
  const auto bad = findInvalidUtf8(row);
  // What was looked at may end in the middle of a character.
  return bad != std::string_view::npos && (bad + 4 <= row.size() || bytes <= 8);
}

Expected<NamedVectors> readWithoutHeader(const std::filesystem::path& path, std::string_view firstLine,
                                         const TaskContext& context) {
  const std::size_t dimensions = countNumbers(firstLine);
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected<Error>(source.error());
  if (dimensions == 0) {
    return makeError(
        "The first line, " + inQuotes(firstLine) + ", is neither a header nor a word with its numbers",
        source->lineBefore(), "Is this a file of word vectors?");
  }
  auto lines = countLines(path, context);
  if (!lines) return tl::unexpected<Error>(lines.error());
  // Blank lines are counted too, so the size of the file is a second bound.
  const auto rows =
      static_cast<std::size_t>(std::min<std::uint64_t>(*lines, source->size() / (2 * dimensions + 2) + 1));
  if (auto skipped = source->peek(3); skipped && *skipped == "\xEF\xBB\xBF") (void)source->take(3);
  return readTextRows(*source, VectorCollector(rows, dimensions), dimensions, std::nullopt, context);
}

}  // namespace

Expected<NamedVectors> readWord2VecFamily(const std::filesystem::path& path, const TaskContext& context) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected<Error>(source.error());
  auto head = source->peek(8);
  if (!head) return tl::unexpected<Error>(head.error());
  if (head->empty()) return makeError("The file is empty", source->name());
  if (const auto advice = knownStranger(*head); !advice.empty()) {
    return makeError("This cannot be read as word vectors", source->name(), std::string(advice));
  }
  if (head->substr(0, 3) == "\xEF\xBB\xBF") (void)source->take(3);
  auto first = source->line();
  if (!first) return tl::unexpected<Error>(first.error());
  const std::string firstLine(first->value_or(""));
  const auto header = parseHeader(firstLine);
  if (!header) return readWithoutHeader(path, firstLine, context);
  auto binary = looksBinary(*source, *header);
  if (!binary) return tl::unexpected<Error>(binary.error());
  if (auto room = checkDeclared(*source, *header, *binary); !room) return tl::unexpected<Error>(room.error());
  if (*binary) return readBinaryRows(*source, *header, context);
  const auto dimensions = static_cast<std::size_t>(header->dimensions);
  return readTextRows(*source, VectorCollector(static_cast<std::size_t>(header->words), dimensions),
                      dimensions, header->words, context);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/read_text.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "core/base/file.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::size_t kBlockBytes = 1 << 18;
// Read of files that tell no size (such as those of /proc).
constexpr std::uint64_t kMostBytesUnsized = 1 << 26;

bool isWide(const Encoding& encoding) {
  return encoding.name.starts_with("UTF-16") || encoding.name.starts_with("UTF-32");
}

// What a person chose; a byte order mark of that encoding is skipped all the same.
Encoding chosenEncoding(const std::string& name, std::string_view head) {
  Encoding encoding{name, Encoding::Source::Chosen, 100, 0};
  const Encoding found = detectEncoding(head, false);
  if (found.source == Encoding::Source::ByteOrderMark &&
      ucnv_compareNames(found.name.c_str(), name.c_str()) == 0) {
    encoding.bomBytes = found.bomBytes;
  }
  return encoding;
}

std::uint64_t countMultibyte(std::string_view utf8) {
  std::uint64_t count = 0;
  for (const char byte : utf8) count += static_cast<unsigned char>(byte) >= 0xC0;
  return count;
}

// Watches a file taken for UTF-8 by its head: is it really?
class Utf8Doubt {
 public:
  /// After a block. The encoding that it seems to be instead, if it does.
  std::optional<Encoding> afterBlock(std::string_view block, std::string_view text, std::uint64_t replaced) {
    if (replaced == replaced_ || questions_ == kMostQuestions) return std::nullopt;
    replaced_ = replaced;
    multibyte_ += countMultibyte(text.substr(counted_));  // replacements among them
    counted_ = text.size();
    if (multibyte_ >= 11 * replaced) return std::nullopt;
    ++questions_;
    while (!block.empty() && (static_cast<unsigned char>(block.front()) & 0xC0) == 0x80)
      block.remove_prefix(1);
    Encoding found = detectEncoding(block, false);
    if (found.source != Encoding::Source::Detected || found.name == "UTF-8") return std::nullopt;
    if (isWide(found) || found.confidence < kLeastConfidence) return std::nullopt;
    return found;
  }

 private:
  static constexpr int kMostQuestions = 8;
  static constexpr int kLeastConfidence = 15;
  std::uint64_t replaced_ = 0;
  std::uint64_t multibyte_ = 0;
  std::size_t counted_ = 0;
  int questions_ = 0;
};

// One reading of a file from front to back.
class Reading {
 public:
  Reading(const TextFile& file, const ProgressPart& progress) : file_(file), progress_(progress) {}

  /// encoding: none to find out by the head. The result is none if the file turned out to be in doubt_.
  Expected<std::optional<Document>> run(const std::string& chosen, const std::optional<Encoding>& known);
  const std::optional<Encoding>& better() const { return better_; }

 private:
  Expected<Encoding> encodingBy(std::string_view head, const std::string& chosen) const;

  const TextFile& file_;
  const ProgressPart& progress_;
  std::optional<Encoding> better_;
};

Expected<Encoding> Reading::encodingBy(std::string_view head, const std::string& chosen) const {
  if (!chosen.empty()) return chosenEncoding(chosen, head);
  Encoding found = detectEncoding(head, head.size() < kBlockBytes);
  if (isWide(found)) return found;
  if (std::string reason = reasonNotText(head); !reason.empty()) {
    return makeError("This does not look like text: " + reason, pathToUtf8(file_.path),
                     "Choose a plain text file, or choose its encoding yourself");
  }
  return found;
}

Expected<std::optional<Document>> Reading::run(const std::string& chosen,
                                               const std::optional<Encoding>& known) {
  auto reader = FileReader::open(file_.path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  Document document;
  document.name = file_.name;
  document.path = file_.path;
  const std::string phase = "Reading " + document.name;
  const std::uint64_t size = reader->size() > 0 ? reader->size() : kMostBytesUnsized;

  std::optional<Decoder> decoder;
  Utf8Doubt doubt;
  std::string block(static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, size)), '\0');
  for (bool last = false; !last;) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), size - document.sourceBytes));
    const auto count = reader->read(std::span(block.data(), wanted));
    if (!count) return tl::unexpected<Error>(count.error());
    const std::string_view bytes(block.data(), *count);
    document.sourceBytes += *count;
    last = *count < wanted || document.sourceBytes == size;
    if (!decoder) {
      auto encoding = known ? Expected<Encoding>(*known) : encodingBy(bytes, chosen);
      if (!encoding) return tl::unexpected<Error>(encoding.error());
      document.encoding = *encoding;
      auto created = Decoder::create(document.encoding);
      if (!created) return tl::unexpected<Error>(created.error());
      decoder.emplace(std::move(*created));
    }
    if (document.text.capacity() < document.text.size() + 3 * bytes.size() && !last) {
      const double growth = document.text.empty() ? 1.0
                                                  : static_cast<double>(document.text.size()) /
                                                        static_cast<double>(document.sourceBytes - *count);
      document.text.reserve(static_cast<std::size_t>(static_cast<double>(size) * growth * 1.01) +
                            4 * kBlockBytes);
    }
    decoder->decode(bytes, last, document.text);
    if (document.encoding.source == Encoding::Source::Utf8) {
      better_ = doubt.afterBlock(bytes, document.text, decoder->replacedSequences());
      if (better_) return std::optional<Document>();
    }
    if (progress_.context.stopRequested()) return cancelled();
    progress_.report(
        static_cast<double>(document.sourceBytes) / static_cast<double>(std::max<std::uint64_t>(size, 1)),
        phase);
  }
  document.replacedSequences = decoder->replacedSequences();
  document.replacedNuls = decoder->replacedNuls();
  document.checkpoints = decoder->takeCheckpoints();
  return std::optional<Document>(std::move(document));
}

}  // namespace

Expected<Document> readDocument(const TextFile& file, const std::string& encoding,
                                const ProgressPart& progress) {
  Reading first(file, progress);
  auto document = first.run(encoding, std::nullopt);
  if (!document) return tl::unexpected<Error>(document.error());
  if (*document) return std::move(**document);
  Reading second(file, progress);
  document = second.run({}, first.better());
  if (!document) return tl::unexpected<Error>(document.error());
  return std::move(**document);
}

Document documentFromMemory(std::string name, std::string utf8) {
  Document document;
  document.name = std::move(name);
  document.sourceBytes = utf8.size();
  document.encoding.bomBytes = std::string_view(utf8).starts_with("\xEF\xBB\xBF") ? 3 : 0;
  if (document.encoding.bomBytes == 0 && findInvalidUtf8(utf8) == std::string::npos &&
      utf8.find('\0') == std::string::npos) {
    document.text = std::move(utf8);
    return document;
  }
  auto decoder = Decoder::create(document.encoding);  // UTF-8 cannot fail
  document.text.reserve(utf8.size());
  decoder->decode(utf8, true, document.text);
  document.replacedSequences = decoder->replacedSequences();
  document.replacedNuls = decoder->replacedNuls();
  return document;
}

std::string reasonNotText(std::string_view head) {
  struct Magic {
    std::string_view bytes;
    const char* what;
  };
  static constexpr std::array<Magic, 15> kMagics = {
      {{{"PK\x03\x04", 4}, "it is an archive or office document"},
       {"%PDF-", "it is a PDF document"},
       {"{\\rtf", "it is an RTF document"},
       {{"\xD0\xCF\x11\xE0", 4}, "it is an old office document"},
       {"\x1F\x8B", "it is compressed"},
       {{"\xFD"
         "7zXZ\0",
         6},
        "it is compressed"},
       {"7z\xBC\xAF\x27\x1C", "it is compressed"},
       {"BZh9", "it is compressed"},
       {"\x28\xB5\x2F\xFD", "it is compressed"},
       {"\x89PNG", "it is a picture"},
       {"\xFF\xD8\xFF", "it is a picture"},
       {"GIF8", "it is a picture"},
       {"\x7F"
        "ELF",
        "it is a program"},
       {"SQLite format 3", "it is a database"},
       {"OggS", "it is a sound"}}};
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.bytes)) return magic.what;
  }
  std::size_t controls = 0;
  for (const char byte : head) {
    const auto value = static_cast<unsigned char>(byte);
    const bool space = value >= '\b' && value <= '\r';
    controls += (value < 0x20 && !space && value != 0x1B && value != 0x1A) || value == 0x7F;
  }
  constexpr std::size_t kFew = 32;
  if (controls >= kFew && controls * 20 > head.size()) return "it is full of control characters";
  return {};
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// From a place in the decoded text back to the bytes of the file: from the nearest checkpoint on, the file is
// decoded again up to the place.
#include <algorithm>
#include <array>

#include "core/base/file.h"
#include "core/text/corpus.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

using Checkpoint = Decoder::Checkpoint;

// Decodes a document's file again from a checkpoint, and tells where in it the text's offsets are. Targets
// rise.
class Retrace {
 public:
  virtual ~Retrace() = default;
  Expected<std::uint64_t> sourceOf(std::uint64_t target);

 protected:
  Retrace(const Document& document, FileReader reader, Checkpoint from)
      : document_(document), reader_(std::move(reader)), at_(from) {}

  /// The next character: its text is appended to `text`; the bytes taken of `bytes`.
  virtual std::size_t step(std::string_view bytes, bool last, std::string& text) = 0;

 private:
  Error changed() const {
    return {"The file has changed since it was read", document_.name, "Read it again"};
  }

  const Document& document_;
  FileReader reader_;
  Checkpoint at_;
  std::string buffer_;
  std::size_t used_ = 0;
};

Expected<std::uint64_t> Retrace::sourceOf(std::uint64_t target) {
  constexpr std::size_t kLongestSequence = 64;
  constexpr std::size_t kReadBytes = 1 << 14;
  while (at_.utf8Offset < target) {
    if (buffer_.size() - used_ < kLongestSequence) {
      buffer_.erase(0, used_);
      used_ = 0;
      const std::size_t before = buffer_.size();
      buffer_.resize(before + kReadBytes);
      const auto count = reader_.read(std::span(buffer_.data() + before, kReadBytes));
      if (!count) return tl::unexpected<Error>(count.error());
      buffer_.resize(before + *count);
    }
    if (used_ == buffer_.size()) return tl::unexpected<Error>(changed());
    std::string text;
    const bool last = at_.sourceOffset + (buffer_.size() - used_) >= document_.sourceBytes;
    const std::size_t taken = step(std::string_view(buffer_).substr(used_), last, text);
    if (document_.text.compare(at_.utf8Offset, text.size(), text) != 0)
      return tl::unexpected<Error>(changed());
    used_ += taken;
    at_.sourceOffset += taken;
    at_.utf8Offset += text.size();
    // A broken sequence may be noticed only with the character after it; that one is the last byte taken.
    if (at_.utf8Offset > target) return at_.sourceOffset - 1;
  }
  return at_.sourceOffset;
}

class Utf8Retrace : public Retrace {
 public:
  Utf8Retrace(const Document& document, FileReader reader, Checkpoint from)
      : Retrace(document, std::move(reader), from) {}

 private:
  std::size_t step(std::string_view bytes, bool, std::string& text) override {
    const Utf8Unit unit = utf8UnitAt(bytes, 0);
    appendUtf8(unit.codePoint == 0 ? kReplacementCharacter : unit.codePoint, text);
    return unit.length;
  }
};

class IcuRetrace : public Retrace {
 public:
  IcuRetrace(const Document& document, FileReader reader, Checkpoint from, Decoder decoder)
      : Retrace(document, std::move(reader), from), decoder_(std::move(decoder)) {}

 private:
  std::size_t step(std::string_view bytes, bool last, std::string& text) override {
    std::size_t taken = 0;
    while (text.empty() && taken < bytes.size()) {
      ++taken;
      decoder_.decode(bytes.substr(taken - 1, 1), last && taken == bytes.size(), text);
    }
    return taken;
  }

  Decoder decoder_;
};

Expected<std::unique_ptr<Retrace>> retraceFrom(const Document& document, Checkpoint from) {
  auto reader = FileReader::open(document.path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  if (auto sought = reader->seek(from.sourceOffset); !sought) return tl::unexpected<Error>(sought.error());
  if (document.encoding.name == "UTF-8") {
    return std::unique_ptr<Retrace>(std::make_unique<Utf8Retrace>(document, std::move(*reader), from));
  }
  Encoding encoding = document.encoding;
  encoding.bomBytes = 0;
  auto decoder = Decoder::create(encoding);
  if (!decoder) return tl::unexpected<Error>(decoder.error());
  return std::unique_ptr<Retrace>(
      std::make_unique<IcuRetrace>(document, std::move(*reader), from, std::move(*decoder)));
}

}  // namespace

Expected<ByteRange> Corpus::sourceRange(TokenIndex token) const {
  const Document& document = documents_[documentOf(token)];
  const ByteRange range = textRange(token);
  const auto isAfter = [](std::uint64_t offset, const Checkpoint& checkpoint) {
    return offset < checkpoint.utf8Offset;
  };
  const auto& points = document.checkpoints;
  // Up to the first checkpoint the text is that of the file.
  const auto after = std::upper_bound(points.begin(), points.end(), range.begin, isAfter);
  const std::uint64_t bom = document.encoding.bomBytes;
  if (points.empty() || (after == points.begin() && range.end <= points.front().utf8Offset)) {
    return ByteRange{range.begin + bom, range.end + bom};
  }
  const Checkpoint from = after == points.begin() ? Checkpoint{range.begin, range.begin + bom} : *(after - 1);
  auto retrace = retraceFrom(document, from);
  if (!retrace) return tl::unexpected<Error>(retrace.error());
  const auto begin = (*retrace)->sourceOf(range.begin);
  if (!begin) return tl::unexpected<Error>(begin.error());
  const auto end = (*retrace)->sourceOf(range.end);
  if (!end) return tl::unexpected<Error>(end.error());
  return ByteRange{*begin, *end};
}

}  // namespace lexarium

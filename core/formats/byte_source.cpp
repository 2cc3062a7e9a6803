// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/byte_source.h"

#include <algorithm>
#include <cstring>

namespace lexarium {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

}  // namespace

Expected<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  auto reader = FileReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  return ByteSource(std::move(*reader), pathToUtf8(path.filename()));
}

// Makes at least `count` bytes ready, or all that the file still has.
Expected<void> ByteSource::fill(std::size_t count) {
  if (atEnd_ || end_ - begin_ >= count) return {};
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Never more than the file has: a small file must not cost a large block.
  const auto left = reader_.size() > offset_ ? reader_.size() - offset_ : 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(count, kBlock), left + 1));
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  auto got = reader_.read(std::span<char>(buffer_).subspan(end_));
  if (!got) return tl::unexpected<Error>(got.error());
  atEnd_ = end_ + *got < buffer_.size();
  end_ += *got;
  return {};
}

std::string_view ByteSource::skip(std::size_t count) {
  const auto taken = ready().substr(0, count);
  begin_ += taken.size();
  offset_ += taken.size();
  return taken;
}

Expected<std::string_view> ByteSource::peek(std::size_t count) {
  if (auto filled = fill(count); !filled) return tl::unexpected<Error>(filled.error());
  return ready().substr(0, count);
}

Expected<std::string_view> ByteSource::take(std::size_t count) {
  if (auto filled = fill(count); !filled) return tl::unexpected<Error>(filled.error());
  return skip(count);
}

Expected<std::optional<std::string_view>> ByteSource::takeUntil(char end, std::size_t maximum) {
  // Doubles what it looks at, so that a long line is searched and moved a few times only.
  for (std::size_t searched = 0;;) {
    if (auto filled = fill(std::min(maximum, 2 * searched + 1)); !filled) {
      return tl::unexpected<Error>(filled.error());
    }
    const auto text = ready().substr(0, maximum);
    const auto place = text.find(end, searched);
    if (place != std::string_view::npos) {
      skip(place + 1);
      return text.substr(0, place);
    }
    if (text.size() == searched || text.size() == maximum) return std::nullopt;
    searched = text.size();
  }
}

Expected<std::optional<std::string_view>> ByteSource::line() {
  auto found = takeUntil('\n', kMaximumLine);
  if (!found) return found;
  if (!*found) {
    const auto rest = ready();
    if (rest.empty()) return std::nullopt;
    if (rest.size() >= kMaximumLine) {
      return makeError("The line is longer than " + std::to_string(kMaximumLine >> 20) + " MB",
                       name_ + ", line " + std::to_string(line_), "This is hardly a file of word vectors");
    }
    *found = skip(rest.size());
  }
  ++line_;
  std::string_view text = **found;
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/formats/byte_source.h"
#include "core/formats/vectors.h"

namespace lexarium {

inline constexpr std::size_t kMaximumWordBytes = std::size_t{1} << 16;

/// The words and vectors read so far, and the rules that hold for every format.
class VectorCollector {
 public:
  /// rows: an upper bound that the file has proved to have room for; what is not used is given back.
  VectorCollector(std::size_t rows, std::size_t dimensions);

  /// Errors (without `where`): no word, too long, not UTF-8, there already.
  Expected<void> add(std::string_view word, std::span<const float> values);
  std::size_t rows() const { return result_.words.size(); }
  NamedVectors finish();

 private:
  NamedVectors result_;
  std::unordered_map<std::string_view, std::size_t> seen_;
};

/// The error with its place, unless it has one.
tl::unexpected<Error> placed(Error error, std::string where);

/// Reports now and then, and asks whether to stop.
bool mayGoOn(const ByteSource& source, std::size_t row, const TaskContext& context);

/// Lines of a file, one more than its line ends: an upper bound for its rows. Errors: cancelled.
Expected<std::size_t> countLines(const std::filesystem::path& path, const TaskContext& context);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/vector_collector.h"

#include <algorithm>

#include "core/formats/vectors_row.h"
#include "core/text/decode.h"

namespace lexarium {

VectorCollector::VectorCollector(std::size_t rows, std::size_t dimensions) {
  result_.words.reserve(rows);  // so that the views in seen_ stay valid
  seen_.reserve(rows);
  result_.vectors.resize(static_cast<Eigen::Index>(dimensions), static_cast<Eigen::Index>(rows));
}

Expected<void> VectorCollector::add(std::string_view word, std::span<const float> values) {
  if (word.empty()) return makeError("A word is missing");
  if (word.size() > kMaximumWordBytes) return makeError("A word is longer than 64 kB");
  if (findInvalidUtf8(word) != std::string_view::npos) {
    return makeError("The word " + inQuotes(word) + " is not UTF-8", {},
                     "It may have been cut in the middle of a character by the program that wrote the file");
  }
  const std::size_t row = result_.words.size();
  result_.words.emplace_back(word);
  const auto [place, isNew] = seen_.emplace(result_.words.back(), row);
  if (!isNew) {
    return makeError("The word " + inQuotes(word) + " stands in the file twice", {},
                     "Its first vector is number " + std::to_string(place->second + 1));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    result_.vectors(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(row)) = values[i];
  }
  return {};
}

NamedVectors VectorCollector::finish() {
  const auto rows = static_cast<Eigen::Index>(result_.words.size());
  if (rows < result_.vectors.cols()) result_.vectors.conservativeResize(Eigen::NoChange, rows);
  return std::move(result_);
}

tl::unexpected<Error> placed(Error error, std::string where) {
  if (error.where.empty()) error.where = std::move(where);
  return tl::unexpected<Error>(std::move(error));
}

bool mayGoOn(const ByteSource& source, std::size_t row, const TaskContext& context) {
  constexpr std::size_t kRowsBetweenReports = 256;
  if (row % kRowsBetweenReports != 0) return true;
  context.report(static_cast<double>(source.offset()) / static_cast<double>(source.size() + 1),
                 "Reading " + source.name());
  return !context.stopRequested();
}

Expected<std::size_t> countLines(const std::filesystem::path& path, const TaskContext& context) {
  auto reader = FileReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  std::string block(std::size_t{1} << 20, '\0');
  std::size_t lines = 1;
  while (true) {
    auto count = reader->read(block);
    if (!count) return tl::unexpected<Error>(count.error());
    lines += static_cast<std::size_t>(std::count(block.data(), block.data() + *count, '\n'));
    if (*count < block.size()) return lines;
    if (context.stopRequested()) return cancelled();
  }
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// The Embedding Projector's pair of files, read: numbers parted by tabs, and labels in a second file. Labels
// of several columns have a heading, those of one have none; here the number of lines decides, so that a
// heading too many or too few does no harm.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/file.h"
#include "core/formats/vector_collector.h"
#include "core/formats/vector_formats.h"
#include "core/formats/vectors_row.h"

namespace lexarium {
namespace fs = std::filesystem;
namespace {

struct Pair {
  std::string_view vectors, metadata;
};
// As the Projector's manual, gensim's word2vec2tensor and TensorFlow's lessons call them.
constexpr std::array<Pair, 6> kPairs = {{{"vectors", "metadata"},
                                         {"tensors", "metadata"},
                                         {"tensor", "metadata"},
                                         {"embeddings", "metadata"},
                                         {"embedding", "metadata"},
                                         {"vecs", "meta"}}};

fs::path withStem(const fs::path& path, const std::string& stem) {
  return path.parent_path() / pathFromUtf8(stem + pathToUtf8(path.extension()));
}

std::string stemOf(const fs::path& path) { return pathToUtf8(path.stem()); }

/// `from` in the stem replaced by `to`; nothing if it is not there.
std::optional<std::string> replaced(std::string stem, std::string_view from, std::string_view to) {
  const std::size_t at = stem.rfind(from);
  if (at == std::string::npos) return std::nullopt;
  return stem.replace(at, from.size(), to);
}

/// The pairs that a name can belong to, the likeliest first.
std::vector<ProjectorFiles> possiblePairs(const fs::path& path) {
  std::vector<ProjectorFiles> pairs;
  const std::string stem = stemOf(path);
  for (const Pair& pair : kPairs) {
    if (const auto numbers = replaced(stem, pair.metadata, pair.vectors))
      pairs.push_back({withStem(path, *numbers), path});
  }
  for (const std::string_view ending : {"_metadata", "-metadata", ".metadata"}) {
    if (stem.size() > ending.size() && stem.ends_with(ending))
      pairs.push_back({withStem(path, stem.substr(0, stem.size() - ending.size())), path});
  }
  if (!pairs.empty()) return pairs;
  for (const Pair& pair : kPairs) {
    if (const auto labels = replaced(stem, pair.vectors, pair.metadata))
      pairs.push_back({path, withStem(path, *labels)});
  }
  for (const std::string_view ending : {"_metadata", "-metadata", ".metadata"})
    pairs.push_back({path, withStem(path, stem + std::string(ending))});
  pairs.push_back({path, withStem(path, "metadata")});
  return pairs;
}

bool isFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::vector<std::string_view> columnsOf(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return columns;
}

/// Does the line begin with a number, as those of the vectors do?
bool beginsWithNumber(std::string_view line) {
  const std::size_t end = std::min(line.find_first_of("\t\r\n"), line.size());
  return parseFloat(line.substr(0, end)).has_value();
}

/// Which column of the heading names the words.
std::size_t wordColumn(std::string_view heading) {
  const auto columns = columnsOf(heading);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string name(columns[i]);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    if (name == "word" || name == "token" || name == "label" || name == "name" || name == "title") return i;
  }
  return 0;
}

void skipByteOrderMark(ByteSource& source) {
  if (auto head = source.peek(3); head && *head == "\xEF\xBB\xBF") (void)source.take(3);
}

/// All lines of the labels' file, without blank ones at its end.
Expected<std::vector<std::string>> readLabels(const fs::path& path, const TaskContext& context) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected<Error>(source.error());
  skipByteOrderMark(*source);
  std::vector<std::string> lines;
  while (true) {
    auto line = source->line();
    if (!line) return tl::unexpected<Error>(line.error());
    if (!*line) break;
    lines.emplace_back(**line);
    if (!mayGoOn(*source, lines.size(), context)) return cancelled();
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (lines.empty()) return makeError("There is no word in this file", source->name());
  return lines;
}

Expected<void> parseNumbers(std::string_view line, std::span<float> values) {
  std::size_t count = 0;
  for (const std::string_view column : columnsOf(line)) {
    const auto value = parseFloat(column);
    if (!value) return makeError(inQuotes(column) + " is not a number");
    if (!std::isfinite(*value)) return makeError(inQuotes(column) + " is not a finite number");
    if (count < values.size()) values[count] = *value;
    ++count;
  }
  if (count == values.size()) return {};
  return makeError("The line has " + std::to_string(count) + " numbers, but the first has " +
                   std::to_string(values.size()));
}

/// Rows of numbers: the lines of the file but blank ones at its end.
Expected<Matrix> readNumbers(const fs::path& path, std::size_t most, const TaskContext& context) {
  const auto lines = countLines(path, context);
  if (!lines) return tl::unexpected<Error>(lines.error());
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected<Error>(source.error());
  skipByteOrderMark(*source);
  auto line = source->line();
  if (!line) return tl::unexpected<Error>(line.error());
  if (!*line) return makeError("The file is empty", source->name());
  std::vector<float> values(columnsOf(**line).size());
  // A row takes a digit and a tab or line end for each number: a second bound.
  const std::uint64_t room = source->size() / (2 * values.size()) + 1;
  const auto rows = static_cast<Eigen::Index>(std::min<std::uint64_t>({*lines, room, most + 1}));
  Matrix vectors(static_cast<Eigen::Index>(values.size()), rows);
  Eigen::Index row = 0;
  bool blank = false;
  while (*line && row < rows) {
    const std::string_view text = **line;
    if (text.empty()) {
      blank = true;
    } else if (blank) {
      return makeError("The line before is empty", source->lineBefore());
    } else {
      if (auto parsed = parseNumbers(text, values); !parsed)
        return placed(parsed.error(), source->lineBefore());
      vectors.col(row++) = Eigen::Map<const Eigen::VectorXf>(values.data(), vectors.rows()).cast<Real>();
    }
    if (!mayGoOn(*source, static_cast<std::size_t>(row), context)) return cancelled();
    line = source->line();
    if (!line) return tl::unexpected<Error>(line.error());
  }
  vectors.conservativeResize(Eigen::NoChange, row);
  return vectors;
}

}  // namespace

ProjectorFiles projectorFilesToWrite(const fs::path& path) { return possiblePairs(path).front(); }

ProjectorFiles projectorFilesToRead(const fs::path& path) {
  for (const ProjectorFiles& files : possiblePairs(path)) {
    if (isFile(files.vectors) && isFile(files.metadata)) return files;
  }
  return projectorFilesToWrite(path);
}

bool looksLikeProjector(const fs::path& path, std::string_view head) {
  const std::string extension = pathToUtf8(path.extension());
  if (extension != ".tsv" && extension != ".TSV") return false;
  if (projectorFilesToRead(path).vectors != path) return true;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (!beginsWithNumber(head)) return false;
  // A first line of numbers could be the heading of a text with tabs.
  const std::size_t end = head.find('\n');
  return end == std::string_view::npos || end + 1 == head.size() || beginsWithNumber(head.substr(end + 1));
}

Expected<NamedVectors> readProjector(const fs::path& path, const TaskContext& context) {
  const ProjectorFiles files = projectorFilesToRead(path);
  for (const fs::path& file : {files.vectors, files.metadata}) {
    if (isFile(file)) continue;
    return makeError("The file that belongs to this one, " + pathToUtf8(file.filename()) + ", is missing",
                     pathToUtf8(path.filename()),
                     "The Embedding Projector's vectors.tsv and metadata.tsv must stand in one folder");
  }
  auto labels = readLabels(files.metadata, context);
  if (!labels) return tl::unexpected<Error>(labels.error());
  auto numbers = readNumbers(files.vectors, labels->size(), context);
  if (!numbers) return tl::unexpected<Error>(numbers.error());
  const auto rows = static_cast<std::size_t>(numbers->cols());
  const bool heading = labels->size() == rows + 1;
  if (!heading && labels->size() != rows) {
    return makeError(
        "There are " +
            (rows > labels->size() ? "more than " + std::to_string(labels->size()) : std::to_string(rows)) +
            " vectors, but " + std::to_string(labels->size()) + " words in " +
            pathToUtf8(files.metadata.filename()),
        pathToUtf8(files.vectors.filename()), "One of the two files seems to be cut short");
  }
  const std::size_t column = heading ? wordColumn(labels->front()) : 0;
  VectorCollector collector(rows, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t line = row + (heading ? 1 : 0);
    const auto columns = columnsOf((*labels)[line]);
    auto added = collector.add(column < columns.size() ? columns[column] : std::string_view(), {});
    if (!added) {
      return placed(added.error(),
                    pathToUtf8(files.metadata.filename()) + ", line " + std::to_string(line + 1));
    }
  }
  NamedVectors result = collector.finish();
  result.vectors = std::move(*numbers);
  return result;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// word2vec's two formats (Mikolov et al. 2013, word2vec.c), GloVe's (Pennington et al. 2014) and the
// Embedding Projector's, written.
#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "core/base/file.h"
#include "core/formats/vector_formats.h"

namespace lexarium {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::string_view kSpaceMark = "\u2581";

bool isAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isTabOrLineEnd(char c) { return c >= '\t' && c <= '\r'; }

/// What parts a file's fields and lines, and so cannot stand in a word.
using IsSeparator = bool (*)(char);

// The words as they can stand in a file: no white space, none twice, none empty.
class WordNames {
 public:
  WordNames(const Vocabulary& vocabulary, std::size_t count, IsSeparator isSeparator)
      : vocabulary_(vocabulary), count_(count), isSeparator_(isSeparator) {}

  std::string_view operator()(TokenId id) {
    const std::string_view word = vocabulary_.word(id);
    if (!word.empty() && std::none_of(word.begin(), word.end(), isSeparator_)) return word;
    name_.clear();
    for (const char c : word) isSeparator_(c) ? name_ += kSpaceMark : name_ += c;
    while (name_.empty() || isTaken(name_)) name_ += kSpaceMark;
    made_.insert(name_);
    return name_;
  }

 private:
  bool isTaken(const std::string& name) const {
    const auto found = vocabulary_.find(name);
    return (found && *found < count_) || made_.contains(name);
  }

  const Vocabulary& vocabulary_;
  std::size_t count_;
  IsSeparator isSeparator_;
  std::unordered_set<std::string> made_;
  std::string name_;
};

void appendText(std::string& out, std::span<const float> row) {
  char number[32];
  for (const float value : row) {
    const auto end = std::to_chars(number, number + sizeof number, value).ptr;
    out += ' ';
    out.append(number, end);
  }
  out += '\n';
}

void appendBinary(std::string& out, std::span<const float> row) {
  out += ' ';
  for (const float value : row) {
    auto bits = std::bit_cast<std::uint32_t>(value);
    for (int byte = 0; byte < 4; ++byte, bits >>= 8) out += static_cast<char>(bits & 0xFF);
  }
  out += '\n';
}

void appendTabs(std::string& out, std::span<const float> row) {
  const std::size_t begin = out.size();
  appendText(out, row);
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), ' ', '\t');
  out.erase(begin, 1);
}

using AppendRow = void (*)(std::string& out, std::span<const float> row);

/// Where the words go.
enum class Names { BesideTheNumbers, Nowhere };

class Writer {
 public:
  Writer(const std::filesystem::path& path, const TaskContext& context)
      : path_(path), context_(context), phase_("Writing " + pathToUtf8(path.filename())) {}

  /// Writes a line or record a word; nothing stands at the path before commit().
  Expected<void> write(std::string header, const Vocabulary& vocabulary, const Matrix& vectors,
                       AppendRow appendRow, Names where);
  Expected<void> writeNames(const Vocabulary& vocabulary, std::size_t count);
  Expected<void> commit() { return file_->commit(); }

 private:
  Expected<void> open();
  Expected<void> putWhenLarge(std::string& out, std::size_t done, std::size_t total);
  Expected<void> putRest(const std::string& out);

  const std::filesystem::path& path_;
  const TaskContext& context_;
  std::string phase_;
  std::optional<AtomicFile> file_;
};

Expected<void> Writer::open() {
  auto file = AtomicFile::create(path_);
  if (!file) return tl::unexpected<Error>(file.error());
  file_.emplace(std::move(*file));
  return {};
}

Expected<void> Writer::putWhenLarge(std::string& out, std::size_t done, std::size_t total) {
  if (out.size() < kBlock) return {};
  if (context_.stopRequested()) return cancelled();
  context_.report(static_cast<double>(done) / static_cast<double>(total), phase_);
  auto written = file_->write(out);
  out.clear();
  return written;
}

Expected<void> Writer::putRest(const std::string& out) {
  if (auto written = file_->write(out); !written) return written;
  if (context_.stopRequested()) return cancelled();
  return {};
}

Expected<void> Writer::write(std::string out, const Vocabulary& vocabulary, const Matrix& vectors,
                             AppendRow appendRow, Names where) {
  const auto count = static_cast<std::size_t>(vectors.cols());
  assert(count <= vocabulary.size());
  if (auto opened = open(); !opened) return opened;
  WordNames names(vocabulary, count, isAsciiSpace);
  Eigen::VectorXf row;
  for (std::size_t i = 0; i < count; ++i) {
    row = vectors.col(static_cast<Eigen::Index>(i)).cast<float>();
    if (!row.allFinite()) {
      return makeError("The vector of \"" + std::string(vocabulary.word(static_cast<TokenId>(i))) +
                           "\" holds a number that is not finite",
                       pathToUtf8(path_), "Train again with a lower learning rate");
    }
    if (where == Names::BesideTheNumbers) out += names(static_cast<TokenId>(i));
    appendRow(out, std::span(row.data(), static_cast<std::size_t>(row.size())));
    if (auto put = putWhenLarge(out, i, count); !put) return put;
  }
  return putRest(out);
}

Expected<void> Writer::writeNames(const Vocabulary& vocabulary, std::size_t count) {
  if (auto opened = open(); !opened) return opened;
  WordNames names(vocabulary, count, isTabOrLineEnd);
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += names(static_cast<TokenId>(i));
    out += '\n';
    if (auto put = putWhenLarge(out, i, count); !put) return put;
  }
  return putRest(out);
}

std::string headerOf(const Matrix& vectors) {
  return std::to_string(vectors.cols()) + ' ' + std::to_string(vectors.rows()) + '\n';
}

Expected<void> writeWith(const std::filesystem::path& path, const Vocabulary& vocabulary,
                         const Matrix& vectors, const TaskContext& context, std::string header,
                         AppendRow appendRow) {
  Writer writer(path, context);
  auto written = writer.write(std::move(header), vocabulary, vectors, appendRow, Names::BesideTheNumbers);
  return written ? writer.commit() : written;
}

}  // namespace

Expected<void> writeWord2VecText(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                 const Matrix& vectors, const TaskContext& context) {
  return writeWith(path, vocabulary, vectors, context, headerOf(vectors), appendText);
}

Expected<void> writeWord2VecBinary(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                   const Matrix& vectors, const TaskContext& context) {
  return writeWith(path, vocabulary, vectors, context, headerOf(vectors), appendBinary);
}

Expected<void> writeGloveText(const std::filesystem::path& path, const Vocabulary& vocabulary,
                              const Matrix& vectors, const TaskContext& context) {
  return writeWith(path, vocabulary, vectors, context, {}, appendText);
}

// Both are written before either takes its place.
Expected<void> writeProjector(const std::filesystem::path& path, const Vocabulary& vocabulary,
                              const Matrix& vectors, const TaskContext& context) {
  const ProjectorFiles files = projectorFilesToWrite(path);
  Writer numbers(files.vectors, context);
  Writer names(files.metadata, context);
  if (auto written = numbers.write({}, vocabulary, vectors, appendTabs, Names::Nowhere); !written)
    return written;
  auto written = names.writeNames(vocabulary, static_cast<std::size_t>(vectors.cols()));
  if (!written) return written;
  if (auto committed = names.commit(); !committed) return committed;
  return numbers.commit();
}

}  // namespace lexarium

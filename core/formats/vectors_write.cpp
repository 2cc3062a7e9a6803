// SPDX-License-Identifier: GPL-3.0-or-later
// word2vec's two formats (Mikolov et al. 2013, word2vec.c), written.
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>
#include <unordered_set>

#include "core/base/file.h"
#include "core/formats/vectors.h"

namespace lexarium {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::string_view kSpaceMark = "\u2581";

bool isAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The words as they can stand in a file: no white space, none twice, none empty.
class WordNames {
 public:
  WordNames(const Vocabulary& vocabulary, std::size_t count) : vocabulary_(vocabulary), count_(count) {}

  std::string_view operator()(TokenId id) {
    const std::string_view word = vocabulary_.word(id);
    if (!word.empty() && std::none_of(word.begin(), word.end(), isAsciiSpace)) return word;
    name_.clear();
    for (const char c : word) isAsciiSpace(c) ? name_ += kSpaceMark : name_ += c;
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

using AppendRow = void (*)(std::string& out, std::span<const float> row);

Expected<void> write(const std::filesystem::path& path, const Vocabulary& vocabulary, const Matrix& vectors,
                     const TaskContext& context, AppendRow appendRow) {
  const auto count = static_cast<std::size_t>(vectors.cols());
  assert(count <= vocabulary.size());
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  const std::string phase = "Writing " + pathToUtf8(path.filename());
  std::string out = std::to_string(count) + ' ' + std::to_string(vectors.rows()) + '\n';
  WordNames names(vocabulary, count);
  Eigen::VectorXf row;
  for (std::size_t i = 0; i < count; ++i) {
    row = vectors.col(static_cast<Eigen::Index>(i)).cast<float>();
    if (!row.allFinite()) {
      return makeError("The vector of \"" + std::string(vocabulary.word(static_cast<TokenId>(i))) +
                           "\" holds a number that is not finite",
                       pathToUtf8(path), "Train again with a lower learning rate");
    }
    out += names(static_cast<TokenId>(i));
    appendRow(out, std::span(row.data(), static_cast<std::size_t>(row.size())));
    if (out.size() < kBlock) continue;
    if (context.stopRequested()) return cancelled();
    context.report(static_cast<double>(i) / static_cast<double>(count), phase);
    if (auto written = file->write(out); !written) return written;
    out.clear();
  }
  if (auto written = file->write(out); !written) return written;
  if (context.stopRequested()) return cancelled();
  return file->commit();
}

}  // namespace

Expected<void> writeWord2VecText(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                 const Matrix& vectors, const TaskContext& context) {
  return write(path, vocabulary, vectors, context, appendText);
}

Expected<void> writeWord2VecBinary(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                   const Matrix& vectors, const TaskContext& context) {
  return write(path, vocabulary, vectors, context, appendBinary);
}

}  // namespace lexarium

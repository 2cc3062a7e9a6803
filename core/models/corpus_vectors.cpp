// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/corpus_vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <vector>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/formats/vectors.h"
#include "core/text/fold_word.h"

namespace lexarium {
namespace {

constexpr Eigen::Index kNoColumn = -1;
constexpr std::size_t kFingerprintDigits = 8;

/// The column of the file for each word of the corpus. A word written just so comes before one that only
/// folds to it, and of these the first in the file.
Expected<std::vector<Eigen::Index>> columnsOf(const Vocabulary& vocabulary, const NamedVectors& file,
                                              const TaskContext& context) {
  constexpr std::size_t kBetweenReports = 1024;
  std::vector<Eigen::Index> columns(vocabulary.size(), kNoColumn);
  std::vector<bool> exact(vocabulary.size());
  for (std::size_t i = 0; i < file.words.size(); ++i) {
    if (i % kBetweenReports == 0) {
      if (context.stopRequested()) return cancelled();
      context.report(static_cast<double>(i) / static_cast<double>(file.words.size()),
                     "Looking for the words of the text");
    }
    const auto same = vocabulary.find(file.words[i]);
    const auto id = same ? same : findFolded(vocabulary, file.words[i]);
    if (!id || (columns[*id] != kNoColumn && (!same || exact[*id]))) continue;
    columns[*id] = static_cast<Eigen::Index>(i);
    exact[*id] = same.has_value();
  }
  return columns;
}

Matrix gatherColumns(const Matrix& vectors, const std::vector<Eigen::Index>& columns) {
  const auto last =
      std::find_if(columns.rbegin(), columns.rend(), [](Eigen::Index column) { return column != kNoColumn; });
  const auto words = static_cast<std::size_t>(columns.rend() - last);
  Matrix table = Matrix::Constant(vectors.rows(), static_cast<Eigen::Index>(words),
                                  std::numeric_limits<Real>::quiet_NaN());
  for (std::size_t id = 0; id < words; ++id) {
    if (columns[id] != kNoColumn) table.col(static_cast<Eigen::Index>(id)) = vectors.col(columns[id]);
  }
  return table;
}

Expected<CorpusVectors> readFor(const std::filesystem::path& path, const Corpus& corpus,
                                const TaskContext& context) {
  const auto file = readVectors(path, context);
  if (!file) return tl::unexpected<Error>(file.error());
  const auto columns = columnsOf(corpus.vocabulary(), *file, context);
  if (!columns) return tl::unexpected<Error>(columns.error());
  CorpusVectors result;
  result.wordsInFile = file->words.size();
  result.wordsFound = static_cast<std::size_t>(
      std::count_if(columns->begin(), columns->end(), [](Eigen::Index c) { return c != kNoColumn; }));
  if (result.wordsFound == 0) {
    return makeError(
        "None of the " + std::to_string(result.wordsInFile) + " words of this file stands in the open text",
        pathToUtf8(path.filename()), "Choose vectors of the language of the text");
  }
  result.table = gatherColumns(file->vectors, *columns);
  return result;
}

/// How far numbers lie from zero, over the columns that hold numbers.
double spreadOf(const Eigen::Ref<const Matrix>& columns) {
  double sum = 0;
  Eigen::Index count = 0;
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    const auto column = columns.col(i).template cast<double>();
    if (!column.allFinite()) continue;
    sum += column.squaredNorm();
    count += column.size();
  }
  return count > 0 ? std::sqrt(sum / static_cast<double>(count)) : 0;
}

}  // namespace

Expected<CorpusVectors> readCorpusVectors(const std::filesystem::path& path, const Corpus& corpus,
                                          const TaskContext& context) {
  try {
    return readFor(path, corpus, context);
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for these vectors", pathToUtf8(path.filename()));
  }
}

void addVectorParams(std::vector<ParamSpec>& specs) {
  const std::string ofWords = "tokens=words";
  specs.push_back(textParam(
      kVectorsKey, "Word vectors",
      "Word vectors that the input layer begins with, instead of random numbers; they must have as many "
      "numbers as the input layer.",
      "FILE"));
  specs.back().enabledBy = ofWords;
  specs.push_back(booleanParam(kFreezeVectorsKey, "Frozen vectors",
                               "The input vectors stay as they are while the rest learns; with a tied output "
                               "the output layer stays, too.",
                               false));
  specs.back().enabledBy = ofWords;
  specs.push_back(textParam(kVectorsFingerprintKey, "Fingerprint of the vectors",
                            "Word vectors with another fingerprint are refused; empty: all are taken.",
                            "DIGITS"));
  specs.back().enabledBy = ofWords;
  specs.back().advanced = true;
}

std::string vectorsNamed(const ParamSet& params) {
  return params.contains(kVectorsKey) ? params.getChoice(kVectorsKey) : std::string();
}

bool areVectorsFrozen(const ParamSet& params) {
  return !vectorsNamed(params).empty() && params.getBool(kFreezeVectorsKey);
}

Expected<std::string> fileFingerprint(const std::filesystem::path& path, const TaskContext& context) {
  auto file = FileReader::open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  Sha256 hash;
  std::string block(std::size_t{1} << 20, '\0');
  for (;;) {
    if (context.stopRequested()) return cancelled();
    const auto size = file->read(block);
    if (!size) return tl::unexpected<Error>(size.error());
    hash.add(std::string_view(block).substr(0, *size));
    if (*size < block.size()) return toHex(hash.finish()).substr(0, kFingerprintDigits);
  }
}

Expected<CorpusVectors> readNamedVectors(const ParamSet& params, const Corpus& corpus,
                                         const TaskContext& context) {
  const std::string named = vectorsNamed(params);
  const char* const advice = "Choose other vectors, or begin without";
  if (named.starts_with(kRunSource)) {
    return makeError("This model begins with the vectors of the run \"" +
                         named.substr(std::string_view(kRunSource).size()) + "\", which is not open here",
                     {}, advice);
  }
  const auto cannot = [&](const Error& error) -> Expected<CorpusVectors> {
    if (error.kind == Error::Kind::Cancelled) return tl::unexpected<Error>(error);
    return makeError("The word vectors that this model begins with cannot be read: " + error.what,
                     error.where.empty() ? named : error.where, advice);
  };
  const auto path = pathFromUtf8(named);
  const std::string& expected = params.getChoice(kVectorsFingerprintKey);
  if (!expected.empty()) {
    const auto found = fileFingerprint(path, context);
    if (!found) return cannot(found.error());
    if (*found != expected) {
      return cannot({"the file has the fingerprint " + *found + ", not " + expected, {}, {}});
    }
  }
  auto vectors = readCorpusVectors(path, corpus, context);
  return vectors ? std::move(vectors) : cannot(vectors.error());
}

/// Vectors come in all sizes (numbers of skip-gram are around 0.3, of GloVe around 0.4, of others unit
/// length), and what lies above the input layer is made for the numbers that are drawn there. So they get the
/// spread of those, by one factor for all, which changes no angle and no ratio of lengths (Turian, Ratinov &
/// Bengio 2010, "Word representations: a simple and general method for semi-supervised learning",
/// section 4.5: E := sigma E / stddev(E)).
Expected<void> beginWith(const Matrix& vectors, std::size_t words, Eigen::Ref<Matrix> table) {
  if (vectors.rows() != table.rows()) {
    return makeError("The word vectors have " + std::to_string(vectors.rows()) +
                         " numbers each, and the input layer of this model " + std::to_string(table.rows()),
                     {}, "Give the model as many dimensions (a Transformer: units) as the vectors have");
  }
  const Eigen::Index count = std::min(vectors.cols(), static_cast<Eigen::Index>(words));
  const double spread = spreadOf(vectors.leftCols(count));
  const double factor = spread > 0 ? spreadOf(table) / spread : 1;
  for (Eigen::Index i = 0; i < count; ++i) {
    if (vectors.col(i).allFinite()) table.col(i) = static_cast<Real>(factor) * vectors.col(i);
  }
  return {};
}

}  // namespace lexarium

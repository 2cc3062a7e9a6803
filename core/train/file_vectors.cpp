// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/file_vectors.h"

#include <algorithm>
#include <limits>
#include <new>
#include <vector>

#include "core/base/file.h"
#include "core/formats/vectors.h"
#include "core/text/fold_word.h"

namespace lexarium {
namespace {

constexpr Eigen::Index kNoColumn = -1;

std::unique_ptr<Trainer> pastRun(std::shared_ptr<const Corpus> corpus, Matrix vectors) {
  PastRun run;
  run.config.modelId = kFileModelId;
  run.status.state = RunStatus::State::Finished;
  auto table = std::make_shared<EmbeddingTable>();
  table->vectors = std::move(vectors);
  run.vectors = std::move(table);
  return Trainer::past(std::move(corpus), std::move(run));
}

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

Matrix gather(const Matrix& vectors, const std::vector<Eigen::Index>& columns) {
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

Expected<FileVectors> forCorpus(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                                const TaskContext& context) {
  const auto file = readVectors(path, context);
  if (!file) return tl::unexpected<Error>(file.error());
  const auto columns = columnsOf(corpus->vocabulary(), *file, context);
  if (!columns) return tl::unexpected<Error>(columns.error());
  FileVectors result;
  result.wordsInFile = file->words.size();
  result.wordsFound = static_cast<std::size_t>(
      std::count_if(columns->begin(), columns->end(), [](Eigen::Index c) { return c != kNoColumn; }));
  if (result.wordsFound == 0) {
    return makeError(
        "None of the " + std::to_string(result.wordsInFile) + " words of this file stands in the open text",
        pathToUtf8(path.filename()), "Choose vectors of the language of the text");
  }
  result.run = pastRun(corpus, gather(file->vectors, *columns));
  result.corpus = std::move(corpus);
  return result;
}

}  // namespace

Expected<FileVectors> loadFileVectors(const std::filesystem::path& path, const TaskContext& context) {
  auto file = readVectors(path, context);
  if (!file) return tl::unexpected<Error>(file.error());
  FileVectors result;
  result.wordsInFile = result.wordsFound = file->words.size();
  result.corpus = corpusOfWords(pathToUtf8(path.filename()), vocabularyOf(*file));
  result.run = pastRun(result.corpus, std::move(file->vectors));
  return result;
}

Expected<FileVectors> loadFileVectors(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                                      const TaskContext& context) {
  try {
    return forCorpus(path, std::move(corpus), context);
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for these vectors", pathToUtf8(path.filename()));
  }
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/file_vectors.h"

#include "core/base/file.h"
#include "core/formats/vectors.h"
#include "core/models/corpus_vectors.h"

namespace lexarium {
namespace {

std::unique_ptr<Trainer> pastRun(std::shared_ptr<const Corpus> corpus, Matrix vectors) {
  PastRun run;
  run.config.modelId = kFileModelId;
  run.status.state = RunStatus::State::Finished;
  auto table = std::make_shared<EmbeddingTable>();
  table->vectors = std::move(vectors);
  run.vectors = std::move(table);
  return Trainer::past(std::move(corpus), std::move(run));
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
  auto vectors = readCorpusVectors(path, *corpus, context);
  if (!vectors) return tl::unexpected<Error>(vectors.error());
  FileVectors result;
  result.wordsInFile = vectors->wordsInFile;
  result.wordsFound = vectors->wordsFound;
  result.run = pastRun(corpus, std::move(vectors->table));
  result.corpus = std::move(corpus);
  return result;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/start_vectors.h"

#include "core/base/file.h"
#include "core/train/fingerprint.h"

namespace lexarium {

Expected<StartVectors> startVectorsOfFile(const std::filesystem::path& path, const Corpus& corpus,
                                          const TaskContext& context) {
  auto fingerprint = fileFingerprint(path, context);
  if (!fingerprint) return tl::unexpected<Error>(fingerprint.error());
  auto read = readCorpusVectors(path, corpus, context);
  if (!read) return tl::unexpected<Error>(read.error());
  return StartVectors{pathToUtf8(path), std::move(*fingerprint),
                      std::make_shared<const Matrix>(std::move(read->table)), read->wordsInFile,
                      read->wordsFound};
}

StartVectors startVectorsOfRun(const std::string& name, std::shared_ptr<const EmbeddingTable> table) {
  const auto words = static_cast<std::size_t>(table->vectors.cols());
  return {kRunSource + name, fingerprint(table->vectors),
          std::shared_ptr<const Matrix>(table, &table->vectors), words, words};
}

const char* sizeKey(const ParamSet& params) { return params.contains("dimensions") ? "dimensions" : "units"; }

void useVectors(RunConfig& config, const StartVectors& vectors) {
  if (!config.params.contains(kVectorsKey)) return;
  config.params.set("tokens", std::string("words"));
  config.params.set(sizeKey(config.params), static_cast<std::int64_t>(vectors.table->rows()));
  config.params.set(kVectorsKey, vectors.named);
  config.params.set(kVectorsFingerprintKey, vectors.fingerprint);
  config.vectors = vectors.table;
}

void useNoVectors(RunConfig& config) {
  config.vectors.reset();
  for (const char* key : {kVectorsKey, kVectorsFingerprintKey}) {
    if (config.params.contains(key)) config.params.set(key, std::string());
  }
}

}  // namespace lexarium

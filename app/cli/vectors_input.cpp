// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/vectors_input.h"

#include <utility>

#include "app/cli/interrupt.h"
#include "app/cli/near_words.h"
#include "core/base/file.h"
#include "core/formats/vectors.h"

namespace lexarium::cli {

Expected<TokenId> LoadedVectors::find(const std::string& word) const {
  if (const auto id = vocabulary.find(word)) return *id;
  std::string similar;
  for (const TokenId id : nearSpellings(vocabulary, word, 3)) {
    similar += (similar.empty() ? "" : " or ") + ('"' + this->word(id) + '"');
  }
  return makeError(
      "The word \"" + word + "\" is not among the " + grouped(vocabulary.size()) + " words of this file", {},
      similar.empty() ? "" : "Did you mean " + similar + "?");
}

void addVectorsArgument(CLI::App& command, std::string& file) {
  command
      .add_option("VECTORS", file,
                  "File of word vectors: word2vec text or binary, GloVe text, fastText .vec, the Embedding "
                  "Projector's "
                  "vectors.tsv (told by its content).")
      ->required();
}

ParamSpec maximumWordsParam() {
  return integerParam(
      "max_words", "Most frequent words", "words",
      "Only so many words from the top of the file count as answers and as known, as in word2vec's "
      "compute-accuracy (0: all).",
      0, 0, 4'000'000'000);
}

Expected<LoadedVectors> loadVectors(const std::string& path, ProgressLine& progress) {
  InterruptibleTask task;
  auto vectors = readVectors(pathFromUtf8(path), task.context([&](double fraction, const std::string& phase) {
    progress.update(fraction, phase);
  }));
  progress.clear();
  if (!vectors) return tl::unexpected<Error>(vectors.error());
  LoadedVectors loaded;
  loaded.vocabulary = vocabularyOf(*vectors);
  loaded.table.vectors = std::move(vectors->vectors);
  loaded.norms = inverseNorms(loaded.table.vectors);
  return loaded;
}

}  // namespace lexarium::cli

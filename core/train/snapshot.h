// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/matrix.h"
#include "core/models/model_rows.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// Word vectors at one moment of a run. Immutable.
struct EmbeddingTable {
  std::uint64_t step = 0;
  Matrix vectors;  ///< [dimensions x words]; column i is the word with TokenId i
};

/// Words beyond the table have none, and vectors of a file may leave words of the text without: their
/// columns are not numbers, which no search finds and no layout is drawn to.
inline bool hasVector(const EmbeddingTable& table, TokenId id) {
  const auto column = static_cast<Eigen::Index>(id);
  return column < table.vectors.cols() && table.vectors.col(column).allFinite();
}

/// What the visible views need. Written by the window, read by the trainer.
struct Probe {
  std::size_t frameWords = 0;  ///< the map's words: ids [0, frameWords), copied for every frame
  bool allWords = false;       ///< somebody looks at neighbours: the whole table, as often as it costs little
  RowRequest rows{};           ///< single rows of both tables, for every frame
  bool model = false;          ///< the model itself, as often as it costs little
  std::vector<SampleRequest> samples{};  ///< what a language model is to say, at the pace of the snapshots
  bool operator==(const Probe&) const = default;
};

/// Picture data of one moment. Immutable; the newest replaces the one before.
struct Snapshot {
  std::uint64_t step = 0;
  double epoch = 0;
  std::shared_ptr<const EmbeddingTable> frame;  ///< at `step`; null if the probe wanted none
  std::shared_ptr<const EmbeddingTable>
      all;                                ///< the newest whole table, perhaps some steps older; may be null
  std::shared_ptr<const ModelRows> rows;  ///< at `step`; null if the probe wanted none or the run diverged
  std::shared_ptr<const TrainedModel> trained{};             ///< null: word vectors, or the probe wanted none
  std::vector<std::shared_ptr<const TextSample>> samples{};  ///< the newest of each that the probe wanted

  /// `trained`, if it is a language model; else null.
  std::shared_ptr<const SequenceModel> languageModel() const { return asLanguageModel(trained); }
};

}  // namespace lexarium

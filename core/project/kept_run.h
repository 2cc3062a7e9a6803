// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/project/kept_layout.h"
#include "core/project/project.h"
#include "core/train/trainer.h"

namespace lexarium {

/// CheckpointRecord::about of the vectors of a run that is over or pauses: one tensor "vectors"
/// [words x dimensions], to be looked at without the model. All other checkpoints are Checkpoint's tensors.
inline constexpr const char* kVectorsOnly = R"({"holds":"vectors"})";
/// The same of a language model that came from a file: SequenceModel::save(). Larger ones are not kept.
inline constexpr const char* kModelOnly = R"({"holds":"model"})";
inline constexpr std::size_t kMostKeptModelBytes = 64'000'000;
/// Can a run go on from there, or is it only to be looked at?
bool canGoOnFrom(const CheckpointRecord& checkpoint);

TensorSet vectorsToTensors(const EmbeddingTable& table);
/// Errors: there are none, or of a shape that vectors do not have.
Expected<std::shared_ptr<const EmbeddingTable>> vectorsFromTensors(const TensorSet& set, std::uint64_t step);

/// A run as a project keeps it, ready to be looked at.
struct KeptRun {
  RunRecord record;
  PastRun past;                               ///< with an empty history: readHistory() fills it
  std::vector<CheckpointRecord> checkpoints;  ///< from which it can go on, by rising step
  std::optional<KeptLayout> layout;           ///< of its map
};

/// Record, metrics and vectors. What is damaged is left out, with a sentence in `warnings`.
Expected<KeptRun> readKeptRun(const Project& project, const RunRecord& record,
                              std::vector<std::string>& warnings, const TaskContext& context = {});
/// Moments of the run into its history, until all are there or the task is cancelled. Damaged ones are left
/// out; returns how many.
Expected<std::size_t> readHistory(const Project& project, RecordId run, History& history,
                                  const TaskContext& context = {});
/// From which moment of which run to go on.
Expected<std::shared_ptr<const Checkpoint>> readRunCheckpoint(const Project& project, RecordId checkpoint);

}  // namespace lexarium

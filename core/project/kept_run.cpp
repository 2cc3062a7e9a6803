// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/kept_run.h"

#include <algorithm>

namespace lexarium {
namespace {

constexpr const char* kVectors = "vectors";

Error missing(const RunRecord& record, const Error& cause) {
  return {"A part of the run \"" + record.name + "\" cannot be read: " + cause.what, cause.where,
          "The rest of it can still be seen"};
}

/// A run that was on when the program ended can go on from its newest checkpoint.
RunStatus::State stateAfterwards(RunStatus::State state) {
  return isOver(state) ? state : RunStatus::State::Stopped;
}

RunStatus statusOf(const RunRecord& record) {
  RunStatus status;
  status.state = stateAfterwards(record.state);
  status.message = record.message;
  status.step = record.step;
  status.totalSteps = record.totalSteps;
  status.epoch = record.epoch;
  for (const char* key : {"epochs", "iterations"}) {
    if (record.config.params.contains(key))
      status.totalEpochs = static_cast<double>(record.config.params.getInt(key));
  }
  status.seconds = record.seconds;
  status.loss = record.loss;
  return status;
}

/// The newest vectors: those kept for looking, or else the last moment of the history.
Expected<std::shared_ptr<const EmbeddingTable>> readVectors(const Project& project, RecordId run,
                                                            std::vector<CheckpointRecord>& checkpoints) {
  const auto vectors = std::find_if(checkpoints.rbegin(), checkpoints.rend(),
                                    [](const auto& record) { return record.about == kVectorsOnly; });
  if (vectors != checkpoints.rend()) {
    const auto set = project.readCheckpoint(vectors->id);
    if (!set) return tl::unexpected<Error>(set.error());
    return vectorsFromTensors(*set, vectors->step);
  }
  const auto frames = project.frames(run);
  if (!frames) return tl::unexpected<Error>(frames.error());
  if (frames->empty()) return nullptr;
  const auto bytes = project.readFrame(frames->back().id);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const auto frame = historyFrameFrom(*bytes);
  if (!frame) return tl::unexpected<Error>(frame.error());
  auto table = std::make_shared<EmbeddingTable>();
  (*frame)->decode(*table);
  return table;
}

/// But for word vectors: the model of its last moment, or else that of its newest checkpoint; or a model that
/// came from a file.
Expected<std::shared_ptr<const TrainedModel>> readModel(const Project& project, const RunRecord& record,
                                                        const std::vector<CheckpointRecord>& checkpoints) {
  const auto only = std::find_if(checkpoints.begin(), checkpoints.end(),
                                 [](const auto& checkpoint) { return checkpoint.about == kModelOnly; });
  if (only != checkpoints.end()) {
    const auto set = project.readCheckpoint(only->id);
    if (!set) return tl::unexpected<Error>(set.error());
    return loadTrainedModel(*set);
  }
  const ModelInfo* info = findModel(record.config.modelId);
  if (!info || info->kind == ModelInfo::Kind::Embedding) return nullptr;
  const auto frames = project.frames(record.id);
  if (!frames) return tl::unexpected<Error>(frames.error());
  if (!frames->empty()) {
    const auto bytes = project.readFrame(frames->back().id);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    const auto frame = historyFrameFrom(*bytes);
    if (!frame) return tl::unexpected<Error>(frame.error());
    if ((*frame)->sequence.model) return (*frame)->sequence.model;
  }
  const auto newest = std::find_if(checkpoints.rbegin(), checkpoints.rend(), canGoOnFrom);
  if (newest == checkpoints.rend()) return nullptr;
  const auto set = project.readCheckpoint(newest->id);
  if (!set) return tl::unexpected<Error>(set.error());
  return loadTrainedModel(*set);
}

}  // namespace

bool canGoOnFrom(const CheckpointRecord& checkpoint) {
  return checkpoint.about != kVectorsOnly && checkpoint.about != kModelOnly;
}

TensorSet vectorsToTensors(const EmbeddingTable& table) {
  TensorSet set;
  set.tensors[kVectors] = makeTensor<Real>(
      {table.vectors.data(), static_cast<std::size_t>(table.vectors.size())},
      {static_cast<std::uint64_t>(table.vectors.cols()), static_cast<std::uint64_t>(table.vectors.rows())});
  return set;
}

Expected<std::shared_ptr<const EmbeddingTable>> vectorsFromTensors(const TensorSet& set, std::uint64_t step) {
  const auto found = set.tensors.find(kVectors);
  if (found == set.tensors.end() || found->second.shape.size() != 2)
    return makeError("There are no vectors in it");
  const auto& shape = found->second.shape;
  auto table = std::make_shared<EmbeddingTable>();
  table->step = step;
  if (found->second.bytes.size() / sizeof(Real) != shape[0] * shape[1])
    return makeError("The vectors are not of the shape that they declare");
  table->vectors.resize(static_cast<Eigen::Index>(shape[1]), static_cast<Eigen::Index>(shape[0]));
  const auto read = readTensor<Real>(
      set, kVectors, shape, {table->vectors.data(), static_cast<std::size_t>(table->vectors.size())});
  if (!read) return tl::unexpected<Error>(read.error());
  return table;
}

Expected<KeptRun> readKeptRun(const Project& project, const RunRecord& record,
                              std::vector<std::string>& warnings, const TaskContext& context) {
  KeptRun kept;
  kept.record = record;
  kept.past.config = record.config;
  kept.past.status = statusOf(record);
  kept.past.history = std::make_shared<History>();
  const auto take = [&](auto result, auto& value) {
    if (result) {
      value = std::move(*result);
    } else {
      warnings.push_back(missing(record, result.error()).message());
    }
  };
  take(project.metrics(record.id), kept.past.points);
  take(project.flags(record.id), kept.past.flags);
  take(project.checkpoints(record.id), kept.checkpoints);
  if (context.stopRequested()) return cancelled();
  take(readVectors(project, record.id, kept.checkpoints), kept.past.vectors);
  take(readModel(project, record, kept.checkpoints), kept.past.model);
  take(readKeptLayout(project, record.id), kept.layout);
  std::erase_if(kept.checkpoints, [](const auto& checkpoint) { return !canGoOnFrom(checkpoint); });
  if (!kept.past.points.empty()) kept.past.status.learningRate = kept.past.points.back().learningRate;
  return kept;
}

Expected<std::size_t> readHistory(const Project& project, RecordId run, History& history,
                                  const TaskContext& context) {
  const auto records = project.frames(run);
  if (!records) return tl::unexpected<Error>(records.error());
  std::size_t damaged = 0;
  for (const FrameRecord& record : *records) {
    if (context.stopRequested()) return cancelled();
    const auto bytes = project.readFrame(record.id);
    if (!bytes) {
      ++damaged;
      continue;
    }
    const auto frame = historyFrameFrom(*bytes);
    frame ? history.add(*frame) : void(++damaged);
  }
  return damaged;
}

Expected<std::shared_ptr<const Checkpoint>> readRunCheckpoint(const Project& project, RecordId id) {
  auto set = project.readCheckpoint(id);
  if (!set) return tl::unexpected<Error>(set.error());
  auto checkpoint = checkpointFrom(std::move(*set));
  if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
  return std::make_shared<const Checkpoint>(std::move(*checkpoint));
}

}  // namespace lexarium

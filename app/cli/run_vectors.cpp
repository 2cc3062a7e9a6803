// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_vectors.h"

#include <algorithm>
#include <vector>

#include "app/cli/interrupt.h"
#include "core/project/kept_run.h"
#include "core/train/history_frame.h"

namespace lexarium::cli {
namespace {

struct Candidate {
  RunVectors::Source source;
  RecordId id;
  std::uint64_t step;
};

Expected<std::vector<Candidate>> candidatesOf(const Project& project, RecordId run) {
  const auto checkpoints = project.checkpoints(run);
  if (!checkpoints) return tl::unexpected<Error>(checkpoints.error());
  const auto frames = project.frames(run);
  if (!frames) return tl::unexpected<Error>(frames.error());
  std::vector<Candidate> candidates;
  for (const auto& kept : *checkpoints) {
    if (kept.about == kModelOnly) continue;
    const auto source =
        kept.about == kVectorsOnly ? RunVectors::Source::Vectors : RunVectors::Source::Checkpoint;
    candidates.push_back({source, kept.id, kept.step});
  }
  for (const auto& frame : *frames) candidates.push_back({RunVectors::Source::Moment, frame.id, frame.step});
  return candidates;
}

/// A learner that stands at the checkpoint tells its vectors.
Expected<std::shared_ptr<const EmbeddingTable>> revived(const Project& project, RecordId checkpoint,
                                                        std::shared_ptr<const Corpus> corpus) {
  auto from = readRunCheckpoint(project, checkpoint);
  if (!from) return tl::unexpected<Error>(from.error());
  auto trainer = Trainer::resumed(std::move(corpus), *from);
  if (!trainer) return tl::unexpected<Error>(trainer.error());
  const auto stands = [](const RunStatus& status) {
    return status.state == RunStatus::State::Paused || isOver(status.state);
  };
  (*trainer)->startPaused();
  while (!(*trainer)->waitFor(stands, 0.1))
    if (interrupted()) return cancelled();
  const auto snapshot = (*trainer)->snapshot();
  if (!snapshot || !snapshot->all) return makeError((*trainer)->status().message);
  return snapshot->all;
}

Expected<std::shared_ptr<const EmbeddingTable>> tableOf(const Project& project, const Candidate& candidate,
                                                        std::shared_ptr<const Corpus> corpus) {
  if (candidate.source == RunVectors::Source::Checkpoint)
    return revived(project, candidate.id, std::move(corpus));
  if (candidate.source == RunVectors::Source::Vectors) {
    const auto set = project.readCheckpoint(candidate.id);
    if (!set) return tl::unexpected<Error>(set.error());
    return vectorsFromTensors(*set, candidate.step);
  }
  const auto bytes = project.readFrame(candidate.id);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const auto frame = historyFrameFrom(*bytes);
  if (!frame) return tl::unexpected<Error>(frame.error());
  auto table = std::make_shared<EmbeddingTable>();
  (*frame)->decode(*table);
  return table;
}

}  // namespace

const char* sourceName(RunVectors::Source source) {
  switch (source) {
    case RunVectors::Source::Vectors:
      return "vectors";
    case RunVectors::Source::Checkpoint:
      return "checkpoint";
    case RunVectors::Source::Moment:
      break;
  }
  return "moment";
}

Expected<RunVectors> vectorsOfRun(const Project& project, const RunRecord& run,
                                  std::shared_ptr<const Corpus> corpus, std::optional<std::uint64_t> step) {
  const auto candidates = candidatesOf(project, run.id);
  if (!candidates) return tl::unexpected<Error>(candidates.error());
  if (candidates->empty()) {
    return makeError("No vectors of the run \"" + run.name + "\" are kept", {},
                     "Choose another run with --run NAME");
  }
  const std::uint64_t wanted = step.value_or(run.step);
  const auto distance = [&](const Candidate& candidate) {
    return candidate.step > wanted ? candidate.step - wanted : wanted - candidate.step;
  };
  const auto nearest =
      std::min_element(candidates->begin(), candidates->end(), [&](const Candidate& a, const Candidate& b) {
        return std::pair(distance(a), a.source) < std::pair(distance(b), b.source);
      });
  auto table = tableOf(project, *nearest, std::move(corpus));
  if (!table) return tl::unexpected<Error>(table.error());
  return RunVectors{*table, nearest->source};
}

}  // namespace lexarium::cli

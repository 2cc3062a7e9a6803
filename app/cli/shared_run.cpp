// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/shared_run.h"

#include <filesystem>

#include "app/cli/interrupt.h"
#include "app/cli/project_input.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/trained_model.h"
#include "core/project/kept_run.h"
#include "core/train/checkpoint_file.h"

namespace lexarium::cli {
namespace {

Error namedAfter(Error error, const std::filesystem::path& path) {
  const std::string name = pathToUtf8(path.filename());
  if (!error.where.starts_with(name)) error.where = error.where.empty() ? name : name + ", " + error.where;
  return error;
}

/// A run of which a checkpoint is the result, if it has read the text as often as it should.
RunStatus statusOf(const Checkpoint& checkpoint) {
  RunStatus status;
  const auto& params = checkpoint.config.params;
  const bool isWhole =
      params.contains("epochs") && checkpoint.epoch + 1e-6 >= static_cast<double>(params.getInt("epochs"));
  status.state = isWhole ? RunStatus::State::Finished : RunStatus::State::Stopped;
  status.step = checkpoint.step;
  status.epoch = checkpoint.epoch;
  status.seconds = checkpoint.seconds;
  status.loss = checkpoint.loss;
  return status;
}

std::string titleOf(const std::filesystem::path& path) { return pathToUtf8(path.stem()); }

}  // namespace

bool isModelFile(const std::string& file) {
  const auto path = pathFromUtf8(file);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  const auto set = readSafetensors(path);
  return set && !kindOf(*set).empty();
}

Expected<SharedRun> sharedFromModelFile(const std::string& file) {
  const auto path = pathFromUtf8(file);
  const auto set = readSafetensors(path);
  if (!set) return tl::unexpected<Error>(set.error());
  const auto model = loadTrainedModel(*set);
  if (!model) return tl::unexpected<Error>(namedAfter(model.error(), path));
  SharedRun shared;
  shared.model = (*model)->save();
  shared.card.title = titleOf(path);
  shared.snapshot.trained = *model;
  if (const auto kept = readCheckpointFile(path)) {
    shared.points = kept->before.points;
    shared.card = cardOf(titleOf(path), kept->checkpoint.config, statusOf(kept->checkpoint), shared.points,
                         nullptr, &shared.snapshot);
  }
  return shared;
}

Expected<SharedRun> sharedFromProject(const Project& project, const std::string& run,
                                      ProgressLine& progress) {
  const auto runs = runsNamed(project, run);
  if (!runs) return tl::unexpected<Error>(runs.error());
  InterruptibleTask task;
  const auto context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  auto corpus = project.readCorpus(runs->front().corpus, context);
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  std::vector<std::string> warnings;
  const auto kept = readKeptRun(project, runs->front(), warnings, context);
  progress.clear();
  for (const std::string& warning : warnings) progress.note(warning);
  if (!kept) return tl::unexpected<Error>(kept.error());
  SharedRun shared;
  shared.corpus = *corpus;
  shared.points = kept->past.points;
  shared.snapshot.step = kept->past.status.step;
  shared.snapshot.all = kept->past.vectors;
  shared.snapshot.trained = kept->past.model;
  auto model = resultOf(&shared.snapshot, shared.corpus.get());
  if (!model)
    return makeError("No vectors and no model of the run \"" + kept->record.name + "\" are kept", {},
                     "Choose another run with --run NAME");
  shared.model = std::move(*model);
  shared.card = cardOf(kept->record.name, kept->past.config, kept->past.status, shared.points,
                       shared.corpus.get(), &shared.snapshot);
  addTextHash(shared.card, shared.corpus.get());
  return shared;
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resume_source.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/project/kept_run.h"
#include "core/train/checkpoint_file.h"

namespace lexarium::cli {
namespace {

constexpr std::string_view kDatabaseMagic = "SQLite format 3";

bool isProject(const std::filesystem::path& path) {
  auto reader = FileReader::open(path);
  if (!reader) return false;
  std::string begin(kDatabaseMagic.size(), '\0');
  const auto size = reader->read(begin);
  return size && *size == begin.size() && begin == kDatabaseMagic;
}

std::string namesOf(const std::vector<RunRecord>& runs) {
  std::string names;
  for (const auto& run : runs) names += (names.empty() ? "" : ", ") + run.name;
  return names;
}

/// The newest of the run's; null if it has none from which it can go on.
Expected<std::shared_ptr<const Checkpoint>> newestCheckpoint(const Project& project, RecordId run) {
  auto records = project.checkpoints(run);
  if (!records) return tl::unexpected<Error>(records.error());
  std::erase_if(*records, [](const CheckpointRecord& record) { return record.about == kVectorsOnly; });
  if (records->empty()) return nullptr;
  return readRunCheckpoint(project, records->back().id);
}

Expected<MetricHistory> logOf(const Project& project, RecordId run) {
  auto points = project.metrics(run);
  if (!points) return tl::unexpected<Error>(points.error());
  auto flags = project.flags(run);
  if (!flags) return tl::unexpected<Error>(flags.error());
  return MetricHistory{std::move(*points), std::move(*flags)};
}

Expected<ResumeSource> fromProject(const std::filesystem::path& path, const std::string& name) {
  auto project = Project::open(path, Project::Mode::ReadOnly);
  if (!project) return tl::unexpected<Error>(project.error());
  auto runs = project->runs();
  if (!runs) return tl::unexpected<Error>(runs.error());
  const std::string file = pathToUtf8(path.filename());
  const std::string all = namesOf(*runs);
  std::erase_if(*runs, [&](const RunRecord& run) { return !name.empty() && run.name != name; });
  if (runs->empty()) {
    return makeError(name.empty() ? "There is no run in this project" : "There is no run \"" + name + "\"",
                     file, all.empty() ? "Train in it first" : "Choose one of: " + all);
  }
  std::stable_sort(runs->begin(), runs->end(),
                   [](const RunRecord& a, const RunRecord& b) { return a.created > b.created; });
  for (const RunRecord& run : *runs) {
    auto checkpoint = newestCheckpoint(*project, run.id);
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    if (!*checkpoint) continue;
    auto log = logOf(*project, run.id);
    if (!log) return tl::unexpected<Error>(log.error());
    ResumeSource source;
    source.checkpoint = std::move(*checkpoint);
    source.before = std::move(*log);
    source.corpus = run.corpus;
    source.project = std::make_shared<Project>(std::move(*project));
    return source;
  }
  return makeError("No run of this project has a checkpoint to go on from", file,
                   "Pause a run in the window, which makes one");
}

}  // namespace

Expected<ResumeSource> readResumeSource(const std::string& path, const std::string& run) {
  const auto file = pathFromUtf8(path);
  if (isProject(file)) return fromProject(file, run);
  if (!run.empty()) return makeError("Only a project has several runs", path, "Leave out --run");
  auto checkpoint = readCheckpointFile(file);
  if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
  ResumeSource source;
  source.checkpoint = std::make_shared<const Checkpoint>(std::move(checkpoint->checkpoint));
  source.before = std::move(checkpoint->before);
  source.segmentation = checkpoint->segmentation;
  return source;
}

}  // namespace lexarium::cli

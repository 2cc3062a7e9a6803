// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resume_source.h"

#include "app/cli/project_input.h"
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

Expected<ResumeSource> fromProject(const std::filesystem::path& path, const std::string& name) {
  auto project = Project::open(path, Project::Mode::ReadOnly);
  if (!project) return tl::unexpected<Error>(project.error());
  const auto runs = runsNamed(*project, name);
  if (!runs) return tl::unexpected<Error>(runs.error());
  for (const RunRecord& run : *runs) {
    const auto records = checkpointsOf(*project, run.id);
    if (!records) return tl::unexpected<Error>(records.error());
    if (records->empty()) continue;
    auto checkpoint = readRunCheckpoint(*project, records->back().id);
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    auto log = logUntil(*project, run.id, (*checkpoint)->step);
    if (!log) return tl::unexpected<Error>(log.error());
    ResumeSource source;
    source.checkpoint = std::move(*checkpoint);
    source.before = std::move(*log);
    source.corpus = run.corpus;
    source.project = std::make_shared<Project>(std::move(*project));
    return source;
  }
  return makeError("No run of this project has a checkpoint to go on from", pathToUtf8(path.filename()),
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

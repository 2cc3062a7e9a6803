// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_input.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/project/kept_run.h"

namespace lexarium::cli {
namespace {

std::string namesOf(const std::vector<RunRecord>& runs) {
  std::string names;
  for (const auto& run : runs) names += (names.empty() ? "" : ", ") + run.name;
  return names;
}

}  // namespace

Expected<Project> openToRead(const std::string& path, ProgressLine& progress) {
  auto project = Project::open(pathFromUtf8(path), Project::Mode::ReadOnly);
  if (!project) return project;
  for (const auto& warning : project->warnings()) progress.note("Note: " + warning);
  return project;
}

Expected<std::vector<RunRecord>> runsNamed(const Project& project, const std::string& name) {
  auto runs = project.runs();
  if (!runs) return runs;
  const std::string all = namesOf(*runs);
  std::erase_if(*runs, [&](const RunRecord& run) { return !name.empty() && run.name != name; });
  if (runs->empty()) {
    return makeError(name.empty() ? "There is no run in this project" : "There is no run \"" + name + "\"",
                     pathToUtf8(project.path().filename()),
                     all.empty() ? "Train in it first" : "Choose one of: " + all);
  }
  std::stable_sort(runs->begin(), runs->end(),
                   [](const RunRecord& a, const RunRecord& b) { return a.created > b.created; });
  return runs;
}

Expected<std::vector<CheckpointRecord>> checkpointsOf(const Project& project, RecordId run) {
  auto records = project.checkpoints(run);
  if (records) std::erase_if(*records, [](const CheckpointRecord& record) { return !canGoOnFrom(record); });
  return records;
}

Expected<MetricHistory> logUntil(const Project& project, RecordId run, std::uint64_t step) {
  auto points = project.metrics(run);
  if (!points) return tl::unexpected<Error>(points.error());
  auto flags = project.flags(run);
  if (!flags) return tl::unexpected<Error>(flags.error());
  const auto later = [step](const auto& entry) { return entry.step > step; };
  std::erase_if(*points, later);
  std::erase_if(*flags, later);
  return MetricHistory{std::move(*points), std::move(*flags)};
}

}  // namespace lexarium::cli

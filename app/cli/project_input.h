// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/project/project.h"
#include "core/train/checkpoint.h"

namespace lexarium::cli {

/// Opens a project that is only read; what it warns of goes to the progress line.
Expected<Project> openToRead(const std::string& path, ProgressLine& progress);

/// The runs of that name (empty: all), the newest first. Errors: there is none.
Expected<std::vector<RunRecord>> runsNamed(const Project& project, const std::string& name);

/// The run's checkpoints from which it can go on, by rising step.
Expected<std::vector<CheckpointRecord>> checkpointsOf(const Project& project, RecordId run);

/// What was logged up to that step.
Expected<MetricHistory> logUntil(const Project& project, RecordId run, std::uint64_t step);

}  // namespace lexarium::cli

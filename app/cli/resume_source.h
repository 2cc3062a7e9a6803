// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/text/segment.h"
#include "core/train/checkpoint.h"

namespace lexarium::cli {

/// Where a run goes on: one of its checkpoints with what was logged before.
struct ResumeSource {
  std::shared_ptr<const Checkpoint> checkpoint;
  MetricHistory before;
  std::optional<SegmentOptions> segmentation;  ///< how the text was cut; a project has it with the text
  std::shared_ptr<Project> project;            ///< that it comes from; null: from a file of its own
  RecordId corpus = 0;                         ///< in the project
};

/// From a file that `train --checkpoint` has written, or from a project: then the newest checkpoint of the
/// run of that name (empty: of the newest run that has one), which is only read. Errors: those of reading;
/// there is no such run, or none that can go on.
Expected<ResumeSource> readResumeSource(const std::string& path, const std::string& run);

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/expected.h"
#include "core/text/segment.h"
#include "core/train/checkpoint.h"

namespace lexarium {

/// A run as one file that goes on elsewhere, with the same text.
struct CheckpointFile {
  Checkpoint checkpoint;
  std::optional<SegmentOptions> segmentation;  ///< how the text was cut
  MetricHistory before;                        ///< what was logged so far
};

/// safetensors, written atomically.
Expected<void> writeCheckpointFile(const std::filesystem::path& path, CheckpointFile file);
/// Errors: those of safetensors and of checkpointFrom(), with the file's name.
Expected<CheckpointFile> readCheckpointFile(const std::filesystem::path& path);

}  // namespace lexarium

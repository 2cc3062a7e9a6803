// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/formats/tensor.h"
#include "core/train/loss_watch.h"
#include "core/train/metric_log.h"
#include "core/train/run_config.h"

namespace lexarium {

/// Values of live parameters, by key.
using LiveValues = std::map<std::string, ParamValue, std::less<>>;

/// A run between two of its steps: with the text, all that is needed to go on from there. Immutable once
/// shared.
struct Checkpoint {
  RunConfig config;  ///< as the run began
  std::uint64_t step = 0;
  double epoch = 0;
  double seconds = 0;       ///< of training
  double loss = 0;          ///< of the newest report
  double learningRate = 0;  ///< likewise
  LiveValues live;          ///< as they were then
  LossWatch lossWatch;
  TensorSet learner;  ///< Learner::saveState()
};

/// As tensors with names and JSON as metadata, for a file or a project; and back. Errors: it is no
/// checkpoint, it is from a newer version, something is missing or has no meaning. Whether the learner's
/// state fits, Learner::restoreState() tells.
TensorSet toTensors(Checkpoint checkpoint);
Expected<Checkpoint> checkpointFrom(TensorSet tensors);

/// What was logged of a run: from a project, or for a run that goes on.
struct MetricHistory {
  std::vector<MetricPoint> points;
  std::vector<MetricFlag> flags;
};

}  // namespace lexarium

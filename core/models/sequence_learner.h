// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "core/models/learner.h"
#include "core/models/sequence_net.h"

namespace lexarium {

/// What differs between the networks in their forms.
struct SequenceParams {
  bool hasDimensions = true;  ///< length of input vectors apart from the units
  bool looksBack = false;     ///< "window": MLP
  bool attends = false;       ///< heads, positions
  double learningRate = 2e-3;
  std::int64_t context = 64;  ///< length of the pieces that it learns from
};
std::vector<ParamSpec> sequenceParams(const SequenceParams& wants);
NetShape netShapeOf(const std::string& kind, const ParamSet& params, std::size_t vocabulary);

std::unique_ptr<Learner> createSequenceLearner(const std::string& kind, std::shared_ptr<const Corpus> corpus,
                                               const ParamSet& params, const Execution& execution);

// The models, as the registry lists them.
ModelInfo mlpModel();
ModelInfo rnnModel();
ModelInfo lstmModel();
ModelInfo gruModel();
ModelInfo transformerModel();

}  // namespace lexarium

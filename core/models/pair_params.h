// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/param_spec.h"
#include "core/models/pair_learner.h"

namespace lexarium {

/// All that form and command line need to know of encoder-decoders.
std::vector<ParamSpec> pairParams();
PairConfig pairConfigOf(const ParamSet& params, const Execution& execution);
ModelInfo encoderDecoderModel();

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/param_spec.h"
#include "core/models/story_learner.h"

namespace lexarium {

/// All that form and command line need to know of memory networks.
std::vector<ParamSpec> storyParams();
StoryConfig storyConfigOf(const ParamSet& params, const Execution& execution);
ModelInfo memoryNetworkModel();

}  // namespace lexarium

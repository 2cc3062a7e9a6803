// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/param_spec.h"
#include "core/models/text_classifier_learner.h"

namespace lexarium {

/// All that form and command line need to know of classifiers of texts.
std::vector<ParamSpec> classifierParams();
/// Vectors to begin with are no parameter: they are the caller's.
ClassifierConfig classifierConfigOf(const ParamSet& params, const Execution& execution);

}  // namespace lexarium

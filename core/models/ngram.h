// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/models/learner.h"

namespace lexarium {

inline constexpr const char* kNgram = "ngram";

ModelInfo ngramModel();
/// What its save() wrote.
Expected<std::shared_ptr<const SequenceModel>> loadNgram(const TensorSet& saved);

}  // namespace lexarium

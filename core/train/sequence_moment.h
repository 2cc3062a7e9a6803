// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// What is kept of a model, but for word vectors, at one moment of its run.
struct SequenceMoment {
  std::shared_ptr<const TrainedModel> model;                 ///< may be null
  std::vector<std::shared_ptr<const TextSample>> samples{};  ///< what a language model said
};

/// As the bytes of a safetensors file; and back. Errors: it is none, something in it has no meaning.
Expected<std::vector<std::byte>> toBytes(const SequenceMoment& moment);
Expected<SequenceMoment> sequenceMomentFrom(std::span<const std::byte> bytes);

}  // namespace lexarium

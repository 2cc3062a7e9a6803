// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/expected.h"
#include "core/formats/tensor.h"
#include "core/text/corpus_image.h"

namespace lexarium {

/// A corpus as a project keeps it: lists as tensors, the rest as JSON in the metadata.
TensorSet toTensors(const Corpus& corpus);
/// Errors: what is missing or does not fit together. Takes the set, so that nothing is held twice for long.
Expected<CorpusImage> imageFromTensors(TensorSet&& set);

}  // namespace lexarium

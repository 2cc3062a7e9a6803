// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/matrix.h"
#include "core/models/trained_model.h"
#include "core/train/snapshot.h"

namespace lexarium {

/// Eight digits that tell results apart: the beginning of the SHA-256 of the vectors [dimensions x words]
/// with their size. Equal for equal bits and no others, but for one chance in four thousand million. A run in
/// reproducible mode has the same one wherever the same program is run; a program built for another kind of
/// processor may round otherwise.
std::string fingerprint(const Matrix& vectors);
/// The same of any other model: of all that it would be saved with.
std::string fingerprint(const TrainedModel& model);
/// Of all that a run with this model has learned: of the model itself, or of word vectors. Empty: it is not
/// there.
std::string fingerprint(const Snapshot& snapshot, std::string_view modelId);

}  // namespace lexarium

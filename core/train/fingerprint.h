// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/matrix.h"
#include "core/models/trained_model.h"

namespace lexarium {

/// Eight digits that tell results apart: the beginning of the SHA-256 of the vectors [dimensions x words]
/// with their size. Equal for equal bits and no others, but for one chance in four thousand million. A run in
/// reproducible mode has the same one wherever the same program is run; a program built for another kind of
/// processor may round otherwise.
std::string fingerprint(const Matrix& vectors);
/// The same of any other model: of all that it would be saved with.
std::string fingerprint(const TrainedModel& model);

}  // namespace lexarium

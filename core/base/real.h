// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexarium {

/// The number type of all models: float in the product. The tests build core once more with
/// LEXARIUM_REAL_DOUBLE to compare gradients with central differences.
#ifdef LEXARIUM_REAL_DOUBLE
using Real = double;
#else
using Real = float;
#endif

}  // namespace lexarium

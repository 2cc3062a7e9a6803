// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/projection.h"

namespace lexarium {

/// The registry's line for PCA. Exact from the first call; called again it follows at the price of some
/// passes over the points. Nothing to iterate: advance() is always false. Points that are not finite stand at
/// the origin.
ProjectionInfo pcaInfo();

}  // namespace lexarium

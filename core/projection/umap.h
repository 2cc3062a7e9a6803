// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/projection.h"

namespace lexarium {

/// The registry's line for UMAP.
ProjectionInfo umapInfo();

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/learner.h"

namespace lexarium {

ModelInfo gloveModel();

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/project/database.h"

namespace lexarium {

/// Copies what can be read of a damaged project, and is what was stored, into an empty database: rows whose
/// seal holds, contents whose sum is right, and no row whose content or owner is missing.
Expected<void> rescueInto(const Database& damaged, Database& target, const TaskContext& context);

}  // namespace lexarium

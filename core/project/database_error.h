// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/expected.h"

struct sqlite3;

namespace lexarium {

/// What went wrong last on this connection, in a sentence for a person. `where` is the file's name.
Error databaseError(sqlite3* connection, const std::string& name);

}  // namespace lexarium

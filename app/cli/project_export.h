// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>

#include "app/cli/commands.h"

namespace lexarium::cli {

/// `project export`: a part of a project as a file of its own.
void addProjectExport(CLI::App& project, Action& action);

}  // namespace lexarium::cli

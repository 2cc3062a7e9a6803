// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/project/project.h"

namespace lexarium::cli {

/// What is in a project: its size and format, its texts, its runs with the counts of their moments and
/// checkpoints, and how much else a person has kept. For people, and as JSON. Errors: those of reading.
Expected<std::string> projectText(const Project& project);
Expected<nlohmann::ordered_json> projectJson(const Project& project);

/// A table of the runs: where each stands, then the parameters in which they differ; below it those that are
/// the same for all.
Expected<std::string> runsText(const Project& project);
/// An array with an object a run, as in projectJson().
Expected<nlohmann::ordered_json> runsJson(const Project& project);

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace lexarium::test {

/// All texts of core that the window shows through coreText(): what the registries say of models, parameters,
/// samples and projections, and the phases that long work reports, read from core's sources. Core has no Qt,
/// so lupdate cannot find them by itself.
std::set<std::string> coreTexts(const std::filesystem::path& sourceFolder);

}  // namespace lexarium::test

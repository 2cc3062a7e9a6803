// SPDX-License-Identifier: GPL-3.0-or-later
// A small project with a bit of everything, for the tests that open, damage and repair it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace lexarium::test {

/// What a person would look at, as text: two projects with the same text hold the same.
std::string describe(const Project& project);

std::shared_ptr<const Corpus> someCorpus();
TensorSet someState(std::uint64_t step);
std::vector<MetricPoint> somePoints(std::uint64_t firstStep, std::size_t count);
Bytes someBytes(std::size_t size, std::uint64_t seed);

/// Two runs (one forked), metrics, flags, checkpoints, frames, a layout, a selection, a bookmark, a note and
/// a state. Aborts if it cannot be made.
void fillProject(Project& project);
/// A file with that project; the folder must exist.
void writeSomeProject(const std::filesystem::path& path);

std::string readAll(const std::filesystem::path& path);
void writeAll(const std::filesystem::path& path, const std::string& bytes);

}  // namespace lexarium::test

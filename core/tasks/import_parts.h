// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/tasks/import.h"

// Internal to core/tasks.

namespace lexarium {

/// The line at `at` without its end ("\n", "\r\n" or "\r"); moves `at` behind it.
std::string_view takeLine(std::string_view text, std::size_t& at);
/// Without white space (ASCII) at its ends.
std::string_view trimmed(std::string_view text);
/// Counts a row that was left out; the first ones are kept with their reason.
void skip(ImportReport& report, std::uint64_t line, std::string why);

/// Roles of the columns as far as options do not say them, and whether the first row is one of names.
void findRoles(const Table& table, ImportOptions& options);
/// The rows as examples by their roles.
TaskData examplesFrom(const Table& table, ImportReport& report);

}  // namespace lexarium

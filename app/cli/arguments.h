// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexarium::cli {

/// The arguments after the program's name, as UTF-8 on every system.
std::vector<std::string> argumentsAsUtf8(int argc, char** argv);

/// The value of "--flag VALUE" or "--flag=VALUE" among the arguments, the last one; empty if there is none.
/// For what must be known before the flags are: a model has its own.
std::string valueAskedFor(std::span<const std::string> arguments, std::string_view flag);

/// Lets the console show UTF-8 (Windows; elsewhere it does).
void useUtf8Console();

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace lexarium::cli {

/// The arguments after the program's name, as UTF-8 on every system.
std::vector<std::string> argumentsAsUtf8(int argc, char** argv);

/// Lets the console show UTF-8 (Windows; elsewhere it does).
void useUtf8Console();

}  // namespace lexarium::cli

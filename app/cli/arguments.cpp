// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#ifdef _WIN32
#include <windows.h>
// after windows.h
#include <shellapi.h>

#include <filesystem>

#include "core/base/file.h"
#endif

namespace lexarium::cli {

std::vector<std::string> argumentsAsUtf8(int argc, char** argv) {
#ifdef _WIN32
  // argv is in the system's code page, which cannot hold every file name.
  (void)argv;
  std::vector<std::string> arguments;
  wchar_t** wide = CommandLineToArgvW(GetCommandLineW(), &argc);
  for (int i = 1; wide && i < argc; ++i) arguments.push_back(pathToUtf8(std::filesystem::path(wide[i])));
  LocalFree(wide);
  return arguments;
#else
  return {argv + (argc > 0 ? 1 : 0), argv + argc};
#endif
}

std::string valueAskedFor(std::span<const std::string> arguments, std::string_view flag) {
  std::string value;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == flag && i + 1 < arguments.size()) value = arguments[i + 1];
    if (argument.starts_with(flag) && argument.substr(flag.size()).starts_with('=')) {
      value = argument.substr(flag.size() + 1);
    }
  }
  return value;
}

void useUtf8Console() {
#ifdef _WIN32
  SetConsoleOutputCP(CP_UTF8);
#endif
}

}  // namespace lexarium::cli

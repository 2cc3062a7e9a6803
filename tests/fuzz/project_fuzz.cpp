// SPDX-License-Identifier: GPL-3.0-or-later
// A whole project with bytes changed: refused, or opened with what is still as it was stored; never a crash.
// The input is a list of changes, four bytes each: place (three bytes, from the lowest) and new value; a
// place beyond the end cuts the file there.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/some_project.h"

namespace {

using namespace lexarium;
namespace fs = std::filesystem;

void require(bool condition) {
  if (!condition) std::abort();
}

std::multiset<std::string> linesOf(const std::string& text) {
  std::multiset<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

/// The project that is changed, and what is in it.
struct Whole {
  fs::path path = fs::temp_directory_path() / ("lexarium_fuzz_" + std::to_string(getpid()) + ".lexarium");
  std::string bytes;
  std::multiset<std::string> lines;

  Whole() {
    fs::remove(path);
    test::writeSomeProject(path);
    bytes = test::readAll(path);
    lines = linesOf(test::describe(*Project::open(path)));
  }
};

std::string changed(std::string bytes, const std::uint8_t* data, std::size_t size) {
  for (std::size_t i = 0; i + 4 <= size; i += 4) {
    const std::size_t place =
        data[i] | static_cast<std::size_t>(data[i + 1]) << 8 | static_cast<std::size_t>(data[i + 2]) << 16;
    if (place < bytes.size()) {
      bytes[place] = static_cast<char>(data[i + 3]);
    } else {
      bytes.resize(place % (bytes.size() + 1));
    }
  }
  return bytes;
}

void checkLines(const Project& project, const std::multiset<std::string>& lines) {
  for (const std::string& line : linesOf(test::describe(project))) {
    const bool some = project.isDamaged() && (line.starts_with("points ") || line == "window none");
    require(some || line.find(" missing") != std::string::npos || lines.contains(line));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Whole whole;
  const std::string bytes = changed(whole.bytes, data, size);
  test::writeAll(whole.path, bytes);
  {
    auto project = Project::open(whole.path);
    if (!project) {
      require(!project.error().what.empty());
    } else {
      checkLines(*project, whole.lines);
      require(project->verify().has_value());
    }
  }
  require(test::readAll(whole.path) == bytes);
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/expected.h"

namespace lexarium {

/// Says that this program has a project file open. Needed because locks of POSIX systems belong to the
/// program: a second opening in the same one would not be refused, and its end would unlock the first.
class OpenFileClaim {
 public:
  /// Errors: the file (whatever it is called) is claimed already.
  static Expected<OpenFileClaim> claim(const std::filesystem::path& path);

 private:
  explicit OpenFileClaim(std::shared_ptr<const std::filesystem::path> path) : path_(std::move(path)) {}
  std::shared_ptr<const std::filesystem::path> path_;
};

}  // namespace lexarium

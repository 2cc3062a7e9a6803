// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/open_files.h"

#include <mutex>
#include <vector>

#include "core/base/file.h"

namespace lexarium {
namespace {

struct Claims {
  std::mutex mutex;
  std::vector<std::weak_ptr<const std::filesystem::path>> paths;
};

Claims& claims() {
  static Claims all;
  return all;
}

}  // namespace

Expected<OpenFileClaim> OpenFileClaim::claim(const std::filesystem::path& path) {
  Claims& all = claims();
  const std::lock_guard lock(all.mutex);
  std::erase_if(all.paths, [](const auto& claimed) { return claimed.expired(); });
  for (const auto& weak : all.paths) {
    const auto claimed = weak.lock();
    std::error_code ignored;  // one of them is gone: not the same
    if (claimed && std::filesystem::equivalent(*claimed, path, ignored)) {
      return makeError("The project is open already", pathToUtf8(path.filename()), "Close it there first");
    }
  }
  std::error_code ignored;
  auto absolute = std::make_shared<const std::filesystem::path>(std::filesystem::absolute(path, ignored));
  all.paths.push_back(absolute);
  return OpenFileClaim(std::move(absolute));
}

}  // namespace lexarium

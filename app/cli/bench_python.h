// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/projection/projection.h"

namespace lexarium::cli {

/// The first python3 (Debian's, then that of the PATH) that has a module; nullopt if none has.
std::optional<std::string> pythonWith(const std::string& module);
/// Runs a script on one thread and returns the lines "name number" that it prints. Writes into `folder`.
/// Errors: it failed (`what` names it); interrupted.
Expected<std::map<std::string, double>> runPython(const std::string& python, const std::string& script,
                                                  const std::vector<std::string>& arguments,
                                                  const std::filesystem::path& folder,
                                                  const std::string& what);

/// scikit-learn and umap-learn as installed on this machine, to compare with.
class PythonPeers {
 public:
  /// The first python3 (Debian's, then that of the PATH) that has scikit-learn; nullopt if none has. `points`
  /// are handed over in a file in `folder`.
  static std::optional<PythonPeers> find(const Matrix& points, const std::filesystem::path& folder);

  bool hasUmap() const { return hasUmap_; }

  struct Result {
    std::map<std::string, double> figures;  ///< "seconds", "iteration"
    Layout layout;                          ///< [2 x n], or empty
  };
  /// task: "neighbours", "tsne", "umap" or "kmeans". Errors: it failed; interrupted.
  Expected<Result> run(const std::string& task) const;

 private:
  std::string python_;
  std::filesystem::path folder_;
  Eigen::Index points_ = 0;
  bool hasUmap_ = false;
};

}  // namespace lexarium::cli

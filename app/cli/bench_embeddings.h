// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"

namespace lexarium::cli {

/// One measured figure, beside the same figure of another program where there is one.
struct BenchRow {
  std::string name;
  double value = 0;  ///< median of the repetitions
  std::string unit;
  std::size_t threads = 1;
  std::string peer;  ///< empty: none
  double peerValue = 0;
  bool lessIsMore = false;  ///< a time or an error
  /// Larger is better for us.
  double ratio() const {
    if (lessIsMore) return value > 0 ? peerValue / value : 0;
    return peerValue > 0 ? value / peerValue : 0;
  }
};

struct BenchRequest {
  std::string corpus;  ///< empty: a built-in sample, several times over
  std::uint64_t megabytes = 4;
  std::size_t repetitions = 3;
  std::size_t threads = 1;  ///< each model is measured on one thread and on so many
};

/// Reads the first megabytes of the corpus and trains each model with the published defaults (100 dimensions,
/// window 5, 5 negatives, subsampling 1e-3, minimum count 5), on one thread and on several, in turn with
/// Debian's fasttext on the same tokens if it is installed. What several threads gain stands beside what they
/// gain in a loop that needs nothing but registers. `onRow` is called for each row when it is measured,
/// `onProgress` before each measurement.
Expected<std::vector<BenchRow>> benchEmbeddings(const BenchRequest& request,
                                                const std::function<void(const std::string&)>& onProgress,
                                                const std::function<void(const BenchRow&)>& onRow);

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/thread_pool.h"

namespace lexarium {

struct KMeansOptions {
  Eigen::Index clusters = 8;
  std::uint64_t seed = 1;
  bool cosine = false;  ///< by angle: points and centres are brought to length 1 (spherical k-means)
  int restarts = 1;     ///< the best of so many beginnings
  int rounds = 100;     ///< at most, in each
  /// [dimensions x clusters], to begin from; then clusters keep their numbers, as colours must while a map
  /// follows training. Empty: from the data.
  Matrix initialCentres;
};

struct KMeansResult {
  std::vector<std::int32_t> cluster;  ///< [n]
  std::vector<std::int64_t> sizes;    ///< [clusters]
  Matrix centres;                     ///< [dimensions x clusters]
  double inertia = 0;                 ///< sum of squared distances to the centres (cosine: of 2 - 2 cos)
  int rounds = 0;
};

/// Lloyd's algorithm (1982) from centres that k-means++ draws (Arthur & Vassilvitskii 2007, some candidates a
/// draw, the best kept); for cosine Dhillon & Modha 2001. Clusters are numbered by falling size. No cluster
/// is empty: there are fewer than asked for where there are fewer different points. Points that are not
/// finite (cosine: or zero) are put into the cluster that the mean (cosine: the origin) falls into, and move
/// no centre. The same on any number of threads. Errors: cancelled.
Expected<KMeansResult> kMeans(const Matrix& points, const KMeansOptions& options, ThreadPool& pool,
                              const TaskContext& context = {});

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_pair.h"

#include <algorithm>
#include <cmath>

#include "core/base/thread_pool.h"

namespace lexarium {

namespace {

constexpr std::size_t kNeighbours = 10;

Expected<Layout> layoutOf(const Matrix& vectors, const TaskContext& context) {
  const auto projection = findProjection("pca")->create({}, 0);
  if (auto done = projection->start(vectors, {}, context); !done) return tl::unexpected<Error>(done.error());
  return projection->layout();
}

/// Root mean square distance from the middle.
float extent(const Layout& layout) {
  const Eigen::Vector2f mean = layout.rowwise().mean();
  return std::sqrt((layout.colwise() - mean).colwise().squaredNorm().mean());
}

}  // namespace

Expected<MapPair> makeMapPair(const EmbeddingTable& first, const EmbeddingTable& second, const Corpus& corpus,
                              std::size_t words, const std::stop_token& stop) {
  const auto count = static_cast<Eigen::Index>(
      std::min({words, static_cast<std::size_t>(first.vectors.cols()),
                static_cast<std::size_t>(second.vectors.cols()), corpus.vocabulary().size()}));
  const Matrix a = first.vectors.leftCols(count), b = second.vectors.leftCols(count);
  TaskContext context;
  context.stop = stop;
  ThreadPool pool(hardwareThreads(), ThreadPool::Priority::Low);
  ComparisonOptions options;
  options.neighbours = kNeighbours;
  options.words = static_cast<std::size_t>(count);
  const auto compared =
      compareEmbeddings({a, corpus.vocabulary()}, {b, corpus.vocabulary()}, options, pool, context);
  if (!compared) return tl::unexpected<Error>(compared.error());
  MapPair pair;
  pair.neighbours = compared->neighbours;
  pair.common.assign(static_cast<std::size_t>(count), 0);
  pair.hidden.assign(static_cast<std::size_t>(count), 1);
  Eigen::VectorXf weights = Eigen::VectorXf::Zero(count);
  for (const auto& word : compared->words) {
    pair.common[word.first] = static_cast<std::uint8_t>(std::min(word.common, 255u));
    pair.hidden[word.first] = 0;
    weights(static_cast<Eigen::Index>(word.first)) =
        1 + static_cast<float>(word.common);  // who agrees, leads
  }
  for (const std::size_t place : compared->mostChanged(compared->words.size()))
    pair.mostChanged.push_back(static_cast<std::uint32_t>(compared->words[place].first));
  auto left = layoutOf(a, context), right = layoutOf(b, context);
  if (!left) return tl::unexpected<Error>(left.error());
  if (!right) return tl::unexpected<Error>(right.error());
  pair.first = std::move(*left);
  const float size = extent(*right);
  if (size > 0) *right *= extent(pair.first) / size;
  pair.second = alignTo(*right, pair.first, weights);
  return pair;
}

}  // namespace lexarium

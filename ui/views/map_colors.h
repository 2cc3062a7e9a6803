// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/matrix.h"
#include "core/train/snapshot.h"
#include "ui/look/theme.h"
#include "ui/session/latest_job.h"

namespace lexarium {

/// Colours from rare to frequent, from still to moving, that stand out from the theme's surface.
std::vector<QColor> scalePalette(const Theme& theme);
inline constexpr int kScaleBins = 32;
/// The index of each word into that palette, by the logarithm of its count, between the rarest and the most
/// frequent one. counts: falling.
std::vector<std::uint8_t> frequencyBins(std::span<const std::uint64_t> counts);

/// Groups the words by the direction of their vectors (k-means in the full space), off the GUI thread. A
/// group keeps its number while a model trains; then it is brought up to date as often as that costs little.
class MapClusters : public QObject {
  Q_OBJECT

 public:
  explicit MapClusters(QObject* parent = nullptr);

  static constexpr std::size_t kClusters = 8;  ///< as many as the theme has categories

  /// The first `words` columns of the table.
  void follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training);
  void reset();
  /// Stops what runs; the groups stay.
  void suspend();
  /// The group of each word; empty before the first result.
  const std::vector<std::uint8_t>& groups() const { return groups_; }

 Q_SIGNALS:
  void changed();

 private:
  struct Result {
    std::vector<std::uint8_t> groups;
    Matrix centres;
    double seconds = 0;
  };
  void wake();

  std::shared_ptr<const EmbeddingTable> table_, groupedTable_;
  std::size_t words_ = 0, groupedWords_ = 0;
  bool training_ = false;
  Matrix centres_;
  std::vector<std::uint8_t> groups_;
  QTimer timer_;
  LatestJob job_;
};

}  // namespace lexarium

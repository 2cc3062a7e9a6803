// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lexarium {

/// Where the words on the map go, as plain values: no painting, no Qt objects.
struct LabelPlacement {
  std::size_t index = 0;  ///< of the point
  int slot = 0;           ///< 0 right of the point, 1 left, 2 above, 3 below
  QRectF rect;            ///< pixels
  bool pinned = false;
  bool operator==(const LabelPlacement&) const = default;
};

struct LabelRequest {
  QSizeF viewport;                          ///< pixels; labels lie wholly inside
  std::span<const QPointF> anchors;         ///< pixels
  std::span<const std::uint32_t> order{};   ///< point by importance; empty: as they come (frequency rank)
  std::span<const std::uint8_t> hidden{};   ///< hidden[i] != 0: no label; may be empty
  std::span<const std::size_t> pinned{};    ///< come before all others (selected words)
  std::span<const QRectF> taken{};          ///< where something else stands: no label
  std::span<const LabelPlacement> shown{};  ///< of the frame before: they keep their place where they can
  std::function<QSizeF(std::size_t)> size;  ///< of the text of point i
  QSizeF smallest{8, 8};                    ///< no text is smaller; spares measuring where nothing fits
  double gap = 4;                           ///< between the middle of a point and its text
  QSizeF padding{10, 4};                    ///< free room that a label asks for when it appears
  std::size_t maximum = 150;                ///< labels
  std::size_t budget = 4000;                ///< points to try
  bool onlyShown = false;  ///< moves what is shown, at its side of the point, and adds nothing: some
                           ///< microseconds, for the frames between two choices
};

/// Greedy by importance over an occupancy grid. No two labels overlap. Steady from frame to frame: a label
/// that is shown keeps its side, needs no padding, and gives way only to words that are more than twice as
/// high in rank. `shown` is to be in the order of an answer of before.
std::vector<LabelPlacement> layoutLabels(const LabelRequest& request);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/projection/projection.h"
#include "ui/plot/label_layout.h"
#include "ui/plot/plane_view.h"
#include "ui/plot/scatter_trails.h"

namespace lexarium {

/// Everything that the picture of the points is made of: plain values, no Qt objects. Point i is word i.
struct ScatterScene {
  Layout points;
  PlaneView view;
  std::function<QString(std::size_t)> text;  ///< of the label of point i
  std::vector<QColor> palette;               ///< at most 256
  std::vector<std::uint8_t> colors;          ///< palette index per point; empty: all 0
  std::vector<std::uint8_t> hidden;          ///< 1: not drawn, not hit; empty: none
  std::vector<std::size_t> selected;         ///< in the order of selection
  std::vector<std::size_t> matched;          ///< found by the search
  std::vector<std::uint32_t> labelOrder;     ///< who gets a label first; empty: in order of the index
  std::vector<Trail> trails;                 ///< where some points have been
  bool labels = true;

  std::size_t count() const { return static_cast<std::size_t>(points.cols()); }
  /// Something stands out, so everything else goes grey.
  bool hasHighlight() const { return !selected.empty() || !matched.empty(); }
};

/// Diameter of a point: `large` (the theme's) for up to 3,000 points, less for more, so that they do not melt
/// into one another.
double pointDiameter(std::size_t count, double large);

/// Whether the point with this mark array is drawn.
inline bool isShown(const ScatterScene& scene, std::size_t i) {
  return i < scene.count() && (i >= scene.hidden.size() || scene.hidden[i] == 0);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <span>
#include <vector>

#include "ui/look/theme.h"
#include "ui/plot/label_cache.h"
#include "ui/plot/scatter_scene.h"
#include "ui/plot/sprites.h"

namespace lexarium {

/// Draws a ScatterScene: points as sprites added straight to an image (on screen) or as circles (export),
/// words above them. The axes must show scene.view.
class ScatterPlottable : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  ScatterPlottable(QCPAxis* x, QCPAxis* y, const ScatterScene& scene);

  void setTheme(const Theme& theme);
  /// Other words behind the points: forget their pictures and places.
  void resetLabels();
  /// Labels of the last replot.
  const std::vector<LabelPlacement>& labels() const { return labels_; }

  double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  void updateSprites(double pixelRatio);
  void computeAnchors();
  void drawSprites(QPainter& painter, const QRect& area);
  void drawCircles(QPainter& painter, const QRect& area);
  void drawLabels(QPainter& painter, const QRect& area, bool asText);
  QColor colorOf(std::size_t index, bool muted) const;

  const ScatterScene& scene_;
  Theme theme_;
  LabelCache cache_;
  std::vector<Sprite> sprites_;  // one a palette colour
  Sprite muted_, matched_, selected_;
  double spriteRatio_ = 0, spriteDiameter_ = 0;  // what the sprites were made for
  QImage image_;
  std::vector<QPointF> anchors_;
  std::vector<LabelPlacement> labels_;
};

}  // namespace lexarium

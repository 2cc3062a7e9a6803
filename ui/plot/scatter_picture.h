// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <QRect>
#include <QString>
#include <vector>

#include "ui/look/theme.h"
#include "ui/plot/scatter_labels.h"
#include "ui/plot/scatter_scene.h"
#include "ui/plot/sprites.h"

namespace lexarium {

/// A view that shows all points with their words.
PlaneView fittedView(const ScatterScene& scene, const QSizeF& area, const Theme& theme);

/// The picture of a ScatterScene in an image of its own: points as sprites added straight to the pixels,
/// words above them, a light grid below, the titles of the axes around. A frame of 2,000 points takes a few
/// tenths of a millisecond, because it touches each pixel of the plot area once and nothing else; what does
/// not move is drawn only when it changes.
class ScatterPicture {
 public:
  void setTheme(const Theme& theme);
  /// Where the points go in a picture of this size.
  static QRect areaOf(const QSize& size, const Theme& theme);
  /// size: of the whole picture, area: of the points inside it, both in the widget's pixels.
  void setFrame(const QSize& size, const QRect& area, double pixelRatio);
  /// Returns whether they are others than before.
  bool setTitles(const QString& x, const QString& y);
  bool setFingerprint(const QString& text);
  /// Other words behind the points: forgets their pictures and places.
  void resetLabels();

  /// Draws the scene, whose view must be as large as the area. labelsAnew: looks for the words that have room
  /// now; otherwise the shown ones go with their points.
  void draw(const ScatterScene& scene, bool labelsAnew);
  /// Where something will be drawn above the points, in pixels of the area: labels stay away from there.
  void setTaken(const QRectF& taken) { taken_ = taken; }
  /// Opaque. As of the last draw().
  const QImage& image() const { return image_; }
  const std::vector<LabelPlacement>& labels() const { return labels_.placed(); }

  /// The same as shapes and text, for export.
  void drawShapes(QPainter& painter, const ScatterScene& scene);

 private:
  void drawFrame(QPainter& painter) const;
  void clearArea(const PlaneView& view);
  void drawSprites(const ScatterScene& scene);
  void updateSprites(const ScatterScene& scene);
  void computeAnchors(const ScatterScene& scene);
  void drawTrails(QPainter& painter, const ScatterScene& scene) const;
  void drawCircles(QPainter& painter, const ScatterScene& scene) const;

  Theme theme_;
  QSize size_{1, 1};
  QRect area_{0, 0, 1, 1};
  double ratio_ = 1;
  QString titleX_, titleY_, fingerprint_;
  QImage image_;
  bool frameDrawn_ = false;  // what lies around the area

  ScatterLabels labels_;
  QRectF taken_;
  std::vector<QPointF> anchors_;  // pixels of the area
  std::vector<Sprite> sprites_;   // one a palette colour
  std::vector<QColor> spritePalette_;
  Sprite muted_, matched_, selected_;
  double spriteDiameter_ = 0;  // that the sprites were made for; 0: none are
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <functional>

#include "ui/look/theme.h"

namespace lexarium {

/// QCustomPlot as all our plots use it: no OpenGL, fast polylines, soft refresh, and no interaction of its
/// own (mouse events go to the widget that owns it). Only files of ui/plot include this header.
class Canvas : public QCustomPlot {
  Q_OBJECT

 public:
  explicit Canvas(QWidget* parent);

  /// Colours, fonts and grid of the axes.
  void setTheme(const Theme& theme);
  /// Draws everything, or one buffered layer, before the next painting. A plot without a pixel is not drawn:
  /// it is when it gets a size.
  void redraw();
  void redrawLayer(const QString& name);
  /// Milliseconds spent in replots and painting since the last call.
  double takeCost();
  /// Draws the whole plot as shapes and text on another device, at the widget's size.
  void paintOn(QPaintDevice& device);

 Q_SIGNALS:
  void painted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  double cost_ = 0;
  double replotStart_ = 0;
};

/// Something drawn by a function, on a layer of a Canvas: the hover ring, a rubber band, a small legend.
class DrawnLayerable : public QCPLayerable {
  Q_OBJECT

 public:
  DrawnLayerable(QCustomPlot* plot, const QString& layer, std::function<void(QCPPainter&)> draw);

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
  void draw(QCPPainter* painter) override { draw_(*painter); }

 private:
  std::function<void(QCPPainter&)> draw_;
};

/// A box with a bold first line and plain others beside `place`, inside `bounds`: what a hover shows.
void drawTooltip(QPainter& painter, const Theme& theme, const QPointF& place, const QRectF& bounds,
                 const QString& title, const QStringList& lines);
/// Text with a halo of `halo` around it, so that it reads above points and lines; `place` is the left end of
/// its base line.
void drawHaloText(QPainter& painter, const QPointF& place, const QString& text, const QColor& color,
                  const QColor& halo);

}  // namespace lexarium

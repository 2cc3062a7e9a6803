// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <vector>

#include "ui/look/theme.h"
#include "ui/plot/curve_scene.h"

namespace lexarium {

/// Draws all curves of a scene: raw values faint, smoothed ones bold, flags at the top, and each curve's name
/// at its end, in the margin right of the plot.
class CurvePlottable : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  CurvePlottable(QCPAxis* x, QCPAxis* y, const CurveScene& scene);

  void setTheme(const Theme& theme) { theme_ = theme; }
  /// Pixels that the names need right of the plot; 0 if they stand in it, because it is narrow.
  int nameWidth() const;

  double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override;

 protected:
  QRect clipRect() const override;
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  std::vector<QPointF> pixels(const Curve& curve, const MinMaxPyramid& values) const;
  void drawLine(QCPPainter& painter, const std::vector<QPointF>& line) const;
  void drawFlags(QCPPainter& painter) const;
  void drawForks(QCPPainter& painter) const;
  void drawNames(QCPPainter& painter) const;
  bool namesInside() const;

  const CurveScene& scene_;
  Theme theme_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "ui/look/theme.h"
#include "ui/plot/curve_scene.h"

namespace lexarium {

class Canvas;
class CurvePlottable;

/// A point of a curve under the cursor.
struct CurvePoint {
  int curve = 0;          ///< Curve::id
  std::size_t index = 0;  ///< into its series
  bool operator==(const CurvePoint&) const = default;
};

/// Curves of several runs with box zoom, wheel zoom and hover. Each axis follows the data until the user has
/// zoomed it; then his range stays until fit().
class CurvePlot : public QWidget {
  Q_OBJECT

 public:
  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;

  void setTheme(const Theme& theme);
  void setCurves(std::vector<Curve> curves);
  /// The series behind the curves have grown or changed.
  void updateData();
  void setXKind(CurveX kind);
  void setLogarithmic(bool x, bool y);
  void setAxisTitles(const QString& x, const QString& y);
  /// In the corner, with a tooltip that says what it is; empty: none.
  void setFingerprint(const QString& text);
  const QString& fingerprint() const { return fingerprint_; }
  /// A line across the plot at a step of that curve; 0: none.
  void setMarkedStep(int curve, std::uint64_t step);
  /// Lines of the tooltip below the curve's name.
  void setTooltip(std::function<QStringList(const CurvePoint&)> lines);

  const CurveScene& scene() const { return scene_; }
  QRectF plotArea() const;
  /// The point of the curve that is nearest to the place, by the horizontal axis first; none if there is no
  /// curve.
  std::optional<CurvePoint> pointAt(const QPointF& widgetPlace) const;
  /// Where the smoothed value of a point is drawn.
  QPointF pixelOf(const CurvePoint& point) const;

  /// Shows everything, and follows the data from now on.
  void fit();
  bool isFollowing() const { return followX_ && followY_; }
  /// The user's ranges, for saved state.
  void setRanges(const std::optional<AxisMap>& x, const std::optional<AxisMap>& y);
  bool followsX() const { return followX_; }
  bool followsY() const { return followY_; }

  void paintOn(QPaintDevice& device);
  double takeCost();

 Q_SIGNALS:
  void clicked(const lexarium::CurvePoint& point);
  void menuRequested(const QPoint& globalPlace);

 protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  enum class Drag { None, Pressed, Box, Pan };

  void applyLayout();
  void applyFit();
  void applyAxes();
  void zoom(const QPointF& place, double factor, bool x, bool y);
  void pan(const QPointF& delta);
  QRectF boxOf(const QPointF& to) const;
  void replot();
  void replotOverlay();
  void drawOverlay(QPainter& painter);
  const Curve* find(int id) const;

  Canvas* canvas_;
  CurvePlottable* plottable_;
  CurveScene scene_;
  Theme theme_;
  QString fingerprint_, yTitle_;
  bool followX_ = true, followY_ = true;
  std::function<QStringList(const CurvePoint&)> tooltip_;
  Drag drag_ = Drag::None;
  QPointF press_, last_;
  std::optional<CurvePoint> hovered_;
  bool exporting_ = false;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QPolygonF>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "ui/look/theme.h"
#include "ui/plot/point_grid.h"
#include "ui/plot/scatter_legend.h"
#include "ui/plot/scatter_picture.h"

namespace lexarium {

/// A map of points in the plane that can be panned, zoomed, hovered, clicked and lassoed. It reports what the
/// user does by the index of the point; what is selected or hovered is told to it from outside.
class ScatterPlot : public QWidget {
  Q_OBJECT

 public:
  explicit ScatterPlot(QWidget* parent = nullptr);
  ~ScatterPlot() override;

  void setTheme(const Theme& theme);
  /// What the points are: words and colours. Forgets positions, selection and view.
  void setWords(std::function<QString(std::size_t)> text);
  void setColors(std::vector<QColor> palette, std::vector<std::uint8_t> colors);
  /// Where the points are now. seconds: since the frame before; the view follows the data until the user has
  /// moved it. 0: the view fits at once.
  void setPoints(const Layout& points, double seconds);
  void setHidden(std::vector<std::uint8_t> hidden);
  void setSelected(std::vector<std::size_t> indices);
  void setMatched(std::vector<std::size_t> indices);
  /// Where points have been; each is drawn up to where its point is now. The trail of the hovered one comes
  /// and goes with the pointer.
  void setTrails(std::vector<Trail> trails);
  void setHoverTrail(std::optional<Trail> trail);
  /// The ring around a point and what its tooltip says; none: no point is hovered.
  void setHovered(std::optional<std::size_t> index, const QString& title = {}, const QStringList& lines = {});
  /// In the corner, with a tooltip that says what it is; empty: none.
  void setFingerprint(const QString& text);
  const QString& fingerprint() const { return fingerprint_; }
  void setAxisTitles(const QString& x, const QString& y);
  /// A strip of colours with the texts of its ends; an empty title hides it.
  void setLegend(const QString& title, const QString& low, const QString& high);
  void setLabelsShown(bool shown);
  /// Which points get a label first: a permutation of all points (of another size: as they come).
  void setLabelOrder(std::vector<std::uint32_t> order);

  const ScatterScene& scene() const { return scene_; }
  const ScatterLegend& legend() const { return legend_; }
  /// As they were drawn last.
  const std::vector<LabelPlacement>& labels() const { return picture_.labels(); }
  /// The rectangle of the points in this widget's coordinates; scene().view counts pixels from its corner.
  QRectF plotArea() const;
  /// Where point i is drawn, in this widget's coordinates.
  QPointF pixelOf(std::size_t index) const;
  std::optional<std::size_t> pointAt(const QPointF& widgetPlace) const;

  /// Shows everything, and follows the data from now on.
  void fit();
  bool isFollowing() const { return following_; }
  /// Whether a view that follows has arrived where the data is.
  bool isViewSettled() const;
  /// The user's view, kept until fit(). For saved state.
  void setView(double centerX, double centerY, double unitsPerPixel);
  /// Pans as little as needed to have the point in the picture.
  void reveal(std::size_t index);

  /// Draws the picture as shapes and text, at this widget's size.
  void paintOn(QPaintDevice& device);
  void paintWith(QPainter& painter);

  /// Labels are chosen anew at most this often while points or view move, and at once when words, colours or
  /// the selection change.
  static constexpr int kLabelIntervalMs = 250;

 Q_SIGNALS:
  void hovered(std::optional<std::size_t> index);
  /// additive: Ctrl was held. No index: a click beside all points.
  void clicked(std::optional<std::size_t> index, bool additive);
  void lassoed(const std::vector<std::size_t>& indices, bool additive);
  /// By the person, or because fit() was asked for.
  void viewMoved();
  void escapePressed();
  void menuRequested(const QPoint& globalPlace);
  void drawn();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  enum class Drag { None, Pressed, Pan, Lasso };

  void arrange();
  void setUserView(const PlaneView& view);
  PlaneView fitted() const;
  void redraw(bool labelsAnew);
  void hoverUnderPointer();
  void drawOverlay(QPainter& painter);
  bool hasLegend() const { return legend_.isShown() && scene_.count() > 0; }
  void arrangePicture();
  void endLasso(bool additive);
  QPointF inArea(const QPointF& widgetPlace) const;

  ScatterPicture picture_;
  bool pictureStale_ = true, labelsStale_ = true;
  QElapsedTimer sinceLabels_;
  QTimer labelTimer_;  // when all has come to rest, labels are chosen once more
  ScatterScene scene_;
  Theme theme_;
  QRect area_{0, 0, 1, 1};
  bool following_ = true;

  mutable std::optional<PointGrid> grid_;  // of scene_.points; made when somebody asks

  Drag drag_ = Drag::None;
  QPointF press_, last_;
  std::optional<QPointF> pointer_;  // where the mouse is, while it is here
  QPolygonF lasso_;                 // widget pixels
  std::optional<std::size_t> hovered_, reported_;
  QString hoverTitle_;
  QStringList hoverLines_;
  QString fingerprint_;
  std::optional<Trail> hoverTrail_;
  ScatterLegend legend_;
};

}  // namespace lexarium

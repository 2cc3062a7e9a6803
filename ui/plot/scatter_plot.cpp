// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_plot.h"

#include <QPaintEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/plot/canvas.h"

namespace lexarium {

namespace {

constexpr double kHitRadius = 8;        // pixels beyond which a click is beside a point
constexpr double kRevealMargin = 0.15;  // share of the picture that a revealed point keeps from the edge

}  // namespace

ScatterPlot::ScatterPlot(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  // The picture covers all of the widget: nothing below it needs to be painted.
  setAttribute(Qt::WA_OpaquePaintEvent);
  labelTimer_.setSingleShot(true);
  labelTimer_.setInterval(kLabelIntervalMs);
  connect(&labelTimer_, &QTimer::timeout, this, [this] { redraw(true); });
}

ScatterPlot::~ScatterPlot() = default;

void ScatterPlot::setTheme(const Theme& theme) {
  theme_ = theme;
  picture_.setTheme(theme);
  legend_.setTheme(theme);
  arrange();
}

void ScatterPlot::setWords(std::function<QString(std::size_t)> text) {
  const PlaneView view = scene_.view;
  const bool labels = scene_.labels;
  scene_ = {};
  scene_.view = view;
  scene_.labels = labels;
  scene_.text = std::move(text);
  following_ = true;
  hovered_ = reported_ = std::nullopt;
  hoverTrail_.reset();
  grid_.reset();
  picture_.resetLabels();
  redraw(true);
}

void ScatterPlot::setColors(std::vector<QColor> palette, std::vector<std::uint8_t> colors) {
  legend_.setPalette(palette);
  scene_.palette = std::move(palette);
  scene_.colors = std::move(colors);
  redraw(false);
}

void ScatterPlot::setPoints(const Layout& points, double seconds) {
  const bool sameWords = points.cols() == scene_.points.cols();
  scene_.points = points;
  grid_.reset();
  if (following_) scene_.view = seconds > 0 ? followedView(scene_.view, fitted(), seconds) : fitted();
  redraw(!sameWords || seconds <= 0);
}

void ScatterPlot::setHidden(std::vector<std::uint8_t> hidden) {
  if (hidden == scene_.hidden) return;
  scene_.hidden = std::move(hidden);
  grid_.reset();
  fit();
}

void ScatterPlot::setSelected(std::vector<std::size_t> indices) {
  if (indices == scene_.selected) return;
  scene_.selected = std::move(indices);
  redraw(true);
}

void ScatterPlot::setMatched(std::vector<std::size_t> indices) {
  if (indices == scene_.matched) return;
  scene_.matched = std::move(indices);
  redraw(true);
}

void ScatterPlot::setTrails(std::vector<Trail> trails) {
  if (trails.empty() && scene_.trails.empty()) return;
  scene_.trails = std::move(trails);
  redraw(false);
}

void ScatterPlot::setHoverTrail(std::optional<Trail> trail) {
  if (!trail && !hoverTrail_) return;
  hoverTrail_ = std::move(trail);
  update(area_);
}

void ScatterPlot::setHovered(std::optional<std::size_t> index, const QString& title,
                             const QStringList& lines) {
  if (index && !isShown(scene_, *index)) index.reset();
  if (!index && !hovered_) return;
  hovered_ = index;
  hoverTitle_ = title;
  hoverLines_ = lines;
  update();
}

void ScatterPlot::setFingerprint(const QString& text) {
  fingerprint_ = text;
  if (!picture_.setFingerprint(text)) return;
  pictureStale_ = true;
  update();
}

void ScatterPlot::setAxisTitles(const QString& x, const QString& y) {
  if (!picture_.setTitles(x, y)) return;
  pictureStale_ = true;
  update();
}

void ScatterPlot::setLegend(const QString& title, const QString& low, const QString& high) {
  if (legend_.setTexts(title, low, high)) redraw(false);
}

void ScatterPlot::setLabelsShown(bool shown) {
  scene_.labels = shown;
  redraw(true);
}

void ScatterPlot::setLabelOrder(std::vector<std::uint32_t> order) {
  scene_.labelOrder = std::move(order);
  redraw(true);
}

QRectF ScatterPlot::plotArea() const { return area_; }

QPointF ScatterPlot::inArea(const QPointF& widgetPlace) const { return widgetPlace - plotArea().topLeft(); }

QPointF ScatterPlot::pixelOf(std::size_t index) const {
  const auto i = static_cast<Eigen::Index>(index);
  return scene_.view.toPixel(scene_.points(0, i), scene_.points(1, i)) + plotArea().topLeft();
}

std::optional<std::size_t> ScatterPlot::pointAt(const QPointF& widgetPlace) const {
  if (!plotArea().contains(widgetPlace)) return std::nullopt;
  if (!grid_) grid_.emplace(scene_.points, scene_.hidden);
  const double radius = std::max(kHitRadius, theme_.selectedMarkerSize) * scene_.view.unitsPerPixel;
  return grid_->nearest(scene_.points, scene_.view.toData(inArea(widgetPlace)), radius);
}

PlaneView ScatterPlot::fitted() const { return fittedView(scene_, plotArea().size(), theme_); }

void ScatterPlot::fit() {
  following_ = true;
  scene_.view = fitted();
  redraw(true);
  hoverUnderPointer();
  Q_EMIT viewMoved();
}

bool ScatterPlot::isViewSettled() const {
  if (!following_) return true;
  const PlaneView next = followedView(scene_.view, fitted(), 0.03);
  return std::abs(next.unitsPerPixel / scene_.view.unitsPerPixel - 1) < 1e-3 &&
         std::hypot(next.centerX - scene_.view.centerX, next.centerY - scene_.view.centerY) <
             0.1 * next.unitsPerPixel;
}

void ScatterPlot::setView(double centerX, double centerY, double unitsPerPixel) {
  setUserView({centerX, centerY, unitsPerPixel, plotArea().size()});
}

void ScatterPlot::setUserView(const PlaneView& view) {
  following_ = false;
  scene_.view = view;
  redraw(false);
  if (drag_ == Drag::None) hoverUnderPointer();
  Q_EMIT viewMoved();
}

void ScatterPlot::reveal(std::size_t index) {
  if (!isShown(scene_, index)) return;
  const QRectF area = plotArea();
  const QPointF place = pixelOf(index);
  const QRectF inner = area.adjusted(area.width() * kRevealMargin, area.height() * kRevealMargin,
                                     -area.width() * kRevealMargin, -area.height() * kRevealMargin);
  if (area.contains(place)) return;
  const QPointF wanted(std::clamp(place.x(), inner.left(), inner.right()),
                       std::clamp(place.y(), inner.top(), inner.bottom()));
  setUserView(pannedView(scene_.view, wanted - place));
}

/// Where the points and the titles go.
void ScatterPlot::arrange() {
  area_ = ScatterPicture::areaOf(size(), theme_);
  if (following_) {
    scene_.view = fitted();
  } else {
    scene_.view.size = plotArea().size();
  }
  redraw(true);
  update();  // titles and axes too
}

/// The view has moved under a pointer that stands still. (Points that drift are followed by their tooltip.)
void ScatterPlot::hoverUnderPointer() {
  const auto point = pointer_ ? pointAt(*pointer_) : std::nullopt;
  if (std::exchange(reported_, point) != point) Q_EMIT hovered(point);
}

/// Draws with the next painting; many calls before that are one.
void ScatterPlot::redraw(bool labelsAnew) {
  pictureStale_ = true;
  labelsStale_ = labelsStale_ || labelsAnew;
  update(area_);
}

void ScatterPlot::paintEvent(QPaintEvent*) {
  if (std::exchange(pictureStale_, false)) {
    const bool anew = labelsStale_ || !sinceLabels_.isValid() || sinceLabels_.elapsed() >= kLabelIntervalMs;
    labelsStale_ = false;
    if (anew) {
      sinceLabels_.start();
      labelTimer_.stop();
    } else if (!labelTimer_.isActive()) {
      labelTimer_.start();
    }
    arrangePicture();
    picture_.draw(scene_, anew);
  }
  QPainter painter(this);
  painter.drawImage(QPoint(0, 0), picture_.image());
  if (hasLegend()) legend_.drawKept(painter, area_);
  drawOverlay(painter);
  Q_EMIT drawn();
}

void ScatterPlot::arrangePicture() {
  picture_.setFrame(size(), area_, devicePixelRatioF());
  picture_.setTaken(hasLegend() ? legend_.box(area_).translated(-area_.topLeft()) : QRectF());
}

void ScatterPlot::paintOn(QPaintDevice& device) {
  QPainter painter(&device);
  paintWith(painter);
}

void ScatterPlot::paintWith(QPainter& painter) {
  // With the words that a person sees.
  arrangePicture();
  picture_.drawShapes(painter, scene_);
  if (hasLegend()) legend_.draw(painter, area_);
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

void ScatterPlot::drawOverlay(QPainter& painter) {
  painter.setRenderHint(QPainter::Antialiasing);
  if (hasFocus()) {
    painter.setPen(QPen(theme_.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plotArea().adjusted(1, 1, -1, -1));
  }
  if (lasso_.size() > 1) {
    QColor fill = theme_.selection;
    fill.setAlphaF(0.15f);
    painter.setPen(QPen(theme_.selection, theme_.lineWidth));
    painter.setBrush(fill);
    painter.drawPolygon(lasso_);
  }
  if (!hovered_ || !isShown(scene_, *hovered_)) return;
  if (hoverTrail_ && hoverTrail_->point == *hovered_) {
    painter.save();
    painter.setClipRect(area_);
    drawTrail(painter, theme_, theme_.text, *hoverTrail_, scene_.view, inArea(pixelOf(*hovered_)),
              plotArea().topLeft());
    painter.restore();
  }
  const QPointF place = pixelOf(*hovered_);
  if (!plotArea().contains(place)) return;
  const double radius = theme_.selectedMarkerSize / 2 + 3;
  painter.setPen(QPen(theme_.text, theme_.lineWidth));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(place, radius, radius);
  if (!hoverTitle_.isEmpty()) drawTooltip(painter, theme_, place, plotArea(), hoverTitle_, hoverLines_);
}

}  // namespace lexarium

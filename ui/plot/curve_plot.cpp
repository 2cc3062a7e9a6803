// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_plot.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/look/fingerprint_mark.h"
#include "ui/plot/canvas.h"
#include "ui/plot/curve_plottable.h"

namespace lexarium {

namespace {

constexpr double kRoom = 0.05;       // of the range, above and below the data
constexpr double kThinBox = 12;      // pixels below which a dragged box zooms the other axis alone
constexpr double kWheelStep = 1.25;  // zoom of one notch
constexpr double kKeyPan = 60;       // pixels of an arrow key

/// Ticks at round values with short texts, on linear and logarithmic axes.
class RoundTicker : public QCPAxisTicker {
 public:
  RoundTicker(const AxisMap& axis, double pixelsPerTick) : axis_(axis), pixelsPerTick_(pixelsPerTick) {}

  void generate(const QCPRange&, const QLocale&, QChar, int, QVector<double>& ticks,
                QVector<double>* subTicks, QVector<QString>* labels) override {
    const auto values = axisTicks(axis_, std::max(2, static_cast<int>(axis_.pixels / pixelsPerTick_)));
    ticks = QVector<double>(values.begin(), values.end());
    if (subTicks) subTicks->clear();
    if (!labels) return;
    labels->clear();
    for (const double tick : values) labels->append(tickText(tick));
  }

 private:
  const AxisMap& axis_;
  double pixelsPerTick_;
};

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), canvas_(new Canvas(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  plottable_ = new CurvePlottable(canvas_->xAxis, canvas_->yAxis, scene_);
  canvas_->plotLayout()->setAutoMargins(QCP::msNone);
  canvas_->axisRect()->setAutoMargins(QCP::msNone);
  canvas_->xAxis->grid()->setVisible(false);
  canvas_->xAxis->setTicker(QSharedPointer<RoundTicker>::create(scene_.x, 110));
  canvas_->yAxis->setTicker(QSharedPointer<RoundTicker>::create(scene_.y, 45));
  new DrawnLayerable(canvas_, "axes",
                     [this](QCPPainter& painter) { drawFingerprint(painter, rect(), theme_, fingerprint_); });
  new DrawnLayerable(canvas_, "overlay", [this](QCPPainter& painter) { drawOverlay(painter); });
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setTheme(const Theme& theme) {
  theme_ = theme;
  canvas_->setTheme(theme);
  plottable_->setTheme(theme);
  applyLayout();
  replot();
}

void CurvePlot::setCurves(std::vector<Curve> curves) {
  scene_.curves = std::move(curves);
  if (hovered_ && !find(hovered_->curve)) hovered_.reset();
  applyLayout();
  replot();
}

void CurvePlot::updateData() {
  applyFit();
  replot();
}

void CurvePlot::setMarkedStep(int curve, std::uint64_t step) {
  if (scene_.cursorCurve == curve && scene_.cursorStep == step) return;
  scene_.cursorCurve = curve;
  scene_.cursorStep = step;
  replotOverlay();
}

void CurvePlot::setFingerprint(const QString& text) {
  if (text == fingerprint_) return;
  fingerprint_ = text;
  replot();
}

bool CurvePlot::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const bool there = fingerprintBox(rect(), theme_, fingerprint_).contains(help->pos());
    QToolTip::showText(help->globalPos(), there ? fingerprintHelp() : QString(), this);
    return true;
  }
  return QWidget::event(event);
}

void CurvePlot::setXKind(CurveX kind) {
  if (kind == scene_.xKind) return;
  scene_.xKind = kind;
  followX_ = true;
  updateData();
}

void CurvePlot::setLogarithmic(bool x, bool y) {
  if (x == scene_.x.logarithmic && y == scene_.y.logarithmic) return;
  // A range of the user's that reaches down to 0 means nothing on a logarithmic axis.
  if (x != scene_.x.logarithmic) followX_ = followX_ || (x && scene_.x.lower <= 0);
  if (y != scene_.y.logarithmic) followY_ = followY_ || (y && scene_.y.lower <= 0);
  scene_.x.logarithmic = x;
  scene_.y.logarithmic = y;
  updateData();
}

void CurvePlot::setAxisTitles(const QString& x, const QString& y) {
  canvas_->xAxis->setLabel(x);
  yTitle_ = y;
  applyLayout();
  replot();
}

void CurvePlot::setTooltip(std::function<QStringList(const CurvePoint&)> lines) {
  tooltip_ = std::move(lines);
}

QRectF CurvePlot::plotArea() const { return canvas_->axisRect()->rect(); }

const Curve* CurvePlot::find(int id) const {
  const auto found = std::find_if(scene_.curves.begin(), scene_.curves.end(),
                                  [&](const Curve& curve) { return curve.id == id; });
  return found == scene_.curves.end() ? nullptr : &*found;
}

std::optional<CurvePoint> CurvePlot::pointAt(const QPointF& widgetPlace) const {
  const double x = scene_.x.toData(widgetPlace.x() - plotArea().left());
  std::optional<CurvePoint> best;
  double bestDistance = 0;
  for (const Curve& curve : scene_.curves) {
    const auto index = curve.series->nearest(x, scene_.xKind);
    if (!index) continue;
    const CurvePoint point{curve.id, *index};
    const QPointF away = pixelOf(point) - widgetPlace;
    const double distance = std::hypot(away.x(), away.y());
    if (!std::isfinite(distance) || (best && distance >= bestDistance)) continue;
    best = point;
    bestDistance = distance;
  }
  return best;
}

QPointF CurvePlot::pixelOf(const CurvePoint& point) const {
  const Curve* curve = find(point.curve);
  if (!curve || point.index >= curve->series->size()) return {};
  const QRectF area = plotArea();
  return {area.left() + scene_.x.toPixel(curve->series->x(point.index, scene_.xKind)),
          area.bottom() - scene_.y.toPixel(curve->series->smoothed(point.index))};
}

void CurvePlot::fit() {
  followX_ = followY_ = true;
  updateData();
}

void CurvePlot::setRanges(const std::optional<AxisMap>& x, const std::optional<AxisMap>& y) {
  if (x && x->upper > x->lower) scene_.x = *x;
  if (y && y->upper > y->lower) scene_.y = *y;
  followX_ = !x;
  followY_ = !y;
  applyLayout();
  updateData();
}

void CurvePlot::applyLayout() {
  canvas_->setGeometry(rect());
  const QFontMetricsF ticks(theme_.small), titles(canvas_->xAxis->labelFont());
  const double labels = ticks.height() + titles.height() + 4 * Theme::kSpace;
  const double left = ticks.horizontalAdvance(QStringLiteral("0.0000")) + titles.height() + 4 * Theme::kSpace;
  const int names = plottable_->nameWidth();
  canvas_->axisRect()->setMargins({static_cast<int>(left), 3 * Theme::kSpace,
                                   names > 0 ? names + 4 * Theme::kSpace : 4 * Theme::kSpace,
                                   static_cast<int>(labels)});
  canvas_->plotLayout()->setOuterRect(canvas_->rect());
  for (const auto phase :
       {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
    canvas_->plotLayout()->update(phase);
  scene_.x.pixels = std::max(1.0, plotArea().width());
  scene_.y.pixels = std::max(1.0, plotArea().height());
  // In a low plot the unit goes first.
  const double high = plotArea().height() + 4 * Theme::kSpace;
  static const QRegularExpression bracket(QStringLiteral(" \\(|\uFF08"));
  const qsizetype unit = yTitle_.indexOf(bracket);
  const bool fits = titles.horizontalAdvance(yTitle_) <= high;
  const QString shorter = fits || unit < 0 ? yTitle_ : yTitle_.left(unit);
  canvas_->yAxis->setLabel(titles.elidedText(shorter, Qt::ElideRight, high));
  applyFit();
}

void CurvePlot::applyFit() {
  double left = INFINITY, right = -INFINITY;
  MinMaxPyramid::Extremes values;
  for (const Curve& curve : scene_.curves) {
    const CurveSeries& series = *curve.series;
    if (series.size() == 0) continue;
    // On a logarithmic axis the first point with a place on it.
    const std::size_t first = scene_.x.logarithmic ? series.lowerBound(1e-12, scene_.xKind) : 0;
    if (first == series.size()) continue;
    left = std::min(left, series.x(first, scene_.xKind));
    right = std::max(right, series.x(series.size() - 1, scene_.xKind));
    values.add(series.rawValues().extremes(first, series.size()));
  }
  const double noRoom = 0;
  if (followX_) scene_.x = fittedAxis(left, right, scene_.x.pixels, scene_.x.logarithmic, noRoom, noRoom);
  if (followY_)
    scene_.y =
        fittedAxis(values.smallest, values.largest, scene_.y.pixels, scene_.y.logarithmic, kRoom, kRoom);
  applyAxes();
}

void CurvePlot::applyAxes() {
  const auto apply = [](QCPAxis* axis, const AxisMap& map) {
    axis->setScaleType(map.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setRange(map.lower, map.upper);
  };
  apply(canvas_->xAxis, scene_.x);
  apply(canvas_->yAxis, scene_.y);
}

void CurvePlot::zoom(const QPointF& place, double factor, bool x, bool y) {
  const QRectF area = plotArea();
  if (x) scene_.x = zoomedAxis(scene_.x, place.x() - area.left(), factor);
  if (y) scene_.y = zoomedAxis(scene_.y, area.bottom() - place.y(), factor);
  followX_ = followX_ && !x;
  followY_ = followY_ && !y;
  applyAxes();
  replot();
}

void CurvePlot::pan(const QPointF& delta) {
  scene_.x = pannedAxis(scene_.x, delta.x());
  scene_.y = pannedAxis(scene_.y, -delta.y());
  followX_ = followY_ = false;
  applyAxes();
  replot();
}

void CurvePlot::paintOn(QPaintDevice& device) {
  exporting_ = true;
  canvas_->paintOn(device);
  exporting_ = false;
}

double CurvePlot::takeCost() { return canvas_->takeCost(); }

void CurvePlot::replot() { canvas_->redraw(); }

void CurvePlot::replotOverlay() { canvas_->redrawLayer(QStringLiteral("overlay")); }

void CurvePlot::drawOverlay(QPainter& painter) {
  const QRectF area = plotArea();
  if (const Curve* curve = find(scene_.cursorCurve)) {
    const double x =
        area.left() + scene_.x.toPixel(flagPosition(*curve->series, {scene_.cursorStep, {}}, scene_.xKind));
    painter.setPen(QPen(theme_.selection, theme_.lineWidth));
    if (x >= area.left() && x <= area.right())
      painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  }
  if (exporting_) return;
  if (drag_ == Drag::Box) {
    QColor fill = theme_.accent;
    fill.setAlphaF(0.15f);
    painter.setPen(QPen(theme_.accent, 1));
    painter.setBrush(fill);
    painter.drawRect(boxOf(last_));
    return;
  }
  if (!hovered_) return;
  const Curve* curve = find(hovered_->curve);
  const QPointF place = pixelOf(*hovered_);
  if (!curve || !area.adjusted(-1, -1, 1, 1).contains(place)) return;
  painter.setPen(QPen(theme_.line, 1));
  painter.drawLine(QPointF(place.x(), area.top()), QPointF(place.x(), area.bottom()));
  painter.setPen(QPen(theme_.text, theme_.lineWidth));
  painter.setBrush(curve->color);
  painter.drawEllipse(place, theme_.selectedMarkerSize / 2, theme_.selectedMarkerSize / 2);
  if (tooltip_) drawTooltip(painter, theme_, place, area, curve->name, tooltip_(*hovered_));
}

QRectF CurvePlot::boxOf(const QPointF& to) const {
  const QRectF area = plotArea();
  QRectF box = QRectF(press_, to).normalized();
  if (box.width() < kThinBox) box = QRectF(area.left(), box.top(), area.width(), box.height());
  if (box.height() < kThinBox) box = QRectF(box.left(), area.top(), box.width(), area.height());
  return box.intersected(area);
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  applyLayout();
  replot();  // the canvas has drawn itself at its new size before the axes knew of it
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
  if (drag_ != Drag::None) return;
  press_ = last_ = event->position();
  const bool pans = event->button() == Qt::MiddleButton ||
                    (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
  if (pans) {
    drag_ = Drag::Pan;
    setCursor(Qt::ClosedHandCursor);
  } else if (event->button() == Qt::LeftButton) {
    drag_ = Drag::Pressed;
  }
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF place = event->position();
  if (drag_ == Drag::Pressed && plotArea().contains(press_) &&
      (place - press_).manhattanLength() >= QApplication::startDragDistance())
    drag_ = Drag::Box;
  if (drag_ == Drag::Pan) pan(place - last_);
  last_ = place;
  if (drag_ == Drag::Box) return replotOverlay();
  if (drag_ != Drag::None) return;
  const auto point = plotArea().contains(place) ? pointAt(place) : std::nullopt;
  if (std::exchange(hovered_, point) != point) replotOverlay();
}

void CurvePlot::mouseReleaseEvent(QMouseEvent* event) {
  unsetCursor();
  const QPointF place = event->position();
  const QRectF box = boxOf(place), area = plotArea();
  const Drag drag = std::exchange(drag_, Drag::None);
  if (drag == Drag::Pressed && area.contains(place)) {
    if (const auto point = pointAt(place)) Q_EMIT clicked(*point);
  }
  if (drag != Drag::Box) return;
  const bool wide = box.width() < area.width(), high = box.height() < area.height();
  if (wide) scene_.x = boxedAxis(scene_.x, box.left() - area.left(), box.right() - area.left());
  if (high) scene_.y = boxedAxis(scene_.y, area.bottom() - box.bottom(), area.bottom() - box.top());
  followX_ = followX_ && !wide;
  followY_ = followY_ && !high;
  applyAxes();
  replot();
}

void CurvePlot::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  drag_ = Drag::None;
  fit();
}

void CurvePlot::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  const QRectF area = plotArea();
  const QPointF place = event->position();
  // Over an axis the wheel zooms that axis alone.
  const bool onX = place.y() > area.bottom(), onY = place.x() < area.left();
  if (notches != 0 && !scene_.curves.empty() && !(onX && onY))
    zoom(place, std::pow(kWheelStep, notches), !onY, !onX);
  event->accept();
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  const bool plain = !event->modifiers().testFlag(Qt::ControlModifier);
  switch (event->key()) {
    case Qt::Key_Left:
      return pan({kKeyPan, 0});
    case Qt::Key_Right:
      return pan({-kKeyPan, 0});
    case Qt::Key_Up:
      return pan({0, kKeyPan});
    case Qt::Key_Down:
      return pan({0, -kKeyPan});
    case Qt::Key_Home:
      return fit();
    case Qt::Key_Escape:
      drag_ = Drag::None;
      return replotOverlay();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      if (plain) return zoom(plotArea().center(), kWheelStep, true, true);
      break;
    case Qt::Key_Minus:
      if (plain) return zoom(plotArea().center(), 1 / kWheelStep, true, true);
      break;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void CurvePlot::leaveEvent(QEvent*) {
  if (std::exchange(hovered_, std::nullopt)) replotOverlay();
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

}  // namespace lexarium

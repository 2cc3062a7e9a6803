// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_plottable.h"

#include <algorithm>
#include <cmath>

#include "ui/plot/canvas.h"

namespace lexarium {

namespace {

constexpr double kFaint = 0.3;         // opacity of raw values
constexpr double kWidestName = 160;    // pixels at the end of a curve
constexpr double kMarginShare = 0.25;  // of the picture that names may take from the curves
constexpr std::size_t kFlagRows = 3;   // texts of flags one above the other
constexpr double kWidestFlag = 220;

double widestName(const CurveScene& scene, const Theme& theme) {
  const QFontMetricsF metrics(theme.plotLabel);
  double width = 0;
  for (const Curve& curve : scene.curves) width = std::max(width, metrics.horizontalAdvance(curve.name));
  return width;
}

}  // namespace

double flagPosition(const CurveSeries& series, const MetricFlag& flag, CurveX kind) {
  const auto step = static_cast<double>(flag.step);
  if (kind == CurveX::Step) return step;
  const auto point = series.nearest(step, CurveX::Step);
  return point ? series.x(*point, kind) : 0;
}

std::optional<std::size_t> forkPoint(const Curve& curve) {
  if (curve.parent == 0 || curve.series->size() == 0) return std::nullopt;
  const std::size_t after = curve.series->lowerBound(static_cast<double>(curve.forkStep) + 0.5, CurveX::Step);
  return after == 0 ? 0 : after - 1;
}

CurvePlottable::CurvePlottable(QCPAxis* x, QCPAxis* y, const CurveScene& scene)
    : QCPAbstractPlottable(x, y), scene_(scene) {}

int CurvePlottable::nameWidth() const {
  return namesInside() ? 0 : static_cast<int>(std::ceil(std::min(widestName(scene_, theme_), kWidestName)));
}

bool CurvePlottable::namesInside() const {
  return widestName(scene_, theme_) > kMarginShare * mParentPlot->width();
}

QCPRange CurvePlottable::getKeyRange(bool& found, QCP::SignDomain) const {
  found = true;
  return {scene_.x.lower, scene_.x.upper};
}

QCPRange CurvePlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = true;
  return {scene_.y.lower, scene_.y.upper};
}

// The names stand outside the axis rectangle; draw() clips the lines itself.
QRect CurvePlottable::clipRect() const { return mParentPlot->viewport(); }

std::vector<QPointF> CurvePlottable::pixels(const Curve& curve, const MinMaxPyramid& values) const {
  std::vector<QPointF> line = decimated(*curve.series, values, scene_.xKind, scene_.x, scene_.y.logarithmic);
  const QRectF area = keyAxis()->axisRect()->rect();
  for (QPointF& point : line)
    point = {area.left() + scene_.x.toPixel(point.x()), area.bottom() - scene_.y.toPixel(point.y())};
  return line;
}

void CurvePlottable::drawLine(QCPPainter& painter, const std::vector<QPointF>& line) const {
  if (line.size() == 1) {
    painter.drawPoint(line[0]);
    return;
  }
  if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
    painter.drawPolyline(line.data(), static_cast<int>(line.size()));
    return;
  }
  // Single lines: a wide polyline is stroked as one path, which takes a second for 1,000 noisy points.
  for (std::size_t i = 1; i < line.size(); ++i)
    if (line[i] != line[i - 1]) painter.drawLine(line[i - 1], line[i]);
}

void CurvePlottable::draw(QCPPainter* painter) {
  painter->save();
  painter->setClipRect(keyAxis()->axisRect()->rect());
  painter->setAntialiasing(true);
  for (const Curve& curve : scene_.curves) {
    if (curve.dotted) continue;
    QColor faint = curve.color;
    faint.setAlphaF(static_cast<float>(kFaint));
    painter->setPen(QPen(faint, std::max(1.0, theme_.lineWidth / 2)));
    drawLine(*painter, pixels(curve, curve.series->rawValues()));
  }
  for (const Curve& curve : scene_.curves) {
    // Square ends are filled as four corners; round ones would be stroked as a path of curves each.
    const double width = curve.thin ? std::max(1.0, theme_.lineWidth / 2) : theme_.lineWidth;
    painter->setPen(QPen(curve.color, width, Qt::SolidLine, Qt::SquareCap));
    const std::vector<QPointF> line = pixels(curve, curve.series->smoothedValues());
    drawLine(*painter, line);
    if (!curve.dotted) continue;
    painter->setBrush(theme_.surface);
    painter->setPen(QPen(curve.color, std::max(1.0, theme_.lineWidth / 2)));
    for (const QPointF& point : line)
      painter->drawEllipse(point, theme_.lineWidth * 1.5, theme_.lineWidth * 1.5);
    painter->setBrush(Qt::NoBrush);
  }
  drawForks(*painter);
  drawFlags(*painter);
  painter->restore();
  drawNames(*painter);
}

void CurvePlottable::drawFlags(QCPPainter& painter) const {
  struct Placed {
    double x;
    const Curve* curve;
    QString text;
  };
  const QRectF area = keyAxis()->axisRect()->rect();
  std::vector<Placed> flags;
  for (const Curve& curve : scene_.curves) {
    if (!curve.flags) continue;
    for (const MetricFlag& flag : *curve.flags) {
      const double x = scene_.x.toPixel(flagPosition(*curve.series, flag, scene_.xKind));
      if (x >= 0 && x <= area.width())
        flags.push_back({area.left() + x, &curve, QString::fromStdString(flag.text)});
    }
  }
  std::stable_sort(flags.begin(), flags.end(), [](const Placed& a, const Placed& b) { return a.x < b.x; });

  const QFontMetricsF metrics(theme_.small);
  painter.setFont(theme_.small);
  const double height = std::ceil(metrics.height()), pennon = 2 * Theme::kSpace;
  std::vector<double> rowEnds(kFlagRows, area.left());
  for (const Placed& flag : flags) {
    QColor pole = flag.curve->color;
    pole.setAlphaF(0.5f);
    painter.setPen(QPen(pole, 1, Qt::DashLine));
    painter.drawLine(QPointF(flag.x, area.top()), QPointF(flag.x, area.bottom()));
    // The row with room for the text; the last one may push its text away.
    std::size_t row = 0;
    while (row + 1 < kFlagRows && rowEnds[row] > flag.x) ++row;
    const double top = area.top() + static_cast<double>(row) * height + 1;
    painter.setPen(Qt::NoPen);
    painter.setBrush(flag.curve->color);
    painter.drawPolygon(
        QPolygonF({{flag.x, top}, {flag.x + pennon, top + height / 2 - 1}, {flag.x, top + height - 2}}));
    if (rowEnds[row] > flag.x) continue;
    const QString text = metrics.elidedText(flag.text, Qt::ElideRight, kWidestFlag);
    const double width = metrics.horizontalAdvance(text);
    rowEnds[row] = flag.x + pennon + width + 3 * Theme::kSpace;
    drawHaloText(painter, {flag.x + pennon + Theme::kSpace, top + metrics.ascent()}, text, theme_.text,
                 theme_.surface);
  }
  painter.setBrush(Qt::NoBrush);
}

/// A ring where a run left its parent, and where the parent is shown too a line at that step: up to it both
/// are one.
void CurvePlottable::drawForks(QCPPainter& painter) const {
  const QRectF area = keyAxis()->axisRect()->rect();
  for (const Curve& curve : scene_.curves) {
    const auto point = forkPoint(curve);
    if (!point) continue;
    const QPointF ring(area.left() + scene_.x.toPixel(curve.series->x(*point, scene_.xKind)),
                       area.bottom() - scene_.y.toPixel(curve.series->smoothed(*point)));
    if (!std::isfinite(ring.x()) || !std::isfinite(ring.y())) continue;
    const bool both = std::any_of(scene_.curves.begin(), scene_.curves.end(),
                                  [&](const Curve& other) { return other.id == curve.parent; });
    if (both) {
      painter.setPen(QPen(curve.color, 1, Qt::DotLine));
      painter.drawLine(QPointF(ring.x(), area.top()), QPointF(ring.x(), area.bottom()));
    }
    const double radius = theme_.selectedMarkerSize / 2;
    painter.setPen(QPen(curve.color, theme_.lineWidth));
    painter.setBrush(theme_.surface);
    painter.drawEllipse(ring, radius, radius);
    painter.setBrush(Qt::NoBrush);
  }
}

void CurvePlottable::drawNames(QCPPainter& painter) const {
  const QRectF area = keyAxis()->axisRect()->rect();
  const QFontMetricsF metrics(theme_.plotLabel);
  const bool inside = namesInside();
  std::vector<const Curve*> named;
  std::vector<double> wanted;
  for (const Curve& curve : scene_.curves) {
    if (curve.series->size() == 0 || curve.name.isEmpty()) continue;
    // The last point, or the one that the picture's right edge cuts.
    const auto point = curve.series->nearest(scene_.x.upper, scene_.xKind);
    if (curve.series->x(*point, scene_.xKind) < scene_.x.lower) continue;
    const double value = curve.series->smoothed(*point);
    if (!std::isfinite(value) || (scene_.y.logarithmic && value <= 0)) continue;
    named.push_back(&curve);
    wanted.push_back(std::clamp(area.bottom() - scene_.y.toPixel(value), area.top(), area.bottom()) -
                     metrics.height() / 2);
  }
  const auto room = static_cast<std::size_t>(std::max(0.0, area.height() / metrics.height()));
  if (named.size() > room) return;
  // In the plot they stand at the top, where a falling curve leaves room.
  if (inside) std::fill(wanted.begin(), wanted.end(), area.top());
  const auto places = spreadLabels(wanted, metrics.height(), area.top(), area.bottom() - metrics.height());
  painter.setFont(theme_.plotLabel);
  for (std::size_t i = 0; i < named.size(); ++i) {
    const QString name =
        // Names of runs differ at their ends.
        metrics.elidedText(named[i]->name, Qt::ElideMiddle, inside ? area.width() : kWidestName);
    const double left =
        inside ? area.right() - metrics.horizontalAdvance(name) : area.right() + 2 * Theme::kSpace;
    drawHaloText(painter, {left, places[i] + metrics.ascent()}, name, named[i]->color, theme_.surface);
  }
}

}  // namespace lexarium

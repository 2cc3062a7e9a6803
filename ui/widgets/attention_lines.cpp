// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attention_lines.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/plot/heatmap_scene.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kFaint = 0.02;  // weights below it draw no line
constexpr double kColumnShare = 0.3;
constexpr double kWidestColumn = 16;  // in letters m
constexpr double kLinesWidest = 360;  // pixels at the usual size of letters
constexpr int kExportWidth = 640;

}  // namespace

AttentionLines::AttentionLines(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
}

void AttentionLines::setTheme(const Theme& theme) {
  theme_ = theme;
  updateScroll();
}

void AttentionLines::setData(std::vector<QString> queries, std::vector<QString> keys,
                             const QString& queryTitle, const QString& keyTitle,
                             std::shared_ptr<const Matrix> weights) {
  if (queries != queries_ || keys != keys_) hovered_ = kept_ = std::nullopt;
  queries_ = std::move(queries);
  keys_ = std::move(keys);
  queryTitle_ = queryTitle;
  keyTitle_ = keyTitle;
  weights_ = std::move(weights);
  const bool fits = weights_ && weights_->rows() == static_cast<Eigen::Index>(queries_.size()) &&
                    weights_->cols() == static_cast<Eigen::Index>(keys_.size());
  if (!fits) weights_ = nullptr;
  updateScroll();
}

void AttentionLines::setCurrent(std::optional<Place> place) {
  hovered_.reset();
  kept_ = place;
  setAccessibleDescription(place ? names(place->looks).at(static_cast<std::size_t>(place->token))
                                 : QString());
  viewport()->update();
}

double AttentionLines::lineHeight() const {
  return std::round(QFontMetricsF(theme_.body).height() + Theme::kSpace);
}

double AttentionLines::columnWidth(double width) const {
  const QFontMetricsF metrics(theme_.body);
  double longest = metrics.horizontalAdvance(u'm');
  for (const auto* all : {&queries_, &keys_})
    for (const QString& name : *all) longest = std::max(longest, metrics.horizontalAdvance(name.left(64)));
  longest = std::min(longest, kWidestColumn * metrics.horizontalAdvance(u'm'));
  return std::min(longest, kColumnShare * width) + 2 * Theme::kSpace;
}

/// Titles in the first line; two columns with room for the lines between them, in the middle.
QRectF AttentionLines::placeOf(const Place& place, double width) const {
  const double column = columnWidth(width), height = lineHeight();
  const double weight = QFontMetricsF(theme_.small).horizontalAdvance(QStringLiteral("0.00")) + Theme::kSpace;
  const double between =
      std::clamp(width - 2 * (column + weight) - 4 * Theme::kSpace, 20.0, kLinesWidest * height / 20);
  const double left = std::max(0.0, (width - between) / 2 - column);
  const double x = place.looks ? left : left + column + between;
  return {x, height * (place.token + 1) + Theme::kSpace, column, height};
}

QRectF AttentionLines::tokenRect(const Place& place) const {
  return placeOf(place, viewport()->width()).translated(0, -verticalScrollBar()->value());
}

std::optional<AttentionLines::Place> AttentionLines::placeAt(const QPointF& at) const {
  for (const bool looks : {true, false}) {
    for (int i = 0; i < static_cast<int>(names(looks).size()); ++i)
      if (tokenRect({looks, i}).contains(at)) return Place{looks, i};
  }
  return std::nullopt;
}

void AttentionLines::updateScroll() {
  const auto count = static_cast<double>(std::max(queries_.size(), keys_.size()));
  const int whole = static_cast<int>(std::ceil((count + 1) * lineHeight() + 2 * Theme::kSpace));
  verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(lineHeight()));
  viewport()->update();
}

/// Of the token that is looked at, to or from that place.
double AttentionLines::weightTo(const Place& place) const {
  const auto at = current();
  if (!at || !weights_ || at->looks == place.looks) return 0;
  return static_cast<double>(at->looks ? (*weights_)(at->token, place.token)
                                       : (*weights_)(place.token, at->token));
}

void AttentionLines::drawLines(QPainter& painter, double width) const {
  const auto at = current();
  const double most = std::max(1e-9, static_cast<double>(weights_->maxCoeff()));
  painter.setRenderHint(QPainter::Antialiasing);
  for (int q = 0; q < static_cast<int>(queries_.size()); ++q) {
    for (int k = 0; k < static_cast<int>(keys_.size()); ++k) {
      if (at && (at->looks ? q != at->token : k != at->token)) continue;
      const auto weight = static_cast<double>((*weights_)(q, k));
      if (!(weight >= kFaint)) continue;
      QColor color = theme_.accent;
      color.setAlphaF(static_cast<float>(std::clamp(weight / most, 0.06, 1.0)));
      painter.setPen(QPen(color, theme_.lineWidth * (0.5 + weight), Qt::SolidLine, Qt::FlatCap));
      const QRectF from = placeOf({true, q}, width), to = placeOf({false, k}, width);
      painter.drawLine(QPointF(from.right(), from.center().y()), QPointF(to.left(), to.center().y()));
    }
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void AttentionLines::drawTokens(QPainter& painter, double width, bool looks) const {
  const QFontMetricsF metrics(theme_.body), small(theme_.small);
  const auto at = current();
  const QRectF top = placeOf({looks, -1}, width);
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  const QString& title = looks ? queryTitle_ : keyTitle_;
  // Beyond the column where it needs to.
  const double room = looks ? top.right() : width - top.left();
  const QRectF line = looks ? QRectF(0, top.top(), top.right() - Theme::kSpace, top.height())
                            : QRectF(top.left() + Theme::kSpace, top.top(), room, top.height());
  painter.drawText(line, Qt::AlignVCenter | (looks ? Qt::AlignRight : Qt::AlignLeft),
                   small.elidedText(title, Qt::ElideRight, room));
  for (int i = 0; i < static_cast<int>(names(looks).size()); ++i) {
    const Place place{looks, i};
    const QRectF box = placeOf(place, width);
    const double weight = weightTo(place);
    if (at == place) {
      painter.fillRect(box, mixed(theme_.surface, theme_.selection, 0.5));
    } else if (weight >= kFaint) {
      painter.fillRect(box, mixed(theme_.surface, theme_.accent, std::min(0.55, 0.1 + 0.5 * weight)));
    }
    const bool quiet = at && at->looks != looks && weight < kFaint;
    painter.setFont(theme_.body);
    painter.setPen(quiet ? theme_.secondary : theme_.text);
    painter.drawText(box.adjusted(Theme::kSpace, 0, -Theme::kSpace, 0),
                     Qt::AlignVCenter | (looks ? Qt::AlignRight : Qt::AlignLeft),
                     metrics.elidedText(names(looks)[static_cast<std::size_t>(i)], Qt::ElideRight,
                                        box.width() - 2 * Theme::kSpace));
    if (weight < kFaint) continue;
    painter.setFont(theme_.small);
    painter.setPen(theme_.secondary);
    const QString number = formatValue(weight, 2);
    const double x =
        looks ? box.left() - small.horizontalAdvance(number) - Theme::kSpace : box.right() + Theme::kSpace;
    painter.drawText(QPointF(x, box.center().y() + (small.ascent() - small.descent()) / 2), number);
  }
}

void AttentionLines::draw(QPainter& painter, double width) const {
  if (!weights_) return;
  drawLines(painter, width);
  drawTokens(painter, width, true);
  drawTokens(painter, width, false);
}

void AttentionLines::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  painter.translate(0, -verticalScrollBar()->value());
  draw(painter, viewport()->width());
}

void AttentionLines::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void AttentionLines::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const auto place = placeAt(event->position());
  if (place && kept_ && place->looks != kept_->looks) {
    return place->looks ? Q_EMIT pairChosen(place->token, kept_->token)
                        : Q_EMIT pairChosen(kept_->token, place->token);
  }
  setCurrent(place == kept_ ? std::nullopt : place);
}

void AttentionLines::mouseMoveEvent(QMouseEvent* event) {
  auto place = placeAt(event->position());
  // Going over to the other side must not lose the lines that lead there.
  if (place && kept_ && place->looks != kept_->looks) place.reset();
  if (std::exchange(hovered_, place) != place) viewport()->update();
}

void AttentionLines::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
  if (key == Qt::Key_Escape && kept_) return setCurrent(std::nullopt);
  if (!weights_ || (!sideways && key != Qt::Key_Up && key != Qt::Key_Down))
    return QAbstractScrollArea::keyPressEvent(event);
  Place place = kept_.value_or(Place{true, key == Qt::Key_Up ? 1 : -1});
  if (sideways) place.looks = key == Qt::Key_Left;
  place.token += key == Qt::Key_Up ? -1 : key == Qt::Key_Down ? 1 : 0;
  place.token = std::clamp(place.token, 0, static_cast<int>(names(place.looks).size()) - 1);
  setCurrent(place);
  const QRectF box = tokenRect(place);
  if (box.top() < 0)
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(box.top()));
  if (box.bottom() > viewport()->height())
    verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                  static_cast<int>(std::ceil(box.bottom() - viewport()->height())));
}

bool AttentionLines::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && std::exchange(hovered_, std::nullopt)) viewport()->update();
  return QAbstractScrollArea::viewportEvent(event);
}

void AttentionLines::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

PlotSource AttentionLines::exportSource(const QString& name, std::function<void(const Error&)> failed) {
  auto copy = std::make_shared<AttentionLines>();
  copy->theme_ = theme_;
  copy->kept_ = current();
  copy->setData(queries_, keys_, queryTitle_, keyTitle_, weights_);
  copy->kept_ = current();
  const auto count = static_cast<double>(std::max(queries_.size(), keys_.size()));
  const QSize size(kExportWidth, static_cast<int>(std::ceil((count + 1) * lineHeight() + 2 * Theme::kSpace)));
  const auto paint = [copy, size](QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRect({0, 0}, size), copy->theme_.surface);
    copy->draw(painter, size.width());
  };
  const auto csv = [queries = queries_, keys = keys_, weights = weights_] {
    HeatmapData data;
    data.rows = queries;
    data.columns = keys;
    data.values = weights;
    return heatmapCsv(data);
  };
  return {name, size, paint, csv, std::move(failed), {}};
}

}  // namespace lexarium

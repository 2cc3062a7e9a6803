// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/beam_tree_picture.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kLongestLabel = 24;           // letters
constexpr double kGap = 7 * Theme::kSpace;  // between two steps: room for the lines

QString labelOf(const BeamTree& tree, std::size_t node) {
  return node == 0 ? QStringLiteral("\u25B6") : oneLine(toQString(tree.nodes[node].label), kLongestLabel);
}

QString quoted(const std::string& text) {
  QString cell = toQString(text);
  return u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

std::string csvOf(const BeamTree& tree) {
  std::string csv = "node,parent,step,token,probability,mean_log_probability,given_up_at,forced\n";
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    const BeamTree::Node& node = tree.nodes[i];
    csv += std::to_string(i) + ',' + std::to_string(node.parent) + ',' + std::to_string(node.step + 1) + ',' +
           quoted(node.label).toStdString() + ',' + std::to_string(node.probability) + ',' +
           std::to_string(node.score) + ',' + (node.prunedAt ? std::to_string(*node.prunedAt + 1) : "") +
           ',' + (node.isForced ? "1" : "0") + '\n';
  }
  return csv;
}

}  // namespace

BeamTreePicture::BeamTreePicture(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
}

void BeamTreePicture::setTheme(const Theme& theme) {
  theme_ = theme;
  layOut();
}

void BeamTreePicture::setTree(std::shared_ptr<const BeamTree> tree) {
  if (!tree || !tree_ || current_ >= tree->nodes.size()) current_.reset();
  tree_ = std::move(tree);
  layOut();
}

/// Parents first, the likeliest child beside its parent where there is room: no lines cross, for all steps
/// have their nodes in the same order.
void BeamTreePicture::layOut() {
  places_.clear();
  columnEnds_.clear();
  isBest_.clear();
  rows_ = 0;
  if (tree_) {
    const auto& nodes = tree_->nodes;
    std::vector<std::vector<std::size_t>> children(nodes.size());
    for (std::size_t i = 1; i < nodes.size(); ++i) children[nodes[i].parent].push_back(i);
    places_.resize(nodes.size());
    isBest_.resize(nodes.size());
    if (!tree_->said.empty())
      for (std::size_t i = tree_->said[0].node; i != 0; i = nodes[i].parent) isBest_[i] = true;
    std::vector<int> free;  // first row of a column that is not taken
    std::vector<std::size_t> open{0};
    const QFontMetricsF metrics(theme_.body);
    std::vector<double> widths;
    while (!open.empty()) {
      const std::size_t node = open.back();
      open.pop_back();
      const std::size_t column = node == 0 ? 0 : nodes[node].step + 1;
      if (column >= free.size()) {
        free.resize(column + 1);
        widths.resize(column + 1);
      }
      const int row = std::max(free[column], node == 0 ? 0 : places_[nodes[node].parent].row);
      places_[node] = {static_cast<int>(column), row};
      free[column] = row + 1;
      rows_ = std::max(rows_, row + 1);
      widths[column] = std::max(widths[column], metrics.horizontalAdvance(labelOf(*tree_, node)));
      open.insert(open.end(), children[node].rbegin(), children[node].rend());
    }
    const double number = QFontMetricsF(theme_.small).horizontalAdvance(QStringLiteral("0.000"));
    double x = Theme::kSpace;
    for (const double width : widths) {
      x += width + number + 4 * Theme::kSpace;
      columnEnds_.push_back(x);
      x += kGap;
    }
  }
  updateScroll();
}

QRectF BeamTreePicture::placeOf(std::size_t node) const {
  const Place& place = places_[node];
  const auto column = static_cast<std::size_t>(place.column);
  const double left = column == 0 ? Theme::kSpace : columnEnds_[column - 1] + kGap;
  const double height = std::round(QFontMetricsF(theme_.body).height() + Theme::kSpace);
  return {left, Theme::kSpace + place.row * (height + Theme::kSpace), columnEnds_[column] - left, height};
}

QSizeF BeamTreePicture::wholeSize() const {
  if (places_.empty()) return {};
  const double height = placeOf(0).height() + Theme::kSpace;
  return {columnEnds_.back() + Theme::kSpace, rows_ * height + 2 * Theme::kSpace};
}

QRectF BeamTreePicture::nodeRect(std::size_t node) const {
  return placeOf(node).translated(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
}

std::optional<std::size_t> BeamTreePicture::nodeAt(const QPointF& place) const {
  for (std::size_t i = 1; i < places_.size(); ++i)
    if (nodeRect(i).contains(place)) return i;
  return std::nullopt;
}

QString BeamTreePicture::textOf(std::size_t node) const {
  const BeamTree::Node& each = tree_->nodes[node];
  QStringList parts{oneLine(toQString(each.label)),
                    tr("probability %1").arg(formatValue(static_cast<double>(each.probability))),
                    tr("mean log probability so far %1").arg(formatValue(each.score))};
  if (each.isForced) parts << tr("chosen by you");
  if (each.prunedAt)
    parts << (*each.prunedAt == each.step ? tr("given up at once")
                                          : tr("given up at step %1").arg(*each.prunedAt + 1));
  return parts.join(QStringLiteral(", "));
}

void BeamTreePicture::updateScroll() {
  const QSize whole = wholeSize().toSize(), room = viewport()->size();
  const int step = places_.empty() ? 1 : static_cast<int>(placeOf(0).height());
  for (auto [bar, all, page] : {std::tuple(horizontalScrollBar(), whole.width(), room.width()),
                                std::tuple(verticalScrollBar(), whole.height(), room.height())}) {
    bar->setRange(0, std::max(0, all - page));
    bar->setPageStep(page);
    bar->setSingleStep(step);
  }
  viewport()->update();
}

void BeamTreePicture::drawNode(QPainter& painter, std::size_t node) const {
  const BeamTree::Node& each = tree_->nodes[node];
  const QRectF box = placeOf(node);
  const bool quiet = each.prunedAt.has_value();
  const QColor ink = quiet ? theme_.secondary : theme_.text;
  const QRectF frame = box.adjusted(0.5, 0.5, -0.5, -0.5);
  if (each.isForced)
    painter.fillRect(box, mixed(theme_.surface, theme_.selection, 0.4));
  else if (isBest_[node])
    painter.fillRect(box, mixed(theme_.surface, theme_.accent, 0.2));
  painter.setPen(QPen(isBest_[node] ? theme_.accent
                      : quiet       ? theme_.line
                                    : theme_.outline,
                      node == current_ ? 2 : 1, quiet ? Qt::DashLine : Qt::SolidLine));
  painter.drawRect(frame);
  const QRectF inside = box.adjusted(Theme::kSpace, 0, -Theme::kSpace, 0);
  painter.setFont(theme_.body);
  painter.setPen(ink);
  painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, labelOf(*tree_, node));
  if (node == 0) return;
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  // Longer numbers would run into the token.
  constexpr double kLeastShown = 0.01;
  const auto probability = static_cast<double>(each.probability);
  painter.drawText(inside, Qt::AlignVCenter | Qt::AlignRight,
                   probability < kLeastShown ? QStringLiteral("<") + formatValue(kLeastShown, 2)
                                             : formatValue(probability, 2));
}

void BeamTreePicture::draw(QPainter& painter) const {
  if (!tree_) return;
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t i = 1; i < places_.size(); ++i) {
    const BeamTree::Node& node = tree_->nodes[i];
    const QRectF from = placeOf(node.parent), to = placeOf(i);
    const double width = theme_.lineWidth * (0.4 + static_cast<double>(node.probability));
    painter.setPen(QPen(isBest_[i] ? theme_.accent : node.prunedAt ? theme_.line : theme_.secondary, width));
    painter.drawLine(QPointF(from.right(), from.center().y()), QPointF(to.left(), to.center().y()));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (std::size_t i = 0; i < places_.size(); ++i) drawNode(painter, i);
}

void BeamTreePicture::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  painter.translate(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
  draw(painter);
}

void BeamTreePicture::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void BeamTreePicture::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const auto node = nodeAt(event->position());
  if (!node) return;
  setCurrent(*node);
  Q_EMIT chosen(*node);
}

void BeamTreePicture::setCurrent(std::size_t node) {
  current_ = node;
  setAccessibleDescription(textOf(node));
  const QRectF box = nodeRect(node);
  const auto reveal = [](QScrollBar* bar, double low, double high, int room) {
    if (low < 0) bar->setValue(bar->value() + static_cast<int>(std::floor(low)));
    if (high > room) bar->setValue(bar->value() + static_cast<int>(std::ceil(high - room)));
  };
  reveal(horizontalScrollBar(), box.left(), box.right(), viewport()->width());
  reveal(verticalScrollBar(), box.top(), box.bottom(), viewport()->height());
  viewport()->update();
}

/// The parent, the likeliest child, or the next one above or below in the same step.
std::optional<std::size_t> BeamTreePicture::neighbour(std::size_t node, int key) const {
  const auto& nodes = tree_->nodes;
  if (key == Qt::Key_Left && nodes[node].parent != 0) return nodes[node].parent;
  std::optional<std::size_t> nearest;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (key == Qt::Key_Right && nodes[i].parent == node) return i;
    if ((key != Qt::Key_Up && key != Qt::Key_Down) || places_[i].column != places_[node].column) continue;
    const int away = (places_[i].row - places_[node].row) * (key == Qt::Key_Down ? 1 : -1);
    if (away > 0 && (!nearest || away < std::abs(places_[*nearest].row - places_[node].row))) nearest = i;
  }
  return nearest;
}

void BeamTreePicture::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool goes = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
  if (!tree_ || tree_->nodes.size() < 2) return QAbstractScrollArea::keyPressEvent(event);
  if (goes) {
    const auto next = current_ ? neighbour(*current_, key) : std::optional<std::size_t>(1);
    if (next) setCurrent(*next);
  } else if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && current_) {
    Q_EMIT chosen(*current_);
  } else {
    QAbstractScrollArea::keyPressEvent(event);
  }
}

bool BeamTreePicture::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto node = nodeAt(help->pos());
    QToolTip::showText(help->globalPos(), node ? textOf(*node) : QString(), viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void BeamTreePicture::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

PlotSource BeamTreePicture::exportSource(const QString& name,
                                         std::function<void(const Error&)> failed) const {
  auto copy = std::make_shared<BeamTreePicture>();
  copy->setTheme(theme_);
  copy->setTree(tree_);
  const QSize size = wholeSize().toSize().expandedTo({40, 40});
  const auto paint = [copy, size](QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRect({0, 0}, size), copy->theme_.surface);
    copy->draw(painter);
  };
  const auto csv = [tree = tree_] { return tree ? csvOf(*tree) : std::string(); };
  return {name, size, paint, csv, std::move(failed), {}};
}

}  // namespace lexarium

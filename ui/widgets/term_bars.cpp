// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/term_bars.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr double kPad = 2 * Theme::kSpace;
constexpr double kNameShare = 0.26, kFactorShare = 0.34;  // of the width
constexpr double kLeastFactors = 13, kLeastName = 12;     // digits; narrower, factors give way to the names
constexpr double kManyDigits = 1000;                      // from here on decimals say nothing

}  // namespace

QString formulaNumber(double value) {
  if (!std::isfinite(value)) return value < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
  const double size = std::abs(value);
  const QString digits = QLocale().toString(size, 'f', size < kManyDigits ? 3 : 0);
  const bool isZero = size < 0.0005;
  return value < 0 && !isZero ? QChar(0x2212) + digits : digits;
}

TermBars::TermBars(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
}

void TermBars::setTheme(const Theme& theme) {
  theme_ = theme;
  updateScroll();
}

void TermBars::setBars(std::vector<TermBar> bars) {
  bars_ = std::move(bars);
  largest_ = 0;
  for (const TermBar& bar : bars_)
    if (std::isfinite(bar.value)) largest_ = std::max(largest_, std::abs(bar.value));
  current_ = std::min(current_, static_cast<int>(bars_.size()) - 1);
  updateScroll();
}

double TermBars::rowHeight() const { return std::ceil(QFontMetricsF(theme_.small).height() + 3); }

void TermBars::updateScroll() {
  const int whole = static_cast<int>(rowHeight() * static_cast<double>(bars_.size()) + kPad);
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
  viewport()->update();
}

TermBars::Columns TermBars::columns() const {
  const double width = viewport()->width() - 2 * kPad;
  const bool factors =
      std::any_of(bars_.begin(), bars_.end(), [](const TermBar& bar) { return !bar.factors.isEmpty(); });
  const double digit = QFontMetricsF(theme_.small).horizontalAdvance(u'0');
  const bool fits = factors && kFactorShare * width >= kLeastFactors * digit;
  Columns columns;
  columns.name = kPad;
  columns.factors = kPad + std::max(kNameShare * width, std::min(kLeastName * digit, width / 2));
  columns.bars = columns.factors + (fits ? kFactorShare * width : 0);
  columns.right = kPad + width;
  return columns;
}

QRectF TermBars::rowRect(int row) const {
  return {0, kPad / 2 + rowHeight() * row - verticalScrollBar()->value(),
          static_cast<double>(viewport()->width()), rowHeight()};
}

QRectF TermBars::barRect(int row) const {
  const Columns at = columns();
  const double middle = (at.bars + at.right) / 2, half = (at.right - at.bars) / 2 - 2;
  const double value = bars_[static_cast<std::size_t>(row)].value;
  const double share = largest_ > 0 && std::isfinite(value) ? value / largest_ : 0;
  const QRectF box = rowRect(row);
  return QRectF(QPointF(middle, box.top() + 2), QPointF(middle + share * half, box.bottom() - 2))
      .normalized();
}

int TermBars::rowAt(double y) const {
  const int row = static_cast<int>((y - kPad / 2 + verticalScrollBar()->value()) / rowHeight());
  return y >= 0 && row >= 0 && row < static_cast<int>(bars_.size()) ? row : -1;
}

void TermBars::drawRow(QPainter& painter, const Columns& columns, int row) const {
  const TermBar& bar = bars_[static_cast<std::size_t>(row)];
  const QRectF box = rowRect(row);
  const QFontMetricsF metrics(theme_.small);
  if (row == current_) painter.fillRect(box, theme_.grid);
  painter.setFont(theme_.small);
  painter.setPen(theme_.text);
  const auto write = [&](double left, double right, Qt::Alignment side, const QString& text) {
    const QRectF place(left, box.top(), right - left - Theme::kSpace, box.height());
    painter.drawText(place, side | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, place.width()));
  };
  write(columns.name, columns.factors, Qt::AlignLeft, bar.name);
  painter.setPen(theme_.secondary);
  if (columns.bars > columns.factors) write(columns.factors, columns.bars, Qt::AlignRight, bar.factors);
  painter.fillRect(barRect(row), bar.value < 0 ? theme_.categories[0] : theme_.categories[1]);
  const double middle = (columns.bars + columns.right) / 2;
  painter.setPen(theme_.line);
  painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()));
  // On the side that the bar leaves free.
  painter.setPen(theme_.text);
  if (bar.value < 0) {
    write(middle + Theme::kSpace, columns.right, Qt::AlignLeft, formulaNumber(bar.value));
  } else {
    write(columns.bars, middle, Qt::AlignRight, formulaNumber(bar.value));
  }
}

void TermBars::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  const Columns at = columns();
  for (int row = 0; row < static_cast<int>(bars_.size()); ++row)
    if (rowRect(row).intersects(viewport()->rect())) drawRow(painter, at, row);
  if (!hasFocus()) return;
  painter.setPen(theme_.accent);
  painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

void TermBars::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void TermBars::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().y());
  if (event->button() != Qt::LeftButton || row < 0) return;
  const int key = bars_[static_cast<std::size_t>(row)].key;
  if (key >= 0) Q_EMIT chosen(key);
}

void TermBars::mouseMoveEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().y());
  if (row == current_) return;
  current_ = row;
  viewport()->update();
}

void TermBars::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(bars_.size()) - 1;
  const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current_ >= 0) {
    const int key = bars_[static_cast<std::size_t>(current_)].key;
    if (key >= 0) Q_EMIT chosen(key);
    return;
  }
  if (last < 0 || !(up || down)) return event->ignore();
  current_ = std::clamp(current_ + (up ? -1 : 1), 0, last);
  const QRectF row = rowRect(current_);
  QScrollBar* bar = verticalScrollBar();
  if (row.top() < 0) bar->setValue(bar->value() + static_cast<int>(row.top()) - Theme::kSpace);
  if (row.bottom() > viewport()->height())
    bar->setValue(bar->value() + static_cast<int>(row.bottom()) - viewport()->height() + Theme::kSpace);
  viewport()->update();
}

bool TermBars::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && current_ >= 0) {
    current_ = -1;
    viewport()->update();
  }
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos().y());
    if (row < 0) {
      QToolTip::hideText();
    } else {
      const TermBar& bar = bars_[static_cast<std::size_t>(row)];
      QString text = bar.name;
      if (!bar.factors.isEmpty()) text += QStringLiteral(": ") + bar.factors;
      QToolTip::showText(help->globalPos(), text + QStringLiteral(" = ") + formulaNumber(bar.value),
                         viewport());
    }
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_bars.h"

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

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kPad = 2 * Theme::kSpace;
constexpr double kTokenEms = 7, kLogitEms = 4;  // widths of the first columns, in digits

}  // namespace

ChoiceBars::ChoiceBars(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
}

void ChoiceBars::setTheme(const Theme& theme) {
  theme_ = theme;
  updateScroll();
}

void ChoiceBars::setChoices(std::vector<Choice> choices) {
  choices_ = std::move(choices);
  hovered_ = std::min(hovered_, static_cast<int>(choices_.size()) - 1);
  updateScroll();
}

void ChoiceBars::setStages(int count) {
  stages_ = std::clamp(count, 1, static_cast<int>(Columns().bars.size()));
  viewport()->update();
}

double ChoiceBars::rowHeight() const { return std::ceil(QFontMetricsF(theme_.body).height() + 4); }

void ChoiceBars::updateScroll() {
  const int whole = static_cast<int>(rowHeight() * static_cast<double>(choices_.size() + 1));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
  viewport()->update();
}

QRectF ChoiceBars::rowRect(int row) const {
  return {0, rowHeight() * (row + 1) - verticalScrollBar()->value(), static_cast<double>(viewport()->width()),
          rowHeight()};
}

int ChoiceBars::rowAt(double y) const {
  if (y < rowHeight()) return -1;  // the header
  const int row = static_cast<int>((y + verticalScrollBar()->value()) / rowHeight()) - 1;
  return row >= 0 && row < static_cast<int>(choices_.size()) ? row : -1;
}

ChoiceBars::Columns ChoiceBars::columns() const {
  const double digit = QFontMetricsF(theme_.body).horizontalAdvance(u'0');
  Columns columns;
  columns.token = kPad;
  columns.logit = columns.token + kTokenEms * digit;
  const double left = columns.logit + (kLogitEms + 1) * digit;
  const double room = std::max(3 * digit, viewport()->width() - left - kPad);
  columns.barWidth = room / stages_ - kPad;
  for (std::size_t i = 0; i < columns.bars.size(); ++i)
    columns.bars[i] = left + room / stages_ * static_cast<double>(i);
  return columns;
}

void ChoiceBars::drawHeader(QPainter& painter, const Columns& columns) const {
  const QFontMetricsF metrics(theme_.small);
  painter.fillRect(QRectF(0, 0, viewport()->width(), rowHeight()), theme_.surface);
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  const auto title = [&](double x, double width, const QString& text) {
    painter.drawText(QRectF(x, 0, width, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(text, Qt::ElideRight, width));
  };
  title(columns.token, columns.logit - columns.token, tr("Token"));
  title(columns.logit, columns.bars[0] - columns.logit, tr("Logit"));
  QStringList stages{tr("Probability"), tr("After temperature"), tr("After top-k, top-p")};
  const bool fit = std::all_of(stages.begin(), stages.end(), [&](const QString& stage) {
    return metrics.horizontalAdvance(stage) <= columns.barWidth;
  });
  if (!fit) stages = {tr("Softmax"), tr("Tempered"), tr("Cut")};
  for (std::size_t i = 0; i < static_cast<std::size_t>(stages_); ++i)
    title(columns.bars[i], columns.barWidth, stages[static_cast<qsizetype>(i)]);
  painter.setPen(theme_.line);
  painter.drawLine(QPointF(0, rowHeight() - 0.5), QPointF(viewport()->width(), rowHeight() - 0.5));
}

void ChoiceBars::drawRow(QPainter& painter, const Columns& columns, int row) const {
  const Choice& choice = choices_[static_cast<std::size_t>(row)];
  const QRectF box = rowRect(row);
  const bool out = choice.kept <= 0;
  if (row == hovered_) painter.fillRect(box, theme_.grid);
  if (choice.taken) painter.fillRect(QRectF(0, box.top() + 1, 3, box.height() - 2), theme_.selection);
  painter.setFont(theme_.body);
  painter.setPen(out ? theme_.secondary : theme_.text);
  const double tokenRoom = columns.logit - columns.token - Theme::kSpace;
  painter.drawText(QRectF(columns.token, box.top(), tokenRoom, box.height()), Qt::AlignVCenter,
                   QFontMetricsF(theme_.body).elidedText(choice.text, Qt::ElideRight, tokenRoom));
  painter.setFont(theme_.numbers);
  painter.setPen(theme_.secondary);
  painter.drawText(QRectF(columns.logit, box.top(), columns.bars[0] - columns.logit, box.height()),
                   Qt::AlignVCenter, QLocale().toString(choice.logit, 'f', 2));
  const double stages[] = {choice.probability, choice.tempered, choice.kept};
  for (std::size_t i = 0; i < static_cast<std::size_t>(stages_); ++i) {
    const double share = std::isfinite(stages[i]) ? std::clamp(stages[i], 0.0, 1.0) : 0;
    const QRectF bar(columns.bars[i], box.top() + 3, columns.barWidth * share, box.height() - 6);
    QColor color = choice.taken ? theme_.selection : theme_.accent;
    color.setAlphaF(0.45F);  // the number on it stays readable
    painter.fillRect(bar, color);
    painter.setPen(stages[i] > 0 ? theme_.text : theme_.secondary);
    const QString number = stages[i] > 0 ? formatPercent(stages[i]) : QStringLiteral("–");
    painter.drawText(QRectF(columns.bars[i] + 3, box.top(), columns.barWidth, box.height()), Qt::AlignVCenter,
                     number);
  }
}

void ChoiceBars::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  const Columns at = columns();
  for (int row = 0; row < static_cast<int>(choices_.size()); ++row)
    if (rowRect(row).intersects(viewport()->rect())) drawRow(painter, at, row);
  drawHeader(painter, at);
  if (hasFocus()) {
    painter.setPen(theme_.accent);
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
  }
}

void ChoiceBars::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void ChoiceBars::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().y());
  if (event->button() == Qt::LeftButton && row >= 0)
    Q_EMIT chosen(choices_[static_cast<std::size_t>(row)].token);
}

void ChoiceBars::mouseMoveEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().y());
  if (row == hovered_) return;
  hovered_ = row;
  viewport()->update();
}

void ChoiceBars::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(choices_.size()) - 1;
  const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && hovered_ >= 0) {
    Q_EMIT chosen(choices_[static_cast<std::size_t>(hovered_)].token);
    return;
  }
  if (last < 0 || !(up || down)) return QAbstractScrollArea::keyPressEvent(event);
  hovered_ = std::clamp(hovered_ + (up ? -1 : 1), 0, last);
  const QRectF row = rowRect(hovered_);
  if (row.top() < rowHeight())
    verticalScrollBar()->setValue(static_cast<int>(rowHeight() * hovered_));
  else if (row.bottom() > viewport()->height())
    verticalScrollBar()->setValue(static_cast<int>(rowHeight() * (hovered_ + 2)) - viewport()->height());
  viewport()->update();
}

bool ChoiceBars::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && hovered_ >= 0) {
    hovered_ = -1;
    viewport()->update();
  }
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos().y());
    if (row < 0) {
      QToolTip::hideText();
    } else {
      QToolTip::showText(
          help->globalPos(),
          tr("Take \"%1\" as the next token").arg(choices_[static_cast<std::size_t>(row)].text), viewport());
    }
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

QString visibleToken(const QString& text) {
  QString shown = text;
  shown.replace(u' ', QChar(0x2423));
  shown.replace(u'\n', QChar(0x21B5));
  shown.replace(u'\t', QChar(0x21E5));
  return oneLine(shown, 40);
}

}  // namespace lexarium

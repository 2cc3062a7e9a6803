// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/formula_sheet.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr double kPad = 2 * Theme::kSpace;
constexpr double kSymbolSize = 1.35;             // of a symbol, in times of the body font
constexpr double kScriptSize = 0.72;             // of what is set higher or lower
constexpr double kLower = 0.28, kHigher = 0.42;  // by how much, in times of the height
constexpr double kMeaningColumn = 0.4;           // of the width, at least
constexpr double kBetween = 3;                   // pixels between atoms
constexpr double kIndent = 6 * Theme::kSpace;    // of a line's continuation

/// Letters that stand alone are variables.
bool isItalic(const QString& text, qsizetype at) {
  const auto isLatin = [&](qsizetype i) {
    return i >= 0 && i < text.size() &&
           ((text[i] >= u'a' && text[i] <= u'z') || (text[i] >= u'A' && text[i] <= u'Z'));
  };
  return isLatin(at) && !isLatin(at - 1) && !isLatin(at + 1);
}

/// One font throughout.
double drawPlain(QPainter* painter, const QPointF& place, const QString& text, const QFont& font) {
  double width = 0;
  for (qsizetype at = 0; at < text.size();) {
    const bool italic = isItalic(text, at);
    qsizetype end = at + 1;
    while (end < text.size() && isItalic(text, end) == italic) ++end;
    QFont styled = font;
    styled.setItalic(italic);
    const QString part = text.mid(at, end - at);
    if (painter) {
      painter->setFont(styled);
      painter->drawText(place + QPointF(width, 0), part);
    }
    width += QFontMetricsF(styled).horizontalAdvance(part);
    at = end;
  }
  return width;
}

/// Where the next sub- or superscript begins.
qsizetype scriptIn(const QString& symbol, qsizetype from) {
  for (qsizetype at = from; at + 1 < symbol.size(); ++at)
    if ((symbol[at] == u'_' || symbol[at] == u'^') && symbol[at + 1] == u'{') return at;
  return symbol.size();
}

}  // namespace

double drawSymbol(QPainter* painter, const QPointF& place, const QString& symbol, const QFont& font) {
  QFont small = font;
  small.setPointSizeF(font.pointSizeF() * kScriptSize);
  const double height = QFontMetricsF(font).ascent();
  double width = 0;
  for (qsizetype at = 0; at < symbol.size();) {
    const qsizetype script = scriptIn(symbol, at);
    width += drawPlain(painter, place + QPointF(width, 0), symbol.mid(at, script - at), font);
    if (script == symbol.size()) break;
    const qsizetype close = symbol.indexOf(u'}', script);
    const qsizetype end = close < 0 ? symbol.size() : close;
    const double shift = symbol[script] == u'_' ? kLower * height : -kHigher * height;
    width +=
        drawPlain(painter, place + QPointF(width, shift), symbol.mid(script + 2, end - script - 2), small);
    at = end + 1;
  }
  return width;
}

FormulaSheet::FormulaSheet(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
}

void FormulaSheet::setTheme(const Theme& theme) {
  theme_ = theme;
  layOut();
}

void FormulaSheet::setLines(std::vector<FormulaLine> lines) {
  lines_ = std::move(lines);
  layOut();
  if (hasKey(current_)) return;
  current_ = -1;
  walk(1);
}

QFont FormulaSheet::symbolFont() const {
  QFont font = theme_.body;
  font.setPointSizeF(font.pointSizeF() * kSymbolSize);
  return font;
}

double FormulaSheet::rowHeight() const {
  return std::ceil(QFontMetricsF(symbolFont()).height() + QFontMetricsF(theme_.numbers).height() + kPad);
}

double FormulaSheet::offset() const { return verticalScrollBar()->value(); }

/// Returns where the next line begins. What does not fit into the width goes on below, further in.
double FormulaSheet::placeLine(std::size_t line, double top) {
  const QFontMetricsF numbers(theme_.numbers);
  const double right = viewport()->width() - kPad;
  double x = kPad;
  for (std::size_t i = 0; i < lines_[line].atoms.size(); ++i) {
    const FormulaAtom& atom = lines_[line].atoms[i];
    const double width = std::ceil(std::max(drawSymbol(nullptr, {}, atom.symbol, symbolFont()),
                                            numbers.horizontalAdvance(atom.number))) +
                         2 * kBetween;
    if (x + width > right && x > kPad) {
      x = kIndent;
      top += rowHeight();
    }
    placed_.push_back({line, i, QRectF(x, top, width, rowHeight() - kPad / 2)});
    x += width;
  }
  return top + rowHeight();
}

void FormulaSheet::layOut() {
  placed_.clear();
  double top = kPad / 2;
  for (std::size_t line = 0; line < lines_.size(); ++line) top = placeLine(line, top);
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(top) - viewport()->height()));
  viewport()->update();
}

void FormulaSheet::drawAtom(QPainter& painter, const Placed& placed) const {
  const FormulaAtom& atom = atomOf(placed);
  const QFontMetricsF symbols(symbolFont()), numbers(theme_.numbers);
  const QRectF& box = placed.place;
  const double middle = box.top() + symbols.height();
  const QRectF below(box.left() + 1, middle + 1, box.width() - 2, numbers.height());
  if (std::isfinite(atom.tint)) painter.fillRect(below, activationColor(theme_, atom.tint));
  if (atom.key >= 0 && atom.key == current_) {
    painter.setPen(QPen(theme_.accent, 1.5));
    painter.drawRoundedRect(box.adjusted(1, 0.5, -1, -0.5), 3, 3);
  }
  painter.setPen(atom.key >= 0 ? theme_.text : theme_.secondary);
  const double width = drawSymbol(nullptr, {}, atom.symbol, symbolFont());
  drawSymbol(&painter, {box.center().x() - width / 2, box.top() + symbols.ascent()}, atom.symbol,
             symbolFont());
  painter.setFont(theme_.numbers);
  painter.drawText(below, Qt::AlignCenter | Qt::TextDontClip, atom.number);
}

/// All in one column beside the formulae.
void FormulaSheet::drawMeaning(QPainter& painter, std::size_t line) const {
  const auto last = std::find_if(placed_.rbegin(), placed_.rend(),
                                 [line](const Placed& placed) { return placed.line == line; });
  if (last == placed_.rend() || lines_[line].meaning.isEmpty()) return;
  const QFontMetricsF metrics(theme_.small);
  double widest = 0;
  for (const Placed& placed : placed_) widest = std::max(widest, placed.place.right());
  const double left = std::max(widest, kMeaningColumn * viewport()->width()) + 4 * Theme::kSpace;
  const double room = viewport()->width() - kPad - left;
  if (room < metrics.horizontalAdvance(lines_[line].meaning)) return;
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  painter.drawText(QRectF(left, last->place.top(), room, QFontMetricsF(symbolFont()).height()),
                   Qt::AlignLeft | Qt::AlignVCenter, lines_[line].meaning);
}

void FormulaSheet::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(0, -offset());
  for (const Placed& placed : placed_) drawAtom(painter, placed);
  for (std::size_t line = 0; line < lines_.size(); ++line) drawMeaning(painter, line);
  if (!hasFocus()) return;
  painter.resetTransform();
  painter.setPen(QPen(theme_.accent, 1));
  painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void FormulaSheet::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  layOut();
}

const FormulaSheet::Placed* FormulaSheet::placedAt(const QPointF& place) const {
  const QPointF inSheet = place + QPointF(0, offset());
  const auto found = std::find_if(placed_.begin(), placed_.end(), [&](const Placed& placed) {
    return atomOf(placed).key >= 0 && placed.place.contains(inSheet);
  });
  return found == placed_.end() ? nullptr : &*found;
}

bool FormulaSheet::hasKey(int key) const {
  return key >= 0 && std::any_of(placed_.begin(), placed_.end(),
                                 [&](const Placed& placed) { return atomOf(placed).key == key; });
}

QRectF FormulaSheet::atomRect(int key) const {
  const auto found = std::find_if(placed_.begin(), placed_.end(), [&](const Placed& placed) {
    return key >= 0 && atomOf(placed).key == key;
  });
  return found == placed_.end() ? QRectF() : found->place.translated(0, -offset());
}

void FormulaSheet::setCurrentKey(int key) {
  if (key == current_ || !hasKey(key)) return;
  current_ = key;
  viewport()->update();
  Q_EMIT currentChanged(current_);
}

/// To the next or the one before of what can be chosen; from nothing to the first.
void FormulaSheet::walk(int direction) {
  std::vector<int> keys;
  for (const Placed& placed : placed_) {
    const int key = atomOf(placed).key;
    if (key >= 0 && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  if (keys.empty()) return;
  const auto found = std::find(keys.begin(), keys.end(), current_);
  const auto last = static_cast<std::ptrdiff_t>(keys.size()) - 1;
  const std::ptrdiff_t at =
      found == keys.end() ? 0 : std::clamp(found - keys.begin() + direction, std::ptrdiff_t{0}, last);
  setCurrentKey(keys[static_cast<std::size_t>(at)]);
  showCurrent();
}

void FormulaSheet::showCurrent() {
  const QRectF place = atomRect(current_);
  if (place.top() < 0) {
    verticalScrollBar()->setValue(static_cast<int>(offset() + place.top() - kPad));
  } else if (place.bottom() > viewport()->height()) {
    verticalScrollBar()->setValue(static_cast<int>(offset() + place.bottom() - viewport()->height() + kPad));
  }
}

void FormulaSheet::mousePressEvent(QMouseEvent* event) {
  if (const Placed* placed = placedAt(event->position())) setCurrentKey(atomOf(*placed).key);
}

void FormulaSheet::mouseMoveEvent(QMouseEvent* event) {
  const Placed* placed = placedAt(event->position());
  viewport()->setCursor(placed ? Qt::PointingHandCursor : Qt::ArrowCursor);
  if (placed) setCurrentKey(atomOf(*placed).key);
}

void FormulaSheet::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Up) return walk(-1);
  if (event->key() == Qt::Key_Down) return walk(1);
  event->ignore();  // left and right are the view's: the step before and the next
}

bool FormulaSheet::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const Placed* placed = placedAt(help->pos());
    const QString text = placed ? atomOf(*placed).name : QString();
    text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

QString FormulaSheet::plainLine(std::size_t line) const {
  QStringList symbols, numbers;
  for (const FormulaAtom& atom : lines_[line].atoms) {
    symbols << atom.symbol;
    numbers << atom.number;
  }
  return symbols.join(u' ') + QStringLiteral(" : ") + numbers.join(u' ');
}

}  // namespace lexarium

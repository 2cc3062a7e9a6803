// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_text.h"

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

namespace lexarium {
namespace {

constexpr double kPad = 2 * Theme::kSpace;
constexpr double kLeading = 1.35;    // room between lines, so that colours stay apart
constexpr double kStrongest = 0.45;  // of a colour behind text: it must stay readable

/// What stands for characters that have no picture of their own.
QString visible(const QString& text) {
  QString shown;
  for (const QChar c : text)
    shown += c == u'\t' ? QStringLiteral("    ") : c.isPrint() ? QString(c) : QString();
  return shown;
}

bool standsAlone(QChar c) {
  const auto script = c.script();
  return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana;
}

/// May a line end between them? Models' tokens may be parts of words, even single letters.
bool partsWords(QChar before, QChar after) {
  return before.isSpace() || after.isSpace() || before == u'-' || standsAlone(before) || standsAlone(after);
}

}  // namespace

TokenText::TokenText(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
  viewport()->setCursor(Qt::IBeamCursor);
}

void TokenText::setTheme(const Theme& theme) {
  theme_ = theme;
  layOut();
}

void TokenText::setTokens(std::vector<TokenMark> tokens) {
  tokens_ = std::move(tokens);
  const int count = static_cast<int>(tokens_.size());
  if (current_ >= count) current_ = -1;
  if (range_ && range_->second >= count) setRange(std::nullopt);
  layOut();
}

void TokenText::setColors(const std::vector<QColor>& colors) {
  for (std::size_t i = 0; i < std::min(colors.size(), tokens_.size()); ++i) tokens_[i].color = colors[i];
  viewport()->update();
}

void TokenText::setRange(std::optional<Range> range) {
  if (range == range_) return;
  range_ = range;
  viewport()->update();
  Q_EMIT rangeChanged();
}

void TokenText::setCurrent(int token) {
  if (token == current_) return;
  current_ = token;
  viewport()->update();
}

double TokenText::lineHeight() const { return std::ceil(QFontMetricsF(theme_.body).height() * kLeading); }

double TokenText::offset() const { return verticalScrollBar()->value(); }

/// One line's worth of a token; where it does not fit, the word that it belongs to moves to a new line,
/// unless that fills a line by itself.
void TokenText::addPiece(int token, const QString& text) {
  if (text.isEmpty()) return;
  const double right = viewport()->width() - kPad;
  const double width = QFontMetricsF(theme_.body).horizontalAdvance(text);
  const bool lineBegins = pieces_.empty() || pen_.x() <= kPad || pieces_.back().text.isEmpty();
  if (lineBegins || partsWords(pieces_.back().text.back(), text.front())) wordBegin_ = pieces_.size();
  const bool isSpace = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
  if (pen_.x() + width > right && pen_.x() > kPad && !isSpace) {
    if (wordBegin_ < pieces_.size() && pieces_[wordBegin_].place.left() <= kPad) wordBegin_ = pieces_.size();
    pen_ = {kPad, pen_.y() + lineHeight()};
    for (std::size_t i = wordBegin_; i < pieces_.size(); ++i) {
      pieces_[i].place.moveTopLeft(pen_);
      pen_.rx() += pieces_[i].place.width();
    }
  }
  pieces_.push_back({token, text, QRectF(pen_.x(), pen_.y(), width, lineHeight())});
  pen_.rx() += width;
}

void TokenText::layOut() {
  pieces_.clear();
  firstPiece_.clear();
  pen_ = {kPad, kPad};
  wordBegin_ = 0;
  for (int token = 0; token < static_cast<int>(tokens_.size()); ++token) {
    firstPiece_.push_back(pieces_.size());
    const QStringList lines = tokens_[static_cast<std::size_t>(token)].text.split(u'\n');
    for (qsizetype line = 0; line < lines.size(); ++line) {
      if (line > 0) {
        // The line feed is a token too: a narrow mark at the end of the line shows its colour.
        const double mark = QFontMetricsF(theme_.body).horizontalAdvance(u'n');
        pieces_.push_back({token, QString(), QRectF(pen_.x(), pen_.y(), mark, lineHeight())});
        pen_ = {kPad, pen_.y() + lineHeight()};
      }
      if (!lines[line].isEmpty()) addPiece(token, visible(lines[line]));
    }
  }
  firstPiece_.push_back(pieces_.size());
  height_ = pen_.y() + lineHeight() + kPad;
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(lineHeight()));
  verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(height_) - viewport()->height()));
  viewport()->update();
}

void TokenText::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  painter.setFont(theme_.body);
  painter.translate(0, -offset());
  const double top = offset() - lineHeight(), bottom = offset() + viewport()->height();
  const auto first = std::lower_bound(pieces_.begin(), pieces_.end(), top,
                                      [](const Piece& piece, double y) { return piece.place.y() < y; });
  for (auto piece = first; piece != pieces_.end() && piece->place.y() < bottom; ++piece) {
    const TokenMark& mark = tokens_[static_cast<std::size_t>(piece->token)];
    const QRectF box = piece->place.adjusted(0, 1, 0, -1);
    if (mark.color.isValid()) painter.fillRect(box, mark.color);
    const bool chosen = range_ && piece->token >= range_->first && piece->token <= range_->second;
    if (chosen) {
      painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 3), theme_.selection);
    }
    if (piece->token == current_) {
      painter.setPen(QPen(theme_.text, 1));
      painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.setPen(mark.quiet ? theme_.secondary : theme_.text);
    painter.drawText(piece->place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, piece->text);
  }
  if (hasFocus()) {
    painter.resetTransform();
    painter.setPen(QPen(theme_.accent, 1));
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
  }
}

void TokenText::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  layOut();
}

QRectF TokenText::tokenRect(int token) const {
  if (token < 0 || token >= static_cast<int>(tokens_.size())) return {};
  const std::size_t piece = firstPiece_[static_cast<std::size_t>(token)];
  if (piece == firstPiece_[static_cast<std::size_t>(token) + 1]) return {};
  const QRectF place = pieces_[piece].place.translated(0, -offset());
  return place.intersects(viewport()->rect()) ? place : QRectF();
}

int TokenText::tokenAt(const QPointF& place) const {
  const QPointF inText = place + QPointF(0, offset());
  auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), inText.y() - lineHeight(),
                                [](const Piece& p, double y) { return p.place.y() <= y; });
  for (; piece != pieces_.end() && piece->place.y() <= inText.y(); ++piece)
    if (piece->place.contains(inText)) return piece->token;
  return -1;
}

void TokenText::point(int token) {
  if (token == current_) return;
  setCurrent(token);
  Q_EMIT currentChanged(token);
}

void TokenText::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  anchor_ = tokenAt(event->position());
  dragged_ = false;
  if (anchor_ < 0) setRange(std::nullopt);
}

void TokenText::mouseMoveEvent(QMouseEvent* event) {
  const int token = tokenAt(event->position());
  point(token);
  if (!(event->buttons() & Qt::LeftButton) || anchor_ < 0 || token < 0) return;
  if (token == anchor_ && !dragged_) return;
  dragged_ = true;
  setRange(Range{std::min(anchor_, token), std::max(anchor_, token)});
}

void TokenText::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || anchor_ < 0 || dragged_) return;
  setRange(Range{anchor_, anchor_});
  Q_EMIT clicked(anchor_);
}

void TokenText::keyPressEvent(QKeyEvent* event) {
  const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
  const int last = static_cast<int>(tokens_.size()) - 1;
  if (event->key() == Qt::Key_Escape && range_) return setRange(std::nullopt);
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current_ >= 0) {
    setRange(Range{current_, current_});
    Q_EMIT clicked(current_);
    return;
  }
  if (last < 0 || !(left || right)) return QAbstractScrollArea::keyPressEvent(event);
  const int from = current_;
  point(std::clamp(current_ + (left ? -1 : 1), 0, last));
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    if (!range_ || anchor_ < 0) anchor_ = std::max(0, from);
    setRange(Range{std::min(anchor_, current_), std::max(anchor_, current_)});
  } else {
    anchor_ = current_;
  }
}

bool TokenText::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave) point(-1);
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int token = tokenAt(help->pos());
    const QString text = token >= 0 && tooltip_ ? tooltip_(token) : QString();
    text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void TokenText::scrollToEnd() { verticalScrollBar()->setValue(verticalScrollBar()->maximum()); }

void TokenText::scrollTo(int token) {
  if (token < 0 || token >= static_cast<int>(tokens_.size())) return;
  const std::size_t piece = firstPiece_[static_cast<std::size_t>(token)];
  if (piece == firstPiece_[static_cast<std::size_t>(token) + 1]) return;
  const QRectF& place = pieces_[piece].place;
  QScrollBar* bar = verticalScrollBar();
  if (place.top() < bar->value()) bar->setValue(static_cast<int>(place.top() - kPad));
  if (place.bottom() > bar->value() + viewport()->height())
    bar->setValue(static_cast<int>(std::ceil(place.bottom() + kPad)) - viewport()->height());
}

QString TokenText::plainText() const {
  QString text;
  for (const TokenMark& mark : tokens_) text += mark.text;
  return text;
}

QColor surpriseColor(const Theme& theme, double bits, double most) {
  if (std::isnan(bits)) return {};
  const double share = std::clamp(bits / most, 0.0, 1.0);
  return mixed(theme.surface, theme.categories[1], kStrongest * share);
}

QColor activationColor(const Theme& theme, double value) {
  if (!std::isfinite(value)) return {};
  const QColor& end = value < 0 ? theme.categories[0] : theme.categories[1];
  return mixed(theme.surface, end, kStrongest * std::min(1.0, std::abs(value)));
}

}  // namespace lexarium

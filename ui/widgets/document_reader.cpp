// SPDX-License-Identifier: GPL-3.0-or-later
// Moving through the document: place, scroll bar, keys and mouse. Layout and painting: document_painting.cpp.
#include "ui/widgets/document_reader.h"

#include <QApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>

#include "ui/widgets/document_block.h"

namespace lexarium {
namespace {

constexpr std::uint64_t kLargestBar = 1'000'000'000;  // a scroll bar counts in int
constexpr int kWheelLines = 3;
constexpr int kWheelNotch = 120;

}  // namespace

DocumentReader::DocumentReader(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // so that the width does not depend on the text
  viewport()->setMouseTracking(true);
  viewport()->setCursor(Qt::ArrowCursor);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAutoFillBackground(true);
  connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &DocumentReader::onBarAction);
}

DocumentReader::~DocumentReader() = default;

void DocumentReader::setDocument(std::shared_ptr<const Corpus> corpus, std::size_t document) {
  corpus_ = std::move(corpus);
  document_ = document;
  blocks_ = corpus_ ? TextBlocks(corpus_->document(document).text) : TextBlocks();
  found_.reset();
  place_ = {};
  anchor_ = 0;
  shown_.reset();
  layoutsMade_ = 0;
  forgetLayouts();
  settle();
}

void DocumentReader::setTheme(const Theme& theme) {
  theme_ = theme;
  setFont(theme.body);
  forgetLayouts();
  shown_ ? scrollToByte(*shown_, viewport()->height() / 3) : scrollToByte(anchor_, 0);
}

void DocumentReader::setSelectedWords(const std::vector<TokenId>& words) {
  selected_ = {words.begin(), words.end()};
  viewport()->update();
}

void DocumentReader::setHoveredWord(TokenId id) {
  if (id == hovered_) return;
  hovered_ = id;
  viewport()->update();
}

void DocumentReader::setFocusToken(std::optional<TokenIndex> token) {
  if (token == focus_) return;
  focus_ = token;
  viewport()->update();
}

void DocumentReader::setFound(std::optional<ByteRange> found) {
  found_ = found;
  viewport()->update();
}

void DocumentReader::showByte(std::uint64_t byte) {
  shown_ = byte;
  // The last line may stand in sight by half.
  const ByteRange sight = visibleRange();
  if (byte >= sight.begin && byte + 200 < sight.end) return;
  scrollToByte(byte, viewport()->height() / 3);
  shown_ = byte;
}

void DocumentReader::scrollToByte(std::uint64_t byte, int pixelsBelowTop) {
  if (blocks_.count() == 0) {
    settle();
    return;
  }
  place_.block = blocks_.blockAt(byte);
  const Block& block = layout(place_.block);
  const QTextLine line = block.layout.lineForTextPosition(block.unitOf(byte));
  // The margin above the first line belongs to it.
  const bool first = place_.block == 0 && (!line.isValid() || line.lineNumber() == 0);
  place_.offset = (first ? 0 : static_cast<int>(line.isValid() ? line.y() : 0)) - pixelsBelowTop;
  normalise();
  const std::uint64_t kept = pixelsBelowTop == 0 ? byte : topByte();
  settle();
  anchor_ = kept;
}

void DocumentReader::scrollBy(int pixels) {
  if (blocks_.count() == 0 || pixels == 0) return;
  shown_.reset();
  place_.offset += pixels;
  normalise();
  settle();
}

void DocumentReader::scrollPages(int pages) {
  scrollBy(pages * std::max(lineHeight(), viewport()->height() - 2 * lineHeight()));
}

void DocumentReader::scrollToEnd() {
  if (blocks_.count() == 0) return;
  shown_.reset();
  place_.block = blocks_.count() - 1;
  place_.offset = layout(place_.block).height;
  normalise();
  settle();
}

/// Brings the offset into its block, and the text's ends to the viewport's.
void DocumentReader::normalise() {
  while (place_.offset < 0 && place_.block > 0) place_.offset += layout(--place_.block).height;
  place_.offset = std::max(0, place_.offset);
  for (int height = layout(place_.block).height;
       place_.offset >= height && place_.block + 1 < blocks_.count(); height = layout(place_.block).height) {
    place_.offset -= height;
    ++place_.block;
  }
  pullUpToEnd();
}

void DocumentReader::pullUpToEnd() {
  int below = -place_.offset;
  for (std::uint64_t i = place_.block; i < blocks_.count() && below < viewport()->height(); ++i) {
    below += layout(i).height;
  }
  int missing = viewport()->height() - below;
  if (missing <= 0) return;
  place_.offset -= missing;
  while (place_.offset < 0 && place_.block > 0) place_.offset += layout(--place_.block).height;
  place_.offset = std::max(0, place_.offset);
}

/// After each move: bar, picture, signal.
void DocumentReader::settle() {
  anchor_ = topByte();
  updateScrollBar();
  viewport()->update();
  Q_EMIT placeChanged();
}

std::uint64_t DocumentReader::barScale() const { return 1 + blocks_.size() / kLargestBar; }

void DocumentReader::updateScrollBar() {
  const ByteRange sight = visibleRange();
  const auto scaled = [this](std::uint64_t bytes) { return static_cast<int>(bytes / barScale()); };
  const std::uint64_t page = std::max<std::uint64_t>(1, sight.end - sight.begin);
  const bool atEnd = sight.end >= blocks_.size();
  updatingBar_ = true;
  auto* bar = verticalScrollBar();
  bar->setRange(0, scaled(blocks_.size() - std::min(page, blocks_.size())));
  bar->setPageStep(std::max(1, scaled(page)));
  bar->setSingleStep(std::max(1, scaled(page) / 20));
  bar->setValue(atEnd ? bar->maximum() : std::min(scaled(sight.begin), std::max(0, bar->maximum() - 1)));
  updatingBar_ = false;
}

void DocumentReader::scrollContentsBy(int, int) {
  if (updatingBar_) return;
  const auto* bar = verticalScrollBar();
  shown_.reset();
  if (bar->value() >= bar->maximum()) {
    scrollToEnd();
  } else {
    scrollToByte(static_cast<std::uint64_t>(bar->value()) * barScale(), 0);
  }
}

/// Steps of the bar are lines and pages of the screen, not bytes.
void DocumentReader::onBarAction(int action) {
  switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
      scrollBy(lineHeight());
      break;
    case QAbstractSlider::SliderSingleStepSub:
      scrollBy(-lineHeight());
      break;
    case QAbstractSlider::SliderPageStepAdd:
      scrollPages(1);
      break;
    case QAbstractSlider::SliderPageStepSub:
      scrollPages(-1);
      break;
    default:
      return;
  }
  verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
}

void DocumentReader::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  if (event->oldSize().width() != event->size().width()) forgetLayouts();
  const auto shown = shown_;
  if (shown) {
    scrollToByte(*shown, viewport()->height() / 3);
  } else {
    scrollToByte(anchor_, 0);
  }
  shown_ = shown;
}

void DocumentReader::wheelEvent(QWheelEvent* event) {
  if (!event->pixelDelta().isNull()) {
    scrollBy(-event->pixelDelta().y());
  } else {
    wheelRest_ += event->angleDelta().y() * kWheelLines * lineHeight();
    scrollBy(-wheelRest_ / kWheelNotch);
    wheelRest_ %= kWheelNotch;
  }
  event->accept();
}

void DocumentReader::keyPressEvent(QKeyEvent* event) {
  const bool back = event->modifiers() & Qt::ShiftModifier;
  switch (event->key()) {
    case Qt::Key_Down:
      return scrollBy(lineHeight());
    case Qt::Key_Up:
      return scrollBy(-lineHeight());
    case Qt::Key_PageDown:
      return scrollPages(1);
    case Qt::Key_PageUp:
      return scrollPages(-1);
    case Qt::Key_Space:
      return scrollPages(back ? -1 : 1);
    case Qt::Key_Home:
      shown_.reset();
      return scrollToByte(0, 0);
    case Qt::Key_End:
      return scrollToEnd();
    case Qt::Key_Left:
      return moveFocus(-1);
    case Qt::Key_Right:
      return moveFocus(+1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (focus_) Q_EMIT tokenClicked(*focus_, event->modifiers() & ~Qt::KeypadModifier);
      return;
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

void DocumentReader::moveFocus(int direction) {
  if (!corpus_) return;
  const TokenRange tokens = corpus_->document(document_).tokens;
  if (tokens.size() == 0) return;
  TokenIndex next = tokens.begin;
  if (focus_ && *focus_ >= tokens.begin && *focus_ < tokens.end) {
    if (direction < 0 ? *focus_ == tokens.begin : *focus_ + 1 == tokens.end) return;
    next = direction < 0 ? *focus_ - 1 : *focus_ + 1;
  } else if (const auto first = corpus_->tokenAt(document_, topByte())) {
    next = *first;
  }
  Q_EMIT focusMoved(next);
}

void DocumentReader::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) pressed_ = event->pos();
}

void DocumentReader::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || pressed_.x() < 0) return;
  const bool click = (event->pos() - pressed_).manhattanLength() < QApplication::startDragDistance();
  pressed_ = {-1, -1};
  if (!click) return;
  if (const auto token = tokenUnder(event->pos())) Q_EMIT tokenClicked(*token, event->modifiers());
}

void DocumentReader::mouseMoveEvent(QMouseEvent* event) {
  const auto token = tokenUnder(event->pos());
  viewport()->setCursor(token ? Qt::PointingHandCursor : Qt::ArrowCursor);
  Q_EMIT tokenHovered(token ? corpus_->tokens()[*token] : kNoToken);
}

void DocumentReader::leaveEvent(QEvent* event) {
  QAbstractScrollArea::leaveEvent(event);
  Q_EMIT tokenHovered(kNoToken);
}

}  // namespace lexarium

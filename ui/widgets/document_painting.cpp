// SPDX-License-Identifier: GPL-3.0-or-later
// Layout and painting of the blocks in sight.
#include <QPainter>
#include <QTextOption>
#include <algorithm>
#include <cmath>

#include "ui/widgets/document_block.h"
#include "ui/widgets/document_reader.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kBlocksKept = 48;
constexpr int kMargin = 4 * Theme::kSpace;
/// Characters a line: longer ones tire the eye.
constexpr int kColumnCharacters = 76;
constexpr double kLeading = 1.4;
constexpr TokenIndex kTokensAtOnce = 256;

}  // namespace

int DocumentReader::columnWidth() const {
  const int wanted = kColumnCharacters * fontMetrics().averageCharWidth();
  return std::max(40, std::min(wanted, viewport()->width() - 2 * kMargin));
}

int DocumentReader::columnLeft() const {
  return std::max(kMargin, (viewport()->width() - columnWidth()) / 2);
}

int DocumentReader::lineHeight() const {
  return static_cast<int>(std::ceil(kLeading * fontMetrics().height()));
}

void DocumentReader::forgetLayouts() { cache_.clear(); }

DocumentReader::Block& DocumentReader::layout(std::uint64_t index) const {
  const auto found =
      std::find_if(cache_.begin(), cache_.end(), [&](const auto& block) { return block->index == index; });
  if (found != cache_.end()) {
    std::rotate(found, found + 1, cache_.end());
    return *cache_.back();
  }
  if (cache_.size() >= kBlocksKept) cache_.erase(cache_.begin());
  cache_.push_back(std::make_unique<Block>());
  Block& block = *cache_.back();
  block.index = index;
  block.bytes = blocks_.block(index);
  layOut(block);
  findTokens(block);
  return block;
}

void DocumentReader::layOut(Block& block) const {
  ++layoutsMade_;
  const std::string_view text = corpus_->document(document_).text;
  block.decoded = decodeForLayout(text.substr(block.bytes.begin, block.bytes.end - block.bytes.begin));
  QString& shown = block.decoded.text;
  // The next block begins a line anyhow.
  if (shown.endsWith(QChar::LineSeparator)) {
    shown.chop(1);
    block.decoded.bytes.pop_back();
  }
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  option.setTabStopDistance(4 * fontMetrics().horizontalAdvance(u' '));
  block.layout.setText(shown);
  block.layout.setFont(font());
  block.layout.setTextOption(option);
  block.layout.setCacheEnabled(true);
  double y = block.index == 0 ? kMargin : 0;
  block.layout.beginLayout();
  for (QTextLine line = block.layout.createLine(); line.isValid(); line = block.layout.createLine()) {
    line.setLineWidth(columnWidth());
    line.setPosition({0, y});
    y += std::max<double>(lineHeight(), std::ceil(line.height()));
  }
  block.layout.endLayout();
  if (block.index + 1 == blocks_.count()) y += kMargin;
  block.height = std::max(1, static_cast<int>(y));
}

void DocumentReader::findTokens(Block& block) const {
  const TokenRange all = corpus_->document(document_).tokens;
  TokenIndex next = corpus_->tokenAt(document_, block.bytes.begin).value_or(all.begin);
  std::vector<ByteRange> ranges;
  while (next < all.end) {
    ranges.clear();
    const TokenRange some{next, std::min(all.end, next + kTokensAtOnce)};
    corpus_->textRanges(some, ranges);
    for (const ByteRange& range : ranges) {
      if (range.begin >= block.bytes.end) return;
      if (range.end > block.bytes.begin) block.tokens.push_back({next, range});
      ++next;
    }
  }
}

template <class Use>
void DocumentReader::forVisible(Use&& use) const {
  int y = -place_.offset;
  for (std::uint64_t i = place_.block; i < blocks_.count() && y < viewport()->height(); ++i) {
    const Block& block = layout(i);
    use(block, y);
    y += block.height;
  }
}

std::uint64_t DocumentReader::topByte() const {
  if (blocks_.count() == 0) return 0;
  const Block& block = layout(place_.block);
  for (int i = 0; i < block.layout.lineCount(); ++i) {
    const QTextLine line = block.layout.lineAt(i);
    if (line.y() + line.height() > place_.offset) return block.byteOf(line.textStart());
  }
  return block.bytes.begin;
}

ByteRange DocumentReader::visibleRange() const {
  if (blocks_.count() == 0) return {};
  ByteRange range{topByte(), topByte()};
  forVisible([&](const Block& block, int y) {
    for (int i = 0; i < block.layout.lineCount(); ++i) {
      const QTextLine line = block.layout.lineAt(i);
      if (y + line.y() >= viewport()->height()) return;
      const bool last = i + 1 == block.layout.lineCount();
      range.end = last ? block.bytes.end : block.byteOf(line.textStart() + line.textLength());
    }
  });
  return range;
}

std::vector<QTextLayout::FormatRange> DocumentReader::highlights(const Block& block) const {
  std::vector<QTextLayout::FormatRange> ranges;
  const auto mark = [&](ByteRange bytes, const QColor& ground, const QColor& text) {
    QTextLayout::FormatRange range;
    range.start = block.unitOf(bytes.begin);
    range.length = block.unitOf(bytes.end) - range.start;
    range.format.setBackground(ground);
    range.format.setForeground(text);
    if (range.length > 0) ranges.push_back(range);
  };
  for (const auto& token : block.tokens) {
    if (selected_.count(corpus_->tokens()[token.index]) != 0) {
      mark(token.bytes, theme_.selection, onSelection(theme_));
    }
  }
  if (found_ && found_->end > block.bytes.begin && found_->begin < block.bytes.end) {
    mark(*found_, theme_.accent, theme_.onAccent);
  }
  return ranges;
}

void DocumentReader::paintBlock(QPainter& painter, const Block& block, int y) const {
  const auto ranges = highlights(block);
  block.layout.draw(&painter, QPointF(columnLeft(), y), {ranges.begin(), ranges.end()},
                    QRectF(viewport()->rect()));
  for (const auto& token : block.tokens) {
    if (hovered_ != kNoToken && corpus_->tokens()[token.index] == hovered_) {
      paintFrame(painter, block, token.bytes, y, QPen(theme_.text, 1));
    }
    if (focus_ == token.index) paintFrame(painter, block, token.bytes, y, QPen(theme_.accent, 2));
  }
}

void DocumentReader::paintFrame(QPainter& painter, const Block& block, ByteRange bytes, int y,
                                const QPen& pen) const {
  const auto rect = rectOf(block, bytes);
  if (!rect) return;
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(rect->translated(0, y)).adjusted(-2.5, -0.5, 2.5, 0.5), 3, 3);
}

/// The rectangle of the range's first line, from the block's top.
std::optional<QRect> DocumentReader::rectOf(const Block& block, ByteRange bytes) const {
  const int begin = block.unitOf(bytes.begin);
  const QTextLine line = block.layout.lineForTextPosition(begin);
  if (!line.isValid()) return std::nullopt;
  const int end = std::min(block.unitOf(bytes.end), line.textStart() + line.textLength());
  const double from = line.cursorToX(begin), to = line.cursorToX(end);
  return QRectF(columnLeft() + std::min(from, to), line.y(), std::abs(to - from), line.height())
      .toAlignedRect();
}

QRect DocumentReader::tokenRect(TokenIndex token) const {
  QRect result;
  forVisible([&](const Block& block, int y) {
    for (const auto& each : block.tokens) {
      if (each.index != token) continue;
      if (const auto rect = rectOf(block, each.bytes)) result = rect->translated(0, y);
    }
  });
  return result.intersects(viewport()->rect()) ? result : QRect();
}

std::optional<std::uint64_t> DocumentReader::byteUnder(const QPoint& point) const {
  std::optional<std::uint64_t> byte;
  forVisible([&](const Block& block, int y) {
    if (byte || point.y() < y || point.y() >= y + block.height) return;
    for (int i = 0; i < block.layout.lineCount(); ++i) {
      const QTextLine line = block.layout.lineAt(i);
      const QRectF rect = line.naturalTextRect().translated(columnLeft(), y);
      if (!rect.contains(point)) continue;
      byte = block.byteOf(line.xToCursor(point.x() - columnLeft(), QTextLine::CursorOnCharacter));
    }
  });
  return byte;
}

std::optional<TokenIndex> DocumentReader::tokenUnder(const QPoint& point) const {
  const auto byte = byteUnder(point);
  if (!byte) return std::nullopt;
  const auto token = corpus_->tokenAt(document_, *byte);
  if (!token) return std::nullopt;
  const ByteRange range = corpus_->textRange(*token);
  return *byte >= range.begin && *byte < range.end ? token : std::nullopt;
}

void DocumentReader::paintEvent(QPaintEvent*) {
  if (blocks_.count() == 0) return;
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.text);
  forVisible([&](const Block& block, int y) {
    painter.setPen(theme_.text);
    paintBlock(painter, block, y);
  });
}

}  // namespace lexarium

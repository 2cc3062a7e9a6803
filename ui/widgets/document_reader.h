// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QTextLayout>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "core/text/corpus.h"
#include "ui/look/theme.h"
#include "ui/widgets/text_blocks.h"

namespace lexarium {

/// Shows a document of any size: only the blocks in sight are laid out, and nothing is known of the others.
/// The place is a block and the pixels scrolled into it; the scroll bar counts bytes.
class DocumentReader : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit DocumentReader(QWidget* parent = nullptr);
  ~DocumentReader() override;

  /// corpus null: nothing. Starts at the top.
  void setDocument(std::shared_ptr<const Corpus> corpus, std::size_t document);
  std::size_t document() const { return document_; }
  void setTheme(const Theme& theme);

  /// Occurrences of these words stand in the selection colour.
  void setSelectedWords(const std::vector<TokenId>& words);
  void setHoveredWord(TokenId id);
  /// The token that is read: framed. Does not scroll.
  void setFocusToken(std::optional<TokenIndex> token);
  /// What the search found, in bytes of the document.
  void setFound(std::optional<ByteRange> found);

  /// Scrolls by this many pages; the first and the last line stay in sight once.
  void scrollPages(int pages);

  /// Scrolls so that this byte stands in the upper third, unless it is in sight.
  void showByte(std::uint64_t byte);
  /// The first byte in sight.
  std::uint64_t topByte() const;
  /// Bytes of the text that are laid out and in sight (for tests and the place shown).
  ByteRange visibleRange() const;
  /// The viewport's rectangle of a token in sight; empty if it is not.
  QRect tokenRect(TokenIndex token) const;
  /// Blocks laid out since the document was set.
  std::uint64_t layoutsMade() const { return layoutsMade_; }

 Q_SIGNALS:
  void tokenClicked(lexarium::TokenIndex token, Qt::KeyboardModifiers modifiers);
  void tokenHovered(lexarium::TokenId id);      ///< kNoToken: none
  void focusMoved(lexarium::TokenIndex token);  ///< by the left and right keys
  void placeChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  struct Block;
  struct Place {
    std::uint64_t block = 0;
    int offset = 0;  // pixels of the block above the viewport
  };

  Block& layout(std::uint64_t index) const;
  void layOut(Block& block) const;
  void forgetLayouts();
  int columnWidth() const;
  int columnLeft() const;
  int lineHeight() const;
  void scrollBy(int pixels);
  void scrollToByte(std::uint64_t byte, int pixelsBelowTop);
  void scrollToEnd();
  void onBarAction(int action);
  void normalise();
  void pullUpToEnd();
  void settle();
  void updateScrollBar();
  /// Calls use(block, y of its top) for the blocks in sight, from the top on.
  template <class Use>
  void forVisible(Use&& use) const;
  void paintBlock(QPainter& painter, const Block& block, int y) const;
  std::vector<QTextLayout::FormatRange> highlights(const Block& block) const;
  std::optional<std::uint64_t> byteUnder(const QPoint& point) const;
  std::optional<TokenIndex> tokenUnder(const QPoint& point) const;
  void findTokens(Block& block) const;
  void paintFrame(QPainter& painter, const Block& block, ByteRange bytes, int y, const QPen& pen) const;
  std::optional<QRect> rectOf(const Block& block, ByteRange bytes) const;
  void moveFocus(int direction);
  std::uint64_t barScale() const;

  std::shared_ptr<const Corpus> corpus_;
  std::size_t document_ = 0;
  TextBlocks blocks_;
  Theme theme_;
  std::unordered_set<TokenId> selected_;
  TokenId hovered_ = kNoToken;
  std::optional<TokenIndex> focus_;
  std::optional<ByteRange> found_;
  Place place_;
  std::uint64_t anchor_ = 0;            // the first byte in sight, kept when the width changes
  std::optional<std::uint64_t> shown_;  // asked for by showByte(), kept in sight when the size changes
  int wheelRest_ = 0;
  QPoint pressed_{-1, -1};
  bool updatingBar_ = false;
  mutable std::vector<std::unique_ptr<Block>> cache_;  // the newest last
  mutable std::uint64_t layoutsMade_ = 0;
};

}  // namespace lexarium

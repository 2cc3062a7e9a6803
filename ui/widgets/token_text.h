// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// A token of a running text and what it is painted on.
struct TokenMark {
  QString text;        ///< as in the text, with its spaces; a line feed begins a new line
  QColor color;        ///< behind the token; invalid: none
  bool quiet = false;  ///< given, not made: in secondary colour
};

/// A text as a model sees it: token by token, each on a colour of its own, wrapped at the width. Hover tells
/// more of a token; a click chooses it, a drag (or Shift with arrow keys) a phrase.
class TokenText : public QAbstractScrollArea {
  Q_OBJECT

 public:
  using Range = std::pair<int, int>;  ///< first and last token, both included

  explicit TokenText(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setTokens(std::vector<TokenMark> tokens);
  const std::vector<TokenMark>& tokens() const { return tokens_; }
  /// Colours alone have changed: the lines stay as they are. As many as there are tokens.
  void setColors(const std::vector<QColor>& colors);
  void setTooltip(std::function<QString(int token)> tooltip) { tooltip_ = std::move(tooltip); }

  std::optional<Range> range() const { return range_; }
  void setRange(std::optional<Range> range);
  /// The token that is looked at, here or in a plot beside; -1: none.
  void setCurrent(int token);
  int current() const { return current_; }
  /// Where a token begins, in the viewport; empty while it is scrolled out of sight or has no width.
  QRectF tokenRect(int token) const;
  int tokenAt(const QPointF& place) const;  ///< -1: none
  void scrollToEnd();
  void scrollTo(int token);
  QString plainText() const;

  QSize sizeHint() const override { return {320, 120}; }
  QSize minimumSizeHint() const override { return {120, 40}; }

 Q_SIGNALS:
  void currentChanged(int token);
  void clicked(int token);
  void rangeChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// A piece of a token on one line: a long one, or one with line feeds, has several.
  struct Piece {
    int token = 0;
    QString text;
    QRectF place;  // in the document
  };

  void layOut();
  void addPiece(int token, const QString& text);
  double lineHeight() const;
  double offset() const;
  void point(int token);

  Theme theme_;
  std::vector<TokenMark> tokens_;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> firstPiece_;  // of each token; size + 1
  QPointF pen_;                          // while laying out
  std::size_t wordBegin_ = 0;            // likewise: the piece with which the last word began
  double height_ = 0;
  std::function<QString(int)> tooltip_;
  std::optional<Range> range_;
  int anchor_ = -1;
  bool dragged_ = false;
  int current_ = -1;
};

/// A token's surprise (minus log2 of its probability) as a colour behind text: none at 0 bits, strongest
/// at `most` and above.
QColor surpriseColor(const Theme& theme, double bits, double most = 8);
/// A value from -1 to 1 as a colour behind text: blue below 0, orange above, none at 0.
QColor activationColor(const Theme& theme, double value);

}  // namespace lexarium

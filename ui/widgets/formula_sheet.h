// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <limits>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// A symbol of a formula, and the number that it stands for, which is written beneath it.
struct FormulaAtom {
  QString symbol;  ///< "W_{hf}", "h_{t−1}", "=": single letters become italic, as in a textbook
  QString number;  ///< "0.812"; of an operator the operator
  int key = -1;    ///< what can be asked about it; -1: nothing
  QString name{};  ///< for the tooltip and for screen readers: "forget gate"
  /// From -1 to 1: the number stands on activationColor() of this; NaN: on none.
  double tint = std::numeric_limits<double>::quiet_NaN();
};

struct FormulaLine {
  std::vector<FormulaAtom> atoms;
  QString meaning;  ///< "what is kept": beside it, where there is room
};

/// Formulas as a person reads them in a textbook, with the actual numbers beneath their symbols. A symbol
/// that has a key is chosen by hovering, by a click, or by the up and down keys.
class FormulaSheet : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit FormulaSheet(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// The chosen key stays, if there still is such a symbol.
  void setLines(std::vector<FormulaLine> lines);
  const std::vector<FormulaLine>& lines() const { return lines_; }

  int currentKey() const { return current_; }  ///< -1: there is none
  void setCurrentKey(int key);
  /// Where the symbol of a key stands, in the viewport; empty if there is none.
  QRectF atomRect(int key) const;
  /// A line as text: "f_t = σ(W_{xf} x_t + ...) = σ(1.204 + ...)".
  QString plainLine(std::size_t line) const;

  QSize sizeHint() const override { return {520, 300}; }
  QSize minimumSizeHint() const override { return {200, 80}; }

 Q_SIGNALS:
  void currentChanged(int key);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// An atom at its place in the document.
  struct Placed {
    std::size_t line = 0, atom = 0;
    QRectF place;
  };

  QFont symbolFont() const;
  double rowHeight() const;
  double offset() const;
  void layOut();
  double placeLine(std::size_t line, double top);
  void drawAtom(QPainter& painter, const Placed& placed) const;
  void drawMeaning(QPainter& painter, std::size_t line) const;
  const FormulaAtom& atomOf(const Placed& placed) const { return lines_[placed.line].atoms[placed.atom]; }
  const Placed* placedAt(const QPointF& place) const;
  bool hasKey(int key) const;
  void walk(int direction);
  void showCurrent();

  Theme theme_;
  std::vector<FormulaLine> lines_;
  std::vector<Placed> placed_;
  int current_ = -1;
};

/// Draws a symbol with its sub- and superscripts from the base line's left end; returns its width. Without a
/// painter it only measures.
double drawSymbol(QPainter* painter, const QPointF& place, const QString& symbol, const QFont& font);

}  // namespace lexarium

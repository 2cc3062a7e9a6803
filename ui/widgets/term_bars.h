// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// One summand of a number.
struct TermBar {
  QString name;     ///< where it comes from: a token, a unit
  QString factors;  ///< "0.310 × 0.812"; empty: it is no product
  double value = 0;
  int key = -1;  ///< for chosen(); -1: nothing to choose
};

/// What a number is the sum of: a row a summand, with a bar to the left of the middle where it is negative
/// and to the right where it is positive.
class TermBars : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit TermBars(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setBars(std::vector<TermBar> bars);
  const std::vector<TermBar>& bars() const { return bars_; }
  QRectF rowRect(int row) const;  ///< in the viewport
  QRectF barRect(int row) const;  ///< likewise

  QSize sizeHint() const override { return {320, 300}; }
  QSize minimumSizeHint() const override { return {160, 80}; }

 Q_SIGNALS:
  void chosen(int key);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  struct Columns {
    double name = 0, factors = 0, bars = 0, right = 0;
  };

  Columns columns() const;
  double rowHeight() const;
  void updateScroll();
  void drawRow(QPainter& painter, const Columns& columns, int row) const;
  int rowAt(double y) const;

  Theme theme_;
  std::vector<TermBar> bars_;
  double largest_ = 0;
  int current_ = -1;
};

/// With three decimals, a real minus sign, in the person's locale; "−0.051".
QString formulaNumber(double value);

}  // namespace lexarium

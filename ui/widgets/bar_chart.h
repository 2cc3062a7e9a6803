// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// A few bars over whole numbers from 0, of which a range can be brushed with the mouse or with the arrow
/// keys (Shift: more of them).
class BarChart : public QWidget {
  Q_OBJECT

 public:
  using Range = std::pair<int, int>;  ///< first and last, both included

  explicit BarChart(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setBars(std::vector<std::size_t> bars, const QString& axisTitle);
  /// In the corner: those of the runs that it is about; empty: none.
  void setFingerprint(const QString& text);
  const QString& fingerprint() const { return fingerprint_; }
  const std::vector<std::size_t>& bars() const { return bars_; }
  std::optional<Range> range() const { return range_; }
  void setRange(std::optional<Range> range);
  /// Of one bar, in this widget's coordinates.
  QRectF barRect(int index) const;
  QSize sizeHint() const override;

 Q_SIGNALS:
  void rangeChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRectF area() const;
  int indexAt(double x) const;

  Theme theme_;
  std::vector<std::size_t> bars_;
  QString title_, fingerprint_;
  std::optional<Range> range_;
  int anchor_ = 0;
};

}  // namespace lexarium

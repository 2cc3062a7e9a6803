// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <QString>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// The strip of colours in the corner of a map, with what it says and the texts of its ends.
class ScatterLegend {
 public:
  void setTheme(const Theme& theme);
  /// An empty title hides it. Returns whether something is different.
  bool setTexts(const QString& title, const QString& low, const QString& high);
  bool setPalette(const std::vector<QColor>& palette);
  bool isShown() const { return !title_.isEmpty() && !palette_.empty(); }

  /// The rectangle that it covers in the corner of `area`.
  QRectF box(const QRectF& area) const;
  /// As shapes and text.
  void draw(QPainter& painter, const QRectF& area) const;
  /// As a picture that is kept: its texts are shaped once, and not with every frame.
  void drawKept(QPainter& painter, const QRectF& area);

 private:
  Theme theme_;
  QString title_, low_, high_;
  std::vector<QColor> palette_;
  QImage kept_;  // null: to be drawn
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <array>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// One token that could come next, with what each stage of sampling makes of it.
struct Choice {
  std::uint32_t token = 0;
  QString text;  ///< made visible: "␣the", "↵"
  double logit = 0;
  double probability = 0;  ///< softmax of the logits
  double tempered = 0;     ///< after the temperature
  double kept = 0;         ///< after top-k and top-p, renormalised; 0: cut away
  bool taken = false;      ///< the one that was drawn or forced
};

/// What could come next, most likely first: a row a token with its logit and a bar for each stage of
/// sampling. A click (or Enter) takes that token.
class ChoiceBars : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit ChoiceBars(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setChoices(std::vector<Choice> choices);
  const std::vector<Choice>& choices() const { return choices_; }
  /// Only the first so many of the three columns of bars.
  void setStages(int count);
  QRectF rowRect(int row) const;  ///< in the viewport

  QSize sizeHint() const override { return {420, 220}; }
  QSize minimumSizeHint() const override { return {180, 80}; }

 Q_SIGNALS:
  void chosen(std::uint32_t token);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// Columns of a row: the token, its logit, then the stages.
  struct Columns {
    double token = 0, logit = 0;
    std::array<double, 3> bars{};
    double barWidth = 0;
  };

  Columns columns() const;
  double rowHeight() const;
  void updateScroll();
  void drawHeader(QPainter& painter, const Columns& columns) const;
  void drawRow(QPainter& painter, const Columns& columns, int row) const;
  int rowAt(double y) const;

  Theme theme_;
  std::vector<Choice> choices_;
  int stages_ = 3;
  int hovered_ = -1;
};

/// A token for a list: spaces and line feeds made visible.
QString visibleToken(const QString& text);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/matrix.h"
#include "ui/look/theme.h"
#include "ui/plot/plot_export.h"

namespace lexarium {

/// Who looks at what as lines between two columns of tokens: the stronger the weight, the stronger the line
/// (the head view of Vig 2019, arXiv:1906.05714). Hover a token, or go there with the arrow keys, to see only
/// its lines with their weights; a click keeps it.
class AttentionLines : public QAbstractScrollArea {
  Q_OBJECT

 public:
  /// A token at the left, which looks, or at the right, which is looked at.
  struct Place {
    bool looks = true;
    int token = 0;
    bool operator==(const Place&) const = default;
  };

  explicit AttentionLines(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// weights: [queries x keys].
  void setData(std::vector<QString> queries, std::vector<QString> keys, const QString& queryTitle,
               const QString& keyTitle, std::shared_ptr<const Matrix> weights);
  std::optional<Place> current() const { return hovered_ ? hovered_ : kept_; }
  void setCurrent(std::optional<Place> place);
  QRectF tokenRect(const Place& place) const;  ///< in the viewport
  PlotSource exportSource(const QString& name, std::function<void(const Error&)> failed);

  QSize sizeHint() const override { return {320, 240}; }
  QSize minimumSizeHint() const override { return {120, 90}; }

 Q_SIGNALS:
  /// A click on a token at one side while one at the other is kept.
  void pairChosen(int query, int key);
  void menuRequested(const QPoint& globalPlace);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  double lineHeight() const;
  double columnWidth(double width) const;
  QRectF placeOf(const Place& place, double width) const;  ///< unscrolled
  std::optional<Place> placeAt(const QPointF& place) const;
  const std::vector<QString>& names(bool looks) const { return looks ? queries_ : keys_; }
  void draw(QPainter& painter, double width) const;
  void drawLines(QPainter& painter, double width) const;
  void drawTokens(QPainter& painter, double width, bool looks) const;
  double weightTo(const Place& place) const;
  void updateScroll();

  Theme theme_;
  std::vector<QString> queries_, keys_;
  QString queryTitle_, keyTitle_;
  std::shared_ptr<const Matrix> weights_;
  std::optional<Place> hovered_, kept_;
};

}  // namespace lexarium

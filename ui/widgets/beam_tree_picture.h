// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>
#include <vector>

#include "core/models/beam_tree.h"
#include "ui/look/theme.h"
#include "ui/plot/plot_export.h"

namespace lexarium {

/// A beam search drawn as a tree, step after step to the right: each token with its probability, what is said
/// in the end strong, what was given up quiet. A click on a token, or Enter where the arrow keys have gone,
/// chooses it.
class BeamTreePicture : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit BeamTreePicture(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setTree(std::shared_ptr<const BeamTree> tree);
  const BeamTree* tree() const { return tree_.get(); }
  QRectF nodeRect(std::size_t node) const;  ///< in the viewport
  std::optional<std::size_t> current() const { return current_; }
  /// "garden, probability 0.83, given up at step 4".
  QString textOf(std::size_t node) const;
  PlotSource exportSource(const QString& name, std::function<void(const Error&)> failed) const;

  QSize sizeHint() const override { return {480, 280}; }
  QSize minimumSizeHint() const override { return {120, 90}; }

 Q_SIGNALS:
  void chosen(std::size_t node);
  void menuRequested(const QPoint& globalPlace);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Place {
    int column = 0, row = 0;
  };
  void layOut();
  QRectF placeOf(std::size_t node) const;  ///< unscrolled
  std::optional<std::size_t> nodeAt(const QPointF& place) const;
  std::optional<std::size_t> neighbour(std::size_t node, int key) const;
  void setCurrent(std::size_t node);
  QSizeF wholeSize() const;
  void draw(QPainter& painter) const;
  void drawNode(QPainter& painter, std::size_t node) const;
  void updateScroll();

  Theme theme_;
  std::shared_ptr<const BeamTree> tree_;
  std::vector<Place> places_;       // of each node
  std::vector<double> columnEnds_;  // right ends of the steps' boxes
  std::vector<bool> isBest_;        // on the way to what is said first
  int rows_ = 0;
  std::optional<std::size_t> current_;
};

}  // namespace lexarium

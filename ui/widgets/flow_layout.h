// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QWidget>
#include <vector>

namespace lexarium {

/// Puts widgets side by side and begins a new line where the width ends (like words of a text).
class FlowLayout : public QLayout {
 public:
  explicit FlowLayout(int spacing);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;
  int count() const override;
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return minimumSize(); }
  QSize minimumSize() const override;
  void setGeometry(const QRect& rect) override;

 private:
  /// Returns the height needed; moves the widgets only if `move`.
  int arrange(const QRect& rect, bool move) const;

  std::vector<QLayoutItem*> items_;
};

/// A bar of controls in a FlowLayout that is never lower than its lines: box layouts squeeze what has a
/// height for its width.
class FlowBar : public QWidget {
 public:
  explicit FlowBar(int spacing);
  FlowLayout* flow() const { return flow_; }

 protected:
  bool event(QEvent* event) override;

 private:
  FlowLayout* flow_;
};

}  // namespace lexarium

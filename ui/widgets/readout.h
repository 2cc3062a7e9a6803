// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lexarium {

/// A number that changes many times a second: unlike a label it keeps the room of its widest text, so a new
/// text costs one small paint and moves nothing beside it.
class Readout : public QWidget {
  Q_OBJECT

 public:
  explicit Readout(QWidget* parent = nullptr);

  /// Returns whether more room is needed than before.
  bool setText(const QString& text);
  const QString& text() const { return text_; }
  /// Room for the present text only.
  void shrink();

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString text_;
  int widest_ = 0;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>
#include <cstdint>
#include <vector>

#include "ui/look/theme.h"

namespace lexarium {

/// How far a run is, and which of its moments is shown: a bar that fills up, with a handle that can be drawn
/// back along what is filled. Its values count the moments; the maximum is "live".
class TimelineSlider : public QAbstractSlider {
  Q_OBJECT

 public:
  explicit TimelineSlider(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// 0 to 1 of the whole run; negative: unknown, something is going on.
  void setProgress(double done);
  double progress() const { return done_; }
  /// Steps of all moments, rising, and the newest step of the run.
  void setMoments(const std::vector<std::uint64_t>& steps, std::uint64_t newest);
  /// Shows that moment without a signal; the maximum: live.
  void showIndex(int index);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// The person has gone to this moment; maximum(): live.
  void moved(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  QRectF groove() const;
  double filledWidth() const;
  double placeOf(int index) const;
  int indexAt(double x) const;
  void go(int index);

  Theme theme_;
  double done_ = 0;
  std::vector<std::uint64_t> steps_;
  std::uint64_t newest_ = 0;
};

}  // namespace lexarium

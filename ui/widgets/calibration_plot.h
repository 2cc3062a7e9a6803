// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/tasks/classification.h"
#include "ui/look/theme.h"
#include "ui/plot/plot_export.h"

namespace lexarium {

/// How often a model is right when it is so sure: a bar for each tenth of confidence, beside the line on
/// which confidence is what it should be.
class CalibrationPlot : public QWidget {
  Q_OBJECT

 public:
  explicit CalibrationPlot(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setScores(const ClassificationScores& scores);
  PlotSource exportSource(std::function<void(const Error&)> failed) const;
  QString textSummary() const;
  QSize sizeHint() const override { return {320, 300}; }
  QSize minimumSizeHint() const override { return {180, 160}; }

 Q_SIGNALS:
  void menuRequested(const QPoint& globalPlace);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool event(QEvent* event) override;

 private:
  using Bins = std::vector<ClassificationScores::Bin>;
  static QRectF areaIn(const Theme& theme, const QSizeF& size);
  static void paintOn(QPainter& painter, const QSizeF& size, const Theme& theme, const Bins& bins,
                      double error);
  QString tipAt(const QPointF& place) const;

  Theme theme_;
  Bins bins_;
  double error_ = 0;
};

}  // namespace lexarium

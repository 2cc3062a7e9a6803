// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "ui/models/gradient_curves.h"
#include "ui/plot/curve_series.h"
#include "ui/plot/plot_export.h"

class QLabel;

namespace lexarium {

class CurvePlot;
struct Curve;
struct Theme;

/// How much of the gradient is left at each earlier token, of the run that is shown and, in thin lines, of
/// the others; and in one sentence.
class HoodGradient : public QWidget {
  Q_OBJECT

 public:
  explicit HoodGradient(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setFingerprint(const QString& text);
  /// The first is the run that is shown; the loss is that of `next`, as read after `token`.
  void setCurves(std::vector<GradientCurve> curves, const QString& token, const QString& next);
  const std::vector<GradientCurve>& curves() const { return curves_; }
  QString sentence() const;
  CurvePlot& plot() { return *plot_; }
  PlotSource exportSource(std::function<void(const Error&)> failed) const;

 Q_SIGNALS:
  void stepChosen(std::size_t step);  ///< a place of the first curve was clicked

 private:
  void addCurve(std::vector<Curve>& shown, int id, const GradientCurve& run, const QString& name,
                const std::vector<double>& shares, bool thin);
  QString describe(const QString& token, const QString& next) const;
  static QString shareText(double share);
  std::string toCsv() const;

  std::vector<GradientCurve> curves_;
  std::deque<CurveSeries> series_;  // the plot keeps pointers
  QLabel* sentence_;
  CurvePlot* plot_;
};

}  // namespace lexarium

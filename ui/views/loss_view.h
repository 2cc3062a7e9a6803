// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "ui/models/loss_values.h"
#include "ui/plot/curve_scene.h"
#include "ui/plot/plot_export.h"
#include "ui/views/view.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QStackedLayout;

namespace lexarium {

class CurvePlot;
struct CurvePoint;
class EmptyState;
class LossAdvice;

/// The loss of all visible runs while they train: raw and smoothed, over steps, epochs or seconds; of
/// language models also on the text held back, as perplexity or bits per character, with the gradient's norm,
/// and what can be done when one learns by heart or diverges (LossAdvice).
class LossView : public View {
  Q_OBJECT

 public:
  explicit LossView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

  CurvePlot& plot() { return *plot_; }
  /// What the line below the plot says about the point that was clicked last; empty: none was.
  QString pointInfo() const;
  PlotSource exportSource();

 protected:
  void refresh(unsigned dirty) override;
  int frameIntervalMs() const override;

 private:
  /// A run's log as far as it has been read.
  struct RunCurve {
    CurveSeries series;
    CurveSeries validation;  // of language models
    std::vector<MetricFlag> flags;
    std::vector<MetricFlag> shownFlags;  // and what other views marked
    std::size_t pointCursor = 0, flagCursor = 0;
    double charactersPerToken = 1;
    std::size_t measured = 0;  // losses on held back text among the points
  };

  QWidget* makeControls();
  void fillAxisMenu(QMenu& menu);
  void fillRunsMenu(QMenu& menu);
  bool readLogs();
  void placeMarks();
  void updateCurves();
  void updateEmptyState();
  void applySmoothing();
  void applyAxes();
  void applyKind();
  LossKind kind() const;
  void readCharacters();
  void updateAdvice();
  void showPoint(const CurvePoint& point);
  QStringList tooltipLines(const CurvePoint& point) const;
  double smoothing() const;
  std::string toCsv() const;
  const Run* runOf(int id) const;
  const CurveSeries* seriesOf(const CurvePoint& point) const;

  std::map<int, RunCurve> curves_;  // by run id
  std::vector<MetricPoint> newPoints_;
  QWidget* controls_ = nullptr;
  CurvePlot* plot_ = nullptr;
  EmptyState* empty_ = nullptr;
  QStackedLayout* stack_ = nullptr;
  QSlider* smoothing_ = nullptr;
  QLabel* smoothingValue_ = nullptr;
  QComboBox* xKind_ = nullptr;
  QComboBox* value_ = nullptr;
  QCheckBox *logX_ = nullptr, *logY_ = nullptr;
  QLabel* info_ = nullptr;
  LossAdvice* advice_ = nullptr;
};

}  // namespace lexarium

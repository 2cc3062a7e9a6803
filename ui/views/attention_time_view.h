// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "ui/models/attention_moments.h"
#include "ui/plot/curve_scene.h"
#include "ui/session/paced_job.h"
#include "ui/views/attention_base.h"

class QComboBox;
class QLabel;
class QSplitter;

namespace lexarium {

class CurvePlot;
class HeatmapGrid;

/// How attention came to be: the same text read by the model of every moment that was kept, as a strip of
/// small heat maps, with curves of how evenly it looks and how much lies on a diagonal. A click goes to that
/// moment.
class AttentionTimeView : public AttentionBase {
  Q_OBJECT

 public:
  explicit AttentionTimeView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  const std::vector<AttentionMoment>& moments() const { return moments_; }
  /// The step at which the look changed most; none if nothing can be compared.
  std::optional<std::uint64_t> changedAt() const;

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  QWidget* makeContent();
  void read(bool asked);
  void adopt(std::vector<AttentionMoment> seen);
  void fillChoices();
  void showMoments();
  void showCurves();
  void markShown();
  std::vector<ModelMoment> wanted() const;
  std::string csv() const;

  ReadingInput* input_;
  QComboBox *part_, *choice_;
  QLabel *sentence_, *note_;
  HeatmapGrid* strip_;
  CurvePlot* plot_;
  QSplitter* split_;
  Trace sheet_;  // of the model that is shown: names and choices
  std::string partShown_;
  AttentionChoice chosen_{AttentionChoice::Kind::AllMean, 0, 0};
  std::map<std::uint64_t, AttentionMoment> known_;  // by step, of this run, text and choice
  std::vector<AttentionMoment> moments_;
  int run_ = 0;
  Reading asked_;  // the text that was read, or is being read
  Reading fixed_;  // the reading with an output that is the same in all moments
  CurveSeries spread_, diagonal_;
  std::vector<MetricFlag> flags_;
  PacedJob job_;
};

}  // namespace lexarium

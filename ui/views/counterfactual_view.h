// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/paced_job.h"
#include "ui/views/attention_base.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;

namespace lexarium {

class CounterfactualModel;
class HeatmapPlot;
class LinkedTable;

/// What an edit of the text changes: the pinned text beside the one that all views of attention read, with
/// what the model says of both, the probability of each token, and the difference of the attention.
class CounterfactualView : public AttentionBase {
  Q_OBJECT

 public:
  explicit CounterfactualView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  /// What was read last: of the pinned text and of the edited one; null before.
  const AttentionSheet* before() const { return before_.get(); }
  const AttentionSheet* after() const { return after_.get(); }

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  struct Result {
    Trace before, after;
    std::string saidBefore, saidAfter;
  };

  QWidget* makeContent();
  QWidget* makeTexts();
  QWidget* makePictures();
  void read(bool asked);
  void adopt(Result result);
  void fillChoices();
  void showDifference();

  ReadingInput *pinnedInput_, *input_;
  QPushButton* pin_;
  QComboBox *part_, *choice_;
  QLabel *loss_, *said_, *note_;
  HeatmapPlot *beforePlot_, *afterPlot_, *difference_;
  CounterfactualModel* rows_;
  LinkedTable* table_;
  QSplitter* split_;
  Reading pinned_, asked_;  // asked_: the edited text that was read, or is being read
  Trace before_, after_;
  std::string partShown_;
  AttentionChoice chosen_{AttentionChoice::Kind::AllMean, 0, 0};
  PacedJob job_;
};

}  // namespace lexarium

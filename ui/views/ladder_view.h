// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <map>

#include "ui/session/ladder.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

#include "core/models/sequence_model.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace lexarium {

class EmptyState;
class LadderModel;
class LinkedTable;
class NumberBox;

/// All language models that were trained on the text, side by side: sizes, speeds, losses on the held back
/// text, and what each says after the same prompt; with a button that trains them all for the same time.
class LadderView : public View {
  Q_OBJECT

 public:
  explicit LadderView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  QString textSummary() const override;

  const LadderModel& model() const { return *model_; }

 protected:
  void refresh(unsigned dirty) override;

 private:
  struct Spoken {
    std::uint64_t step = 0;
    QString prompt, text;
    double heldBack = std::numeric_limits<double>::quiet_NaN();  // loss, of runs that have not measured it
  };

  /// A run's log as far as it has been read.
  struct Log {
    std::size_t cursor = 0;
    double loss = std::numeric_limits<double>::quiet_NaN();  // lowest on the held back text
    double tokensPerSecond = 0;
  };

  QWidget* makeContent();
  const Log& readLog(const Run& run);
  void toggle();
  void showButton();
  void showRuns();
  void fitColumns();
  void speakAll();
  LadderPlan plan() const;

  Ladder ladder_;
  LadderModel* model_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QPushButton* train_;
  NumberBox *seconds_, *size_;
  QCheckBox* sameSize_;
  QLineEdit* prompt_;
  LinkedTable* table_;
  QLabel* status_;
  std::map<int, Spoken> spoken_;  // by run
  std::map<int, Log> logs_;       // likewise
  LatestJob job_;
};

}  // namespace lexarium

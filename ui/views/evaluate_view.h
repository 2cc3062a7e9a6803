// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>

#include "core/analysis/task_evaluation.h"
#include "ui/session/paced_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTabWidget;

namespace lexarium {

class CalibrationPlot;
class CsvExport;
class EmptyState;
class HeatmapPlot;
class LinkedTable;
class ValueTableModel;
class WorkBar;
struct HeatmapCell;

/// The runs of a task on examples that none of them has learned from: their scores beside each other, and of
/// one of them every example, the worst first, errors by length and by word, which classes are taken for
/// which, and whether it is right as often as it is sure.
class EvaluateView : public View {
  Q_OBJECT

 public:
  explicit EvaluateView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;

  /// What is known of a run.
  struct Scored {
    int runId = 0;
    QString name;
    std::uint64_t step = 0;
    std::shared_ptr<const TrainedModel> model;
    std::shared_ptr<const TaskData> task;
    std::size_t left = 0;  ///< test examples that were not asked, because there are too many
    std::vector<ExampleResult> results;
    TaskScores scores;
    std::vector<LengthBin> lengths;
    std::vector<WordErrors> words;
    std::optional<Error> error;
  };
  /// Of the run that is chosen; null if there is none yet.
  const Scored* shown() const;

 protected:
  void refresh(unsigned dirty) override;

 private:
  static Scored evaluate(Scored scored, const RunConfig& config, const TaskContext& context);

  QWidget* makeContent();
  LinkedTable* makeTable(const char* name, const QString& title, ValueTableModel* model);
  std::vector<std::shared_ptr<Run>> taskRuns() const;
  void scoreNext(bool asked);
  void adopt(Scored scored);
  void showState();
  void showRuns();
  void showShown();
  void showExamples();
  void showConfusion();
  void filter(std::vector<std::size_t> places, const QString& title);
  void clearFilter();
  void applyTheme();
  void fitColumns();

  QStackedLayout* stack_;
  EmptyState* empty_;
  ValueTableModel *runsModel_, *examplesModel_, *lengthsModel_, *wordsModel_;
  LinkedTable *runs_, *examples_, *lengths_, *words_;
  HeatmapPlot* confusion_;
  CalibrationPlot* calibration_;
  QTabWidget* tabs_;
  QLabel *footer_, *filterTitle_;
  QPushButton* all_;
  WorkBar* work_;
  CsvExport* export_;
  std::map<int, Scored> scored_;  // by run
  std::vector<int> rowRuns_;      // of each row
  std::vector<std::size_t> filter_;
  QString filterText_;
  int shown_ = 0;  // run
  std::shared_ptr<const Corpus> corpus_;
  PacedJob job_;
};

}  // namespace lexarium

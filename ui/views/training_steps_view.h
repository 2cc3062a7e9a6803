// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <optional>

#include "core/base/rng.h"
#include "ui/models/step_pages.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QBoxLayout;
class QCheckBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QTextBrowser;

namespace lexarium {

class ElidedLabel;
class EmptyState;

/// One training step taken apart: a pair from the text, the columns of both tables, scores, probabilities,
/// loss, gradients and new columns, page by page, with the model's own numbers of one moment.
class TrainingStepsView : public View {
  Q_OBJECT

 public:
  explicit TrainingStepsView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

  const std::optional<TeachingPair>& pair() const { return pair_; }
  const std::optional<StepTrace>& trace() const { return trace_; }
  int page() const { return page_; }
  HeatmapPlot& inputPlot() { return *input_; }
  HeatmapPlot& outputPlot() { return *output_; }

 public Q_SLOTS:
  void next();
  void previous();
  void setPlaying(bool playing);
  void newPair();      ///< around the selected word, or anywhere
  void takeNewRows();  ///< the same pair with the model as it is now

 protected:
  void refresh(unsigned dirty) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  struct Picked {
    std::shared_ptr<const TeachingSampler> sampler;
    std::string modelId;
    TeachingPair pair;
    Rng rng;
  };

  QWidget* makeTop();
  QWidget* makeMaps();
  QWidget* makeExplanation();
  void applyTheme();
  void forget();
  void adoptFrame();
  void showEmpty();
  void showPage();
  void showTables();
  void showStatus();
  bool canShowWhole() const;
  RowRequest wantedRows() const;
  HeatmapData tableData(bool input) const;
  Matrix tableValues(bool input) const;
  void openLink(const QString& target);
  void selectColumn(bool input, const HeatmapCell& cell, Qt::KeyboardModifiers modifiers);

  QStackedLayout* stack_;
  EmptyState* empty_;
  QPushButton *newPair_, *refresh_, *previous_, *next_, *play_;
  QCheckBox* whole_;
  QSplitter* splitter_;
  QBoxLayout* mapsLayout_;
  HeatmapPlot *input_, *output_;
  QTextBrowser* text_;
  ElidedLabel* title_;
  ElidedLabel* status_;

  std::shared_ptr<const TeachingSampler> sampler_;
  int samplerRun_ = 0;  // the run it belongs to
  Rng rng_{1};
  std::optional<TeachingPair> pair_;
  bool waiting_ = false;  // for the rows of pair_
  std::shared_ptr<const ModelRows> rows_;
  std::optional<StepTrace> trace_;
  std::vector<StepPage> pages_;
  int page_ = 0;
  QString problem_;
  QTimer timer_;
  LatestJob job_;
};

}  // namespace lexarium

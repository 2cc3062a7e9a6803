// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/rng.h"
#include "core/text/bpe_study.h"
#include "ui/plot/curve_series.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTabWidget;

namespace lexarium {

class CsvExport;
class CurvePlot;
class EmptyState;
class LinkedTable;
class MergeModel;
class NumberBox;
class TokenText;
class TokenWays;
class WorkBar;

/// How the open text is cut into subwords, merge by merge, forwards and back: an excerpt in coloured pieces,
/// the merges, the pairs that could come next, and how the text gets shorter. Beside it a text of one's own,
/// cut in every way that language models know.
class TokensView : public View {
  Q_OBJECT

 public:
  explicit TokensView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

  /// Merges at which one looks; those that are known may be more.
  std::size_t merges() const { return shown_; }
  std::size_t knownMerges() const { return moments_.empty() ? 0 : moments_.size() - 1; }
  bool isWorking() const { return job_.isRunning() || waysJob_.isRunning(); }
  /// What stands in pieces.
  const std::string& excerpt() const { return excerpt_; }
  const std::vector<CutToken>& excerptTokens() const { return cut_; }

 public Q_SLOTS:
  void step();
  void back();
  void toBeginning();
  void toVocabulary();  ///< as many merges as the chosen vocabulary takes
  void playOrPause();   ///< a merge after the other, slowly enough to be seen
  void otherPlace();    ///< another excerpt, drawn by lot
  void trainWithThese();

 protected:
  void refresh(unsigned dirty) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeMerges();
  QWidget* makeControls();
  QWidget* makeTables();
  QWidget* makeWays();
  void count();
  void goTo(std::size_t merges);
  void learnTo(std::size_t merges);
  void cancelWork();
  void takeMoments();
  void showFingerprint();
  void showMoment(std::size_t merges);
  void showExcerpt();
  void showNext();
  void showStatus();
  void showButtons();
  void setPlaying(bool playing);
  void setPlace(std::size_t document, std::size_t byte);
  void chooseToken(int token);
  QString tooltipOf(int token) const;
  void makeTokenizers();
  void showWays();
  void fitTables();
  std::size_t wanted() const;

  QStackedLayout* stack_;
  EmptyState* empty_;
  QTabWidget* tabs_;
  QPushButton *step_, *play_, *back_, *begin_, *go_, *place_, *train_;
  NumberBox* vocabulary_;
  TokenText* text_;
  QLabel *status_, *nextTitle_, *chosen_;
  MergeModel *merges_, *next_;
  LinkedTable *mergeTable_, *nextTable_;
  CurvePlot* curve_;
  CurveSeries series_;
  QLineEdit* own_;
  TokenWays* ways_;
  WorkBar* work_;
  CsvExport* export_;
  QTimer playTimer_;

  std::shared_ptr<const Corpus> corpus_;
  std::shared_ptr<BpeStudy> study_;
  std::vector<BpeMoment> moments_;
  TokenizerPtr known_, cutter_;  // after all merges, and after those that are shown
  std::size_t shown_ = 0;
  bool gaveUp_ = false, counting_ = false, mergeAfterCount_ = false;
  std::string excerpt_;
  std::vector<CutToken> cut_;
  Rng rng_{1};
  TokenizerPtr characters_, words_, pieces_;
  std::size_t waysFor_ = 0;  // the vocabulary for which they were made; 0: none yet
  QString waysNote_;
  LatestJob job_, waysJob_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>

#include "core/analysis/similarity.h"
#include "ui/plot/curve_series.h"
#include "ui/session/paced_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QStackedLayout;

namespace lexarium {

class CurvePlot;
class EmptyState;

/// How good the word vectors of all runs are at each kept moment, on the loss chart's axis: the share of
/// analogies that are right, or how well cosines order pairs of words as people do.
class WordScoresView : public View {
  Q_OBJECT

 public:
  explicit WordScoresView(Session& session, QWidget* parent = nullptr);

  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;

  /// From a file as word2vec's questions-words.txt, or of pairs with ratings.
  void openAnalogies(const QString& path);
  void openPairs(const QString& path);
  /// Moments of a run that have been scored.
  std::size_t scoredMoments(int runId) const;

 protected:
  void refresh(unsigned dirty) override;

 private:
  enum class Kind { Analogies, Similarity };
  /// What is asked of each moment.
  struct Questions {
    std::vector<AnalogyQuestion> analogies;
    std::vector<SimilarityPair> pairs;
  };
  struct RunScores {
    CurveSeries series;
    std::vector<MetricPoint> points;
    std::set<std::uint64_t> steps;  // scored
    std::size_t asked = 0;
  };
  struct Scored {
    int runId = 0;
    std::vector<MetricPoint> points;
    std::size_t asked = 0;
  };

  QWidget* makeContent();
  void useSample();
  void forget();
  void scoreNext();
  void adopt(Scored scored);
  void showState();
  void showCurves();
  Kind kind() const;
  bool hasQuestions() const;
  void choose();

  QStackedLayout* stack_;
  EmptyState* empty_;
  QComboBox* kind_;
  CurvePlot* plot_;
  QLabel* footer_;
  std::shared_ptr<const Questions> questions_;
  QString source_;  // a file; empty: those of the sample
  std::shared_ptr<const Corpus> corpus_;
  std::map<int, RunScores> runs_;
  PacedJob job_;
};

}  // namespace lexarium

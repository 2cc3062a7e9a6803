// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/analysis/corpus_question.h"
#include "ui/models/evidence_model.h"
#include "ui/session/paced_job.h"
#include "ui/views/view.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace lexarium {

class CsvExport;
class EmptyState;
class EvidenceList;
class WorkBar;

/// Questions to the open text: the sentences whose words mean what the question's words mean, by the vectors
/// of the run that is shown, with what may be the answer marked. A click reads on in the text.
class AskView : public View {
  Q_OBJECT

 public:
  explicit AskView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

  /// What was found for the question that stands there.
  const std::vector<CorpusAnswer>& answers() const { return answers_; }

 public Q_SLOTS:
  void ask();

 protected:
  void refresh(unsigned dirty) override;

 private:
  /// A question on its way to an answer.
  struct Asked {
    std::shared_ptr<const Corpus> corpus;
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const QuestionIndex> index;  ///< of the two; null: to be made
    QString question;
    Expected<std::vector<CorpusAnswer>> answers;
    std::vector<EvidenceRow> rows;
  };
  static Asked answer(Asked asked, const TaskContext& context);

  QWidget* makeContent();
  void askIfNewer();
  void perform();
  void adopt(Asked asked);
  void showState();
  void openPlace(const QModelIndex& index);
  void exportAnswers();

  EvidenceModel* model_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QLineEdit* question_;
  QPushButton* button_;
  QStackedLayout* body_;
  EmptyState* nothing_;
  EvidenceList* list_;
  QLabel* footer_;
  WorkBar* work_;
  CsvExport* export_;
  QString asked_;    // the question that is kept up to date
  QString problem_;  // why there is no answer
  Asked shown_;
  std::vector<CorpusAnswer> answers_;
  PacedJob job_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/word_expression.h"
#include "ui/session/paced_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class AnswerModel;
class CsvExport;
class EmptyState;
class LinkedTable;
class WordEdit;

/// Sums of words: "king - man + woman", with the words that fit the result best, anew whenever a newer table
/// of vectors arrives.
class AnalogyView : public View {
  Q_OBJECT

 public:
  static constexpr std::size_t kAnswers = 10;

  explicit AnalogyView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;

 private:
  struct Question {
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Vector> norms;
    std::vector<ExpressionTerm> terms;
    AnalogyMethod method = AnalogyMethod::Add;
    std::vector<AnalogyAnswer> answers;
  };
  static Question answer(Question question);

  QWidget* makeContent();
  QWidget* makeQuestion();
  void adoptCorpus();
  void fillExamples();
  void tryExample(const QString& sum);
  void read();
  void ask();
  void askIfNewer();
  void adopt(Question question);
  void showState();
  void selectWith(TokenId answer);
  void showOnMap();
  void choose(const QModelIndex& index, Qt::KeyboardModifiers modifiers);
  void applyTheme();
  void fitColumns();
  void exportTable();
  AnalogyMethod method() const;

  AnswerModel* model_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  WordEdit* sum_;
  QComboBox* method_;
  QToolButton* examples_;
  QStackedLayout* body_;
  LinkedTable* table_;
  EmptyState* nothing_;
  QPushButton* onMap_;
  QLabel* footer_;
  CsvExport* export_;
  std::shared_ptr<const Corpus> corpus_;
  std::size_t words_ = 0;  // that have a vector: what the sum was read with
  std::vector<std::string> offered_;
  std::vector<ExpressionTerm> terms_;
  QString problem_;  // why terms_ is empty
  Question shown_;   // the newest that was answered
  bool needed_ = false;
  PacedJob job_;
};

}  // namespace lexarium

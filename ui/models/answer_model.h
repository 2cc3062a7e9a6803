// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "core/analysis/word_expression.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Answers to a sum of words, best first: word, cosine with its bar, 3CosMul's score, count. New answers
/// change rows in place, so that a live list does not flicker.
class AnswerModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWord, kCosine, kScore, kCount, kColumns };

  explicit AnswerModel(QObject* parent = nullptr);

  void setCorpus(std::shared_ptr<const Corpus> corpus);
  void setAnswers(std::vector<AnalogyAnswer> answers);
  const std::vector<AnalogyAnswer>& answers() const { return answers_; }
  TokenId idAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const AnalogyAnswer& answer, int column) const;

  std::shared_ptr<const Corpus> corpus_;
  std::vector<AnalogyAnswer> answers_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/models/trained_model.h"

namespace lexarium {

/// Two readings token by token: what the model gave each token, or class, before and after an edit. Tokens
/// that both have stand in one row.
class CounterfactualModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kToken, kBefore, kAfter, kChange, kColumns };
  struct Row {
    QString token;
    std::optional<double> before, after;  ///< probabilities; none: it is not there
  };

  explicit CounterfactualModel(QObject* parent = nullptr);

  void setTraces(const AttentionTrace& before, const AttentionTrace& after);
  void clear();
  const std::vector<Row>& rows() const { return rows_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<Row> rows_;
};

/// Labels of the tokens that have probabilities: of the output, or of the text itself where there is none.
std::vector<std::string> labelsWithProbabilities(const AttentionTrace& trace);

}  // namespace lexarium

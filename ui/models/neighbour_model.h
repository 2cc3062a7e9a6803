// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/text/corpus.h"

namespace lexarium {

/// The nearest words, nearest first: word, score with its bar, count. New scores for the same number of rows
/// change rows in place, so that a live list does not flicker.
class NeighbourModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWord, kScore, kStable, kCount, kColumns };

  explicit NeighbourModel(QObject* parent = nullptr);

  void setCorpus(std::shared_ptr<const Corpus> corpus);
  void setNeighbours(std::vector<Neighbour> neighbours, Similarity similarity);
  /// For what share of the moments that are looked at each neighbour has been among the nearest; empty: there
  /// are none.
  void setStability(std::vector<std::optional<double>> shares);
  bool hasStability() const { return !stability_.empty(); }
  const std::vector<Neighbour>& neighbours() const { return neighbours_; }
  TokenId idAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(int row, int column) const;
  std::optional<double> stability(int row) const;
  double bar(const Neighbour& neighbour) const;

  std::shared_ptr<const Corpus> corpus_;
  std::vector<Neighbour> neighbours_;
  std::vector<std::optional<double>> stability_;  // of each neighbour
  Similarity similarity_ = Similarity::Cosine;
};

}  // namespace lexarium

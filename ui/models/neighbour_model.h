// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/text/corpus.h"

namespace lexarium {

/// The nearest words, nearest first: word, score with its bar, count. New scores for the same number of rows
/// change rows in place, so that a live list does not flicker.
class NeighbourModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWord, kScore, kCount, kColumns };

  explicit NeighbourModel(QObject* parent = nullptr);

  void setCorpus(std::shared_ptr<const Corpus> corpus);
  void setNeighbours(std::vector<Neighbour> neighbours, Similarity similarity);
  const std::vector<Neighbour>& neighbours() const { return neighbours_; }
  TokenId idAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const Neighbour& neighbour, int column) const;
  double bar(const Neighbour& neighbour) const;

  std::shared_ptr<const Corpus> corpus_;
  std::vector<Neighbour> neighbours_;
  Similarity similarity_ = Similarity::Cosine;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/analysis/compare.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Words of two runs by how many nearest neighbours they have in common: those that agree least (or most)
/// first.
class ComparisonModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWord, kCommon, kJaccard, kCount, kColumns };

  explicit ComparisonModel(QObject* parent = nullptr);

  void setComparison(std::shared_ptr<const Corpus> corpus, std::shared_ptr<const Comparison> comparison);
  /// Only words with so many common neighbours, both ends included; none: all.
  void setShown(std::optional<std::pair<int, int>> range, bool leastFirst);
  const std::shared_ptr<const Comparison>& comparison() const { return comparison_; }
  TokenId idAt(int row) const;
  int rowOf(TokenId id) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void order();

  std::shared_ptr<const Corpus> corpus_;
  std::shared_ptr<const Comparison> comparison_;
  std::optional<std::pair<int, int>> range_;
  bool leastFirst_ = true;
  std::vector<std::size_t> rows_;  // places in comparison_->words
};

}  // namespace lexarium

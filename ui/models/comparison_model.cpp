// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison_model.h"

#include <QLocale>

#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

ComparisonModel::ComparisonModel(QObject* parent) : QAbstractTableModel(parent) {}

void ComparisonModel::setComparison(std::shared_ptr<const Corpus> corpus,
                                    std::shared_ptr<const Comparison> comparison) {
  beginResetModel();
  corpus_ = std::move(corpus);
  comparison_ = std::move(comparison);
  order();
  endResetModel();
}

void ComparisonModel::setShown(std::optional<std::pair<int, int>> range, bool leastFirst) {
  if (range == range_ && leastFirst == leastFirst_) return;
  beginResetModel();
  range_ = range;
  leastFirst_ = leastFirst;
  order();
  endResetModel();
}

void ComparisonModel::order() {
  rows_.clear();
  if (!comparison_) return;
  const std::size_t all = comparison_->words.size();
  for (const std::size_t place :
       leastFirst_ ? comparison_->mostChanged(all) : comparison_->leastChanged(all)) {
    const int common = static_cast<int>(comparison_->words[place].common);
    if (!range_ || (common >= range_->first && common <= range_->second)) rows_.push_back(place);
  }
}

TokenId ComparisonModel::idAt(int row) const {
  return row >= 0 && row < rowCount() ? comparison_->words[rows_[static_cast<std::size_t>(row)]].first
                                      : kNoToken;
}

int ComparisonModel::rowOf(TokenId id) const {
  for (int row = 0; row < rowCount(); ++row)
    if (idAt(row) == id) return row;
  return -1;
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !comparison_) return {};
  const auto& word = comparison_->words[rows_[static_cast<std::size_t>(index.row())]];
  const double jaccard = comparison_->jaccard(word.common);
  switch (role) {
    case Qt::DisplayRole:
      if (index.column() == kWord) return wordText(*corpus_, word.first);
      if (index.column() == kCommon) return formatCount(word.common);
      if (index.column() == kJaccard) return QLocale().toString(jaccard, 'f', 2);
      return countText(*corpus_, word.first);
    case Qt::TextAlignmentRole:
      return static_cast<int>((index.column() == kWord ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case kTokenRole:
      return word.first;
    case kBarRole:
      return index.column() == kJaccard ? QVariant(jaccard) : QVariant();
    default:
      return {};
  }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && section != kWord)
    return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  const QString titles[] = {tr("Word"), tr("In common"), tr("Jaccard"), tr("Count")};
  const QString tips[] = {QString(), tr("Nearest neighbours that both runs give this word"),
                          tr("Neighbours in common, of all that either run gives: 1 is full agreement"),
                          QString()};
  if (section < 0 || section >= kColumns) return {};
  if (role == Qt::DisplayRole) return titles[section];
  if (role == Qt::ToolTipRole && !tips[section].isEmpty()) return tips[section];
  return {};
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/merge_model.h"

#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

QVariant alignmentOf(int column) {
  const bool isText = column == MergeModel::kPair || column == MergeModel::kToken;
  return QVariant::fromValue((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

}  // namespace

MergeModel::MergeModel(QObject* parent) : QAbstractTableModel(parent) {}

void MergeModel::setRows(std::vector<Row> rows, std::shared_ptr<const Tokenizer> tokenizer) {
  beginResetModel();
  rows_ = std::move(rows);
  tokenizer_ = std::move(tokenizer);
  reached_ = rows_.size();
  endResetModel();
}

void MergeModel::append(const std::vector<Row>& rows, std::shared_ptr<const Tokenizer> tokenizer) {
  tokenizer_ = std::move(tokenizer);
  if (rows.empty()) return;
  beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
  rows_.insert(rows_.end(), rows.begin(), rows.end());
  endInsertRows();
}

void MergeModel::setReached(std::size_t rows, const QColor& later) {
  if (reached_ == rows && later_ == later) return;
  reached_ = rows;
  later_ = later;
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

int MergeModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int MergeModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString MergeModel::text(const Row& row, int column) const {
  const QString left = toQString(tokenizer_->label(row.merge.merge.left));
  const QString right = toQString(tokenizer_->label(row.merge.merge.right));
  switch (column) {
    case kStep:
      return row.step > 0 ? formatCount(row.step) : QString();
    case kPair:
      return QStringLiteral("%1 + %2").arg(left, right);
    case kToken:
      return left + right;
    case kCount:
      return formatCount(row.merge.count);
    default:
      return row.step > 0 ? formatCount(row.textTokens) : QString();
  }
}

QVariant MergeModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !tokenizer_) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(row, index.column());
    case Qt::ToolTipRole:
      return row.step > 0 ? tr("Merge %1: %2 stood %3 times in the text and became one token, number %4.\n"
                               "Click to see the text as it was then")
                                .arg(text(row, kStep), text(row, kPair), text(row, kCount))
                                .arg(row.merge.id)
                          : tr("%1 stands %2 times in the text").arg(text(row, kPair), text(row, kCount));
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      return static_cast<std::size_t>(index.row()) >= reached_ && later_.isValid() ? QVariant(later_)
                                                                                   : QVariant();
    case kBarRole: {
      const auto most = static_cast<double>(std::max<std::uint64_t>(1, rows_.front().merge.count));
      return index.column() == kCount ? QVariant(static_cast<double>(row.merge.count) / most) : QVariant();
    }
    default:
      return {};
  }
}

QVariant MergeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  const QString names[] = {tr("Merge"), tr("Pair"), tr("Token"), tr("Count"), tr("Tokens in the text")};
  const QString tips[] = {
      tr("In which order the pairs were merged"), tr("The two tokens that stood beside each other"),
      tr("What they are together"),
      tr("How often the pair stood in the text: of all pairs the most frequent is merged"),
      tr("How many tokens the whole text had afterwards")};
  if (role == Qt::DisplayRole) return names[section];
  if (role == Qt::ToolTipRole) return tips[section];
  if (role == Qt::TextAlignmentRole) return alignmentOf(section);
  return {};
}

}  // namespace lexarium

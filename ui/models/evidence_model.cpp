// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/evidence_model.h"

#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

std::string plainText(const EvidenceRow& row) {
  std::string text;
  for (const TextPiece& piece : row.pieces) text += piece.text;
  return text;
}

EvidenceModel::EvidenceModel(QObject* parent) : QAbstractListModel(parent) {}

void EvidenceModel::setRows(std::vector<EvidenceRow> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

const EvidenceRow* EvidenceModel::rowAt(int row) const {
  return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int EvidenceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant EvidenceModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const EvidenceRow& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return toQString(plainText(row));
    case Qt::ToolTipRole:
      return (tip_.isEmpty()
                  ? tr("The marked contexts hold %1 of the closeness\nClick to read on in the text")
                  : tip_)
          .arg(formatPercent(row.place.share));
    case kTokenRole:
      return row.place.word;
    default:
      return {};
  }
}

}  // namespace lexarium

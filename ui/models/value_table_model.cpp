// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/value_table_model.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

bool isNumber(const QVariant& value) {
  return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::ULongLong;
}

/// Those without a value come last.
bool comesBefore(const QVariant& a, const QVariant& b) {
  if (!a.isValid() || !b.isValid()) return a.isValid() && !b.isValid();
  if (isNumber(a) && isNumber(b)) return a.toDouble() < b.toDouble();
  return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
}

}  // namespace

void ValueTableModel::setColumns(std::vector<Column> columns) {
  beginResetModel();
  columns_ = std::move(columns);
  rows_.clear();
  endResetModel();
}

void ValueTableModel::setRows(std::vector<Row> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int ValueTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QString ValueTableModel::textOf(const QVariant& value, bool percent) const {
  if (!value.isValid()) return QStringLiteral("–");
  if (value.typeId() == QMetaType::ULongLong) return formatCount(value.toULongLong());
  if (value.typeId() != QMetaType::Double) return oneLine(value.toString());
  const double number = value.toDouble();
  if (!std::isfinite(number)) return QStringLiteral("–");
  return percent ? formatPercent(number) : formatValue(number);
}

QVariant ValueTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const auto column = static_cast<std::size_t>(index.column());
  const QVariant value = column < row.size() ? row[column] : QVariant();
  if (role == Qt::DisplayRole) return textOf(value, columns_[column].percent);
  if (role == Qt::ToolTipRole && value.typeId() == QMetaType::QString) return value;
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::Alignment(isNumber(value) || !value.isValid() ? Qt::AlignRight : Qt::AlignLeft) |
                    Qt::AlignVCenter);
  return {};
}

QVariant ValueTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const Column& column = columns_[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return column.title;
  if (role == Qt::ToolTipRole && !column.help.isEmpty()) return column.help;
  return {};
}

void ValueTableModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= columnCount()) return;
  const auto at = static_cast<std::size_t>(column);
  Q_EMIT layoutAboutToBeChanged();
  std::stable_sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) {
    return order == Qt::AscendingOrder ? comesBefore(a[at], b[at]) : comesBefore(b[at], a[at]);
  });
  Q_EMIT layoutChanged();
}

std::vector<std::vector<std::string>> ValueTableModel::asText() const {
  std::vector<std::vector<std::string>> lines(1);
  for (const Column& column : columns_) lines[0].push_back(column.title.toStdString());
  for (const Row& row : rows_) {
    std::vector<std::string> line;
    for (const QVariant& value : row) line.push_back(value.toString().toStdString());
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>
#include <vector>

namespace lexarium {

/// A table of texts and numbers, for views whose rows are results and not words of the corpus. Numbers are
/// shown with three digits and aligned to the right; long texts on one line, whole in the tooltip.
class ValueTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  struct Column {
    QString title, help;
    bool percent = false;  ///< numbers of 0 to 1
  };
  using Row = std::vector<QVariant>;  ///< QString, double, qulonglong; invalid: a dash

  explicit ValueTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  void setColumns(std::vector<Column> columns);
  void setRows(std::vector<Row> rows);
  const std::vector<Row>& rows() const { return rows_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

  /// The value as it is shown.
  QString textOf(const QVariant& value, bool percent) const;
  /// All of it as lines of a file: titles, then rows.
  std::vector<std::vector<std::string>> asText() const;

 private:
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace lexarium

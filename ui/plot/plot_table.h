// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <string_view>
#include <vector>

#include "ui/plot/plot_export.h"

namespace lexarium {

/// The rows of a CSV text (RFC 4180: fields in quotes may hold commas, line ends and doubled quotes).
std::vector<QStringList> csvRows(std::string_view csv);

/// The numbers behind a picture, the first row as titles.
class PlotTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  explicit PlotTableModel(std::vector<QStringList> rows, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QStringList titles_;
  std::vector<QStringList> rows_;
};

/// A window of its own with the picture in words and its numbers as a table, as they are now: for who cannot
/// see the picture, or wants to read a value. Copies selected cells with Ctrl+C.
void showAsTable(const PlotSource& source, QWidget* parent);

}  // namespace lexarium

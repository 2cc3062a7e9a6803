// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_table.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace lexarium {
namespace {

constexpr int kWidth = 640, kHeight = 480;

/// The cells as lines with tabs, as spreadsheets take them.
QString selectedCells(const QTableView& table) {
  QModelIndexList cells = table.selectionModel()->selectedIndexes();
  std::sort(cells.begin(), cells.end());
  QString text;
  int row = -1;
  for (const QModelIndex& cell : cells) {
    if (row >= 0) text += cell.row() == row ? '\t' : '\n';
    row = cell.row();
    text += cell.data().toString();
  }
  return text;
}

/// At most six significant digits: nobody reads more. What is no number stays as it is.
QString readable(const QString& field) {
  bool isNumber = false;
  const double value = field.toDouble(&isNumber);
  if (!isNumber || !std::isfinite(value) || !field.contains('.')) return field;
  return QString::number(value, 'g', 6);
}

}  // namespace

std::vector<QStringList> csvRows(std::string_view csv) {
  std::vector<QStringList> rows;
  QStringList row;
  std::string field;
  bool quoted = false, begun = false;
  const auto endField = [&] { row << QString::fromStdString(std::exchange(field, {})); };
  const auto endRow = [&] {
    endField();
    rows.push_back(std::exchange(row, {}));
    begun = false;
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    begun = true;
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
        field += csv[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      endField();
    } else if (c == '\n') {
      endRow();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (begun) endRow();
  return rows;
}

PlotTableModel::PlotTableModel(std::vector<QStringList> rows, QObject* parent)
    : QAbstractTableModel(parent), rows_(std::move(rows)) {
  if (rows_.empty()) return;
  titles_ = std::move(rows_.front());
  rows_.erase(rows_.begin());
  titles_.replaceInStrings("_", " ");
}

int PlotTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int PlotTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const {
  const QString field = rows_[static_cast<std::size_t>(index.row())].value(index.column());
  if (role == Qt::DisplayRole) return readable(field);
  if (role == Qt::TextAlignmentRole) {
    bool isNumber = false;
    field.toDouble(&isNumber);
    return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
  }
  return {};
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole) return {};
  return orientation == Qt::Horizontal ? QVariant(titles_.value(section)) : QVariant(section + 1);
}

void showAsTable(const PlotSource& source, QWidget* parent) {
  const auto translated = [](const char* text) { return QCoreApplication::translate("PlotTable", text); };
  auto* window = new QDialog(parent);
  window->setAttribute(Qt::WA_DeleteOnClose);
  window->setObjectName("plotTable");
  window->setWindowTitle(translated(QT_TRANSLATE_NOOP("PlotTable", "%1 as a table")).arg(source.name));
  auto* summary = new QLabel(source.summary ? source.summary() : QString());
  summary->setObjectName("plotSummary");
  summary->setWordWrap(true);
  summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  summary->setVisible(!summary->text().isEmpty());
  auto* table = new QTableView;
  table->setAccessibleName(window->windowTitle());
  table->setModel(new PlotTableModel(csvRows(source.csv()), table));
  table->verticalHeader()->hide();
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
  table->resizeColumnsToContents();
  table->setTabKeyNavigation(false);
  auto* copy = new QShortcut(QKeySequence::Copy, table);
  copy->setContext(Qt::WidgetShortcut);
  QObject::connect(copy, &QShortcut::activated, table,
                   [table] { QGuiApplication::clipboard()->setText(selectedCells(*table)); });
  auto* close = new QPushButton(translated(QT_TRANSLATE_NOOP("PlotTable", "Close")));
  QObject::connect(close, &QPushButton::clicked, window, &QDialog::close);
  auto* layout = new QVBoxLayout(window);
  layout->setContentsMargins(3 * Theme::kSpace, 3 * Theme::kSpace, 3 * Theme::kSpace, 3 * Theme::kSpace);
  layout->addWidget(summary);
  layout->addWidget(table, 1);
  layout->addWidget(close, 0, Qt::AlignRight);
  window->resize(kWidth, kHeight);
  window->show();
  table->setFocus();
}

}  // namespace lexarium

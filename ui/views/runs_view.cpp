// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/runs_view.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/roles.h"
#include "ui/models/runs_model.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/run_menu.h"

namespace lexarium {
namespace {

constexpr int kUpdateMs = 300;
constexpr int kWidestColumn = 240;

}  // namespace

RunsView::RunsView(Session& session, QWidget* parent)
    : View(session, parent),
      model_(new RunsModel(session.runs(), this)),
      sorted_(new QSortFilterProxyModel(this)),
      empty_(new EmptyState) {
  setObjectName("runsView");
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(kSortRole);
  sorted_->setFilterKeyColumn(-1);
  sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  sorted_->setSortCaseSensitivity(Qt::CaseInsensitive);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  updateTimer_.setSingleShot(true);
  updateTimer_.setInterval(kUpdateMs);
  connect(&updateTimer_, &QTimer::timeout, model_, &RunsModel::update);
}

QWidget* RunsView::makeContent() {
  filter_ = new QLineEdit;
  filter_->setObjectName("runsFilter");
  filter_->setPlaceholderText(tr("Filter runs"));
  filter_->setAccessibleName(tr("Filter runs"));
  filter_->setClearButtonEnabled(true);
  connect(filter_, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
  table_ = new QTableView;
  table_->setObjectName("runsTable");
  table_->setAccessibleName(tr("Runs"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(-1, Qt::AscendingOrder);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(table_, &QTableView::customContextMenuRequested, this, &RunsView::showMenu);
  connect(table_, &QTableView::doubleClicked, this,
          [this](const QModelIndex& index) { session().runs().setCurrent(runIdAt(index)); });
  auto* remove = new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this,
          [this] { session().runs().removeRun(runIdAt(table_->currentIndex())); });
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  auto* head = tightLayout<QVBoxLayout>();
  head->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  head->addWidget(filter_);
  layout->addLayout(head);
  layout->addWidget(table_, 1);
  layout->addWidget(export_);
  return content;
}

void RunsView::refresh(unsigned dirty) {
  const bool any = !session().runs().runs().empty();
  if (dirty & (kCorpus | kRuns)) {
    const int selected = runIdAt(table_->currentIndex());
    model_->rebuild();
    for (int row = 0; row < sorted_->rowCount(); ++row)
      if (runIdAt(sorted_->index(row, 0)) == selected) table_->selectRow(row);
    stack_->setCurrentIndex(any ? 1 : 0);
    const bool canTrain = session().runs().canTrain();
    empty_->setContent(tr("Here stand all runs beside each other: what they were told and how far they got."),
                       canTrain ? tr("Train") : QString());
    fitColumns();
  } else if ((dirty & kFrame) && any && !updateTimer_.isActive()) {
    updateTimer_.start();
  }
  if (dirty & kTheme) {
    table_->setFont(session().theme().numbers);
    table_->setStyleSheet(tintedSelection(session().theme()));
    table_->verticalHeader()->setDefaultSectionSize(QFontMetrics(session().theme().numbers).height() +
                                                    2 * Theme::kSpace);
    fitColumns();
  }
}

void RunsView::fitColumns() {
  table_->resizeColumnsToContents();
  for (int column = 0; column < sorted_->columnCount(); ++column)
    table_->setColumnWidth(column, std::min(kWidestColumn, table_->columnWidth(column) + 2 * Theme::kSpace));
}

int RunsView::runIdAt(const QModelIndex& shown) const {
  return shown.isValid() ? shown.siblingAtColumn(0).data(kIdRole).toInt() : 0;
}

void RunsView::showMenu(const QPoint& place) {
  const QModelIndex index = table_->indexAt(place);
  if (!index.isValid()) return;
  QMenu menu;
  fillRunMenu(menu, session(), runIdAt(index), this,
              [this, name = index.siblingAtColumn(RunsModel::kName)] { table_->edit(name); });
  menu.exec(table_->viewport()->mapToGlobal(place));
}

void RunsView::exportCsv() {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> title;
  for (int column = 0; column < sorted_->columnCount(); ++column)
    title.push_back(sorted_->headerData(column, Qt::Horizontal).toString().toStdString());
  rows.push_back(std::move(title));
  for (int row = 0; row < sorted_->rowCount(); ++row) {
    std::vector<std::string> fields;
    for (int column = 0; column < sorted_->columnCount(); ++column) {
      const QVariant value = sorted_->index(row, column).data(kSortRole);
      fields.push_back(value.typeId() == QMetaType::Double ? formatParam(value.toDouble())
                                                           : value.toString().toStdString());
    }
    rows.push_back(std::move(fields));
  }
  export_->askAndSave(tr("runs.csv"),
                      [rows = std::move(rows)](CsvWriter& writer, const TaskContext&) -> Expected<void> {
                        for (const auto& row : rows)
                          if (auto done = writer.row(row); !done) return done;
                        return {};
                      });
}

void RunsView::fillMenu(QMenu& menu) {
  QAction* action = menu.addAction(tr("Export table as CSV..."), this, &RunsView::exportCsv);
  action->setObjectName("exportCsv");
  action->setEnabled(!session().runs().runs().empty());
}

QJsonObject RunsView::saveState() const {
  return {{"column", table_->horizontalHeader()->sortIndicatorSection()},
          {"descending", table_->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void RunsView::restoreState(const QJsonObject& state) {
  const int column = state["column"].toInt(-1);
  if (column < 0 || column >= RunsModel::kFixedColumns) return;
  table_->sortByColumn(column, state["descending"].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QString RunsView::textSummary() const {
  const auto& runs = session().runs().runs();
  if (runs.empty()) return empty_->sentence();
  return tr("%1 runs, %2 shown; they differ in %3 settings")
      .arg(formatCount(runs.size()), formatCount(static_cast<std::uint64_t>(sorted_->rowCount())),
           formatCount(static_cast<std::uint64_t>(model_->differing())));
}

}  // namespace lexarium

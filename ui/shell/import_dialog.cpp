// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/import_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/base/file.h"
#include "ui/session/session.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kShownRows = 20, kShownCharacters = 120, kAnyKind = -1;

std::optional<std::size_t> chosenColumn(const QComboBox& combo) {
  const int column = combo.currentData().toInt();
  return column < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(column));
}

/// Without a name its number.
QString columnName(const ImportReport& report, std::size_t column, int most) {
  const QString name = toQString(report.columns[column]);
  return name == QString::number(column + 1) ? ImportDialog::tr("Column %1").arg(column + 1)
                                             : oneLine(name, most);
}

QTableWidgetItem* cell(const std::string& text) {
  const QString shown = oneLine(toQString(text), kShownCharacters);
  auto* item = new QTableWidgetItem(shown);
  item->setToolTip(oneLine(toQString(text), 20 * kShownCharacters));
  return item;
}

}  // namespace

ImportDialog::ImportDialog(Session& session, const QStringList& paths, QWidget* parent)
    : QDialog(parent), session_(session), paths_(paths) {
  setObjectName("importDialog");
  setWindowTitle(tr("Open examples"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 16, 16, 16);
  layout->setSpacing(12);
  QStringList names;
  for (const QString& path : paths) names << QFileInfo(path).fileName();
  auto* title = new QLabel(oneLine(names.join(QStringLiteral(", ")), 80));
  title->setProperty("role", "title");
  layout->addWidget(title);
  layout->addWidget(choices());
  rows_ = new QTableWidget;
  rows_->setObjectName("importRows");
  rows_->setAccessibleName(tr("First rows"));
  rows_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  rows_->setSelectionMode(QAbstractItemView::NoSelection);
  rows_->verticalHeader()->hide();
  rows_->setWordWrap(false);
  layout->addWidget(rows_, 1);
  counts_ = new QLabel;
  counts_->setObjectName("importCounts");
  counts_->setWordWrap(true);
  counts_->setTextFormat(Qt::PlainText);
  layout->addWidget(counts_);
  skipped_ = new QPlainTextEdit;
  skipped_->setObjectName("importSkipped");
  skipped_->setAccessibleName(tr("Rows left out"));
  skipped_->setReadOnly(true);
  skipped_->setMaximumHeight(fontMetrics().height() * 5);
  layout->addWidget(skipped_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  open_ = buttons->addButton(tr("Open examples"), QDialogButtonBox::AcceptRole);
  open_->setObjectName("openExamples");
  open_->setProperty("primary", true);
  open_->setDefault(true);
  auto* text = buttons->addButton(tr("Open as plain text"), QDialogButtonBox::ActionRole);
  text->setObjectName("openAsText");
  connect(open_, &QPushButton::clicked, this, &ImportDialog::openExamples);
  connect(text, &QPushButton::clicked, this, &ImportDialog::openAsText);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  layout->addWidget(buttons);
  resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 36);
  read();
}

QWidget* ImportDialog::choices() {
  auto* widget = new QWidget;
  auto* form = new QFormLayout(widget);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
  kind_ = new QComboBox;
  kind_->setObjectName("importKind");
  kind_->addItem(tr("What it looks like"), kAnyKind);
  kind_->addItem(tr("Pairs: a text becomes another"), static_cast<int>(TaskKind::Pairs));
  kind_->addItem(tr("Texts with their classes"), static_cast<int>(TaskKind::Labels));
  kind_->addItem(tr("Stories with questions"), static_cast<int>(TaskKind::Stories));
  encoding_ = new QComboBox;
  encoding_->setObjectName("importEncoding");
  encoding_->addItem(tr("Find out for each file"), QString());
  for (const auto& name : selectableEncodings()) encoding_->addItem(toQString(name), toQString(name));
  input_ = new QComboBox;
  input_->setObjectName("importInput");
  output_ = new QComboBox;
  output_->setObjectName("importOutput");
  inputLabel_ = new QLabel;
  outputLabel_ = new QLabel;
  inputLabel_->setBuddy(input_);
  outputLabel_->setBuddy(output_);
  header_ = new QCheckBox(tr("The first row has names"));
  header_->setObjectName("importHeader");
  auto* kindLabel = new QLabel(tr("&Read as"));
  kindLabel->setBuddy(kind_);
  form->addRow(kindLabel, kind_);
  form->addRow(inputLabel_, input_);
  form->addRow(outputLabel_, output_);
  form->addRow(QString(), header_);
  auto* encodingLabel = new QLabel(tr("&Encoding"));
  encodingLabel->setBuddy(encoding_);
  form->addRow(encodingLabel, encoding_);
  const auto again = [this] {
    if (!filling_) read();
  };
  connect(kind_, &QComboBox::currentIndexChanged, this, [this, again] {
    const QSignalBlocker quietInput(input_), quietOutput(output_);
    input_->clear();  // another kind finds its columns anew
    output_->clear();
    again();
  });
  for (QComboBox* combo : {encoding_, input_, output_})
    connect(combo, &QComboBox::currentIndexChanged, this, again);
  connect(header_, &QCheckBox::clicked, this, again);
  return widget;
}

ImportOptions ImportDialog::options() const {
  ImportOptions options;
  if (const int kind = kind_->currentData().toInt(); kind != kAnyKind)
    options.kind = static_cast<TaskKind>(kind);
  options.encoding = encoding_->currentData().toString().toStdString();
  if (input_->count() == 0) return options;
  options.input = chosenColumn(*input_);
  options.output = chosenColumn(*output_);
  options.header = header_->isChecked();
  return options;
}

void ImportDialog::read() {
  open_->setEnabled(false);
  counts_->setText(tr("Reading ..."));
  std::vector<std::filesystem::path> files;
  for (const QString& path : paths_) files.push_back(pathFromUtf8(path.toStdString()));
  auto work = [files, options = options()](std::stop_token stop) -> Expected<Preview> {
    TaskContext context;
    context.stop = stop;
    auto imported = importTask(files, options, context);
    if (!imported) return tl::unexpected<Error>(imported.error());
    Preview preview;
    preview.report = std::move(imported->report);
    preview.splits = splitExamples(imported->data, {});
    preview.task = std::make_shared<const TaskData>(std::move(imported->data));
    return preview;
  };
  job_.run(std::move(work), [this](Expected<Preview> preview) { show(std::move(preview)); });
}

void ImportDialog::show(Expected<Preview> preview) {
  filling_ = true;
  task_ = preview ? preview->task : nullptr;
  open_->setEnabled(task_ != nullptr);
  skipped_->clear();
  if (preview) {
    fillColumns(preview->report);
    showRows(*preview);
    showCounts(*preview);
  } else {
    counts_->setText(toQString(preview.error().message()));
  }
  skipped_->setVisible(preview && !preview->report.skipped.empty());
  filling_ = false;
}

/// The columns with those that were found chosen; stories have none.
void ImportDialog::fillColumns(const ImportReport& report) {
  const bool labels = task_->kind == TaskKind::Labels;
  inputLabel_->setText(labels ? tr("&Text") : tr("&Source"));
  outputLabel_->setText(labels ? tr("&Class") : tr("&Target"));
  const bool hasColumns = task_->kind != TaskKind::Stories && !report.columns.empty();
  for (QComboBox* combo : {input_, output_}) {
    combo->clear();
    for (std::size_t i = 0; hasColumns && i < report.columns.size(); ++i)
      combo->addItem(columnName(report, i, 40), static_cast<int>(i));
    combo->setVisible(hasColumns);
  }
  inputLabel_->setVisible(hasColumns);
  outputLabel_->setVisible(hasColumns);
  header_->setVisible(hasColumns && paths_.size() == 1);
  header_->setChecked(report.used.header.value_or(false));
  if (report.used.input) input_->setCurrentIndex(static_cast<int>(*report.used.input));
  if (report.used.output) output_->setCurrentIndex(static_cast<int>(*report.used.output));
}

void ImportDialog::showRows(const Preview& preview) {
  const ImportReport& report = preview.report;
  rows_->clear();
  const bool stories = preview.task->kind == TaskKind::Stories;
  QStringList titles;
  if (stories) {
    titles = {tr("Story"), tr("Question"), tr("Answer")};
  } else {
    for (std::size_t i = 0; i < report.columns.size(); ++i) {
      const QString name = columnName(report, i, 30);
      const bool isInput = report.used.input == i, isOutput = report.used.output == i;
      const bool labels = preview.task->kind == TaskKind::Labels;
      titles << (isInput    ? tr("%1 (%2)").arg(name, labels ? tr("text") : tr("source"))
                    : isOutput ? tr("%1 (%2)").arg(name, labels ? tr("class") : tr("target"))
                               : name);
    }
  }
  const auto& examples = preview.task->examples;
  // The names stand above already.
  const std::size_t skipped = !stories && report.used.header.value_or(false) ? 1 : 0;
  const std::size_t count = std::min<std::size_t>(
      kShownRows,
      stories ? examples.size() : report.firstRows.size() - std::min(skipped, report.firstRows.size()));
  rows_->setColumnCount(static_cast<int>(titles.size()));
  rows_->setHorizontalHeaderLabels(titles);
  rows_->setRowCount(static_cast<int>(count));
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<std::string> cells;
    if (stories) {
      std::string story;
      for (const std::string& sentence : examples[row].story) story += sentence + ' ';
      cells = {story, examples[row].input, examples[row].output};
    } else {
      cells = report.firstRows[row + skipped].cells;
    }
    for (std::size_t column = 0; column < cells.size(); ++column)
      rows_->setItem(static_cast<int>(row), static_cast<int>(column), cell(cells[column]));
  }
  rows_->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
  rows_->resizeColumnsToContents();
  const int most =
      std::max(1, rows_->viewport()->width() / std::max<int>(1, static_cast<int>(titles.size())));
  for (int column = 0; column < rows_->columnCount(); ++column)
    rows_->setColumnWidth(column, std::min(rows_->columnWidth(column), std::max(most, 160)));
  rows_->horizontalHeader()->setStretchLastSection(true);
}

void ImportDialog::showCounts(const Preview& preview) {
  const ImportReport& report = preview.report;
  QStringList sentences;
  const QString count = formatCount(preview.task->examples.size());
  sentences << (preview.task->kind == TaskKind::Pairs ? tr("%1 pairs of texts.").arg(count)
                : preview.task->kind == TaskKind::Labels
                    ? tr("%1 texts in %2 classes.").arg(count).arg(preview.task->labels.size())
                    : tr("%1 questions about stories.").arg(count));
  sentences << tr("%1 are learned from, %2 looked at while training, %3 kept for the test; equal texts stay "
                  "together.")
                   .arg(formatCount(preview.splits.train.size()),
                        formatCount(preview.splits.validation.size()),
                        formatCount(preview.splits.test.size()));
  if (!report.encoding.empty()) sentences << tr("Read as %1.").arg(toQString(report.encoding));
  if (report.replacedSequences > 0)
    sentences
        << tr("%1 ill-formed characters are shown as \uFFFD.").arg(formatCount(report.replacedSequences));
  if (report.skippedRows > 0) sentences << tr("%1 rows are left out:").arg(formatCount(report.skippedRows));
  counts_->setText(sentences.join(u' '));
  QStringList reasons;
  for (const SkippedRow& row : report.skipped)
    reasons << (row.line > 0 ? tr("Line %1: %2").arg(row.line).arg(toQString(row.why)) : toQString(row.why));
  skipped_->setPlainText(reasons.join(u'\n'));
}

void ImportDialog::openExamples() {
  if (!task_) return;
  session_.openTask(task_, paths_);
  accept();
}

void ImportDialog::openAsText() {
  session_.openAsText(paths_);
  accept();
}

}  // namespace lexarium

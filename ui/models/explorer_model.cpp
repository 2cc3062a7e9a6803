// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explorer_model.h"

#include <QStringList>
#include <cmath>

#include "ui/models/corpus_text.h"
#include "ui/models/document_list_model.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

// An index's id says which branch it is on.
constexpr quintptr kTop = 0;
constexpr quintptr kUnderText = 1;
constexpr quintptr kUnderRuns = 2;
constexpr int kTextRow = 0;
constexpr int kRunsRow = 1;

}  // namespace

ExplorerModel::ExplorerModel(RunController& runs, QObject* parent)
    : QAbstractItemModel(parent), runs_(runs) {}

void ExplorerModel::rebuild(std::shared_ptr<const Corpus> corpus) {
  beginResetModel();
  corpus_ = std::move(corpus);
  shown_ = runs_.runs();
  endResetModel();
}

bool ExplorerModel::matchesRuns() const { return shown_ == runs_.runs(); }

void ExplorerModel::update() {
  const QModelIndex runs = runsIndex();
  if (!runs.isValid()) return;
  Q_EMIT dataChanged(runs, runs);
  if (!shown_.empty()) Q_EMIT dataChanged(index(0, 0, runs), index(rowCount(runs) - 1, 0, runs));
}

ExplorerModel::Kind ExplorerModel::kind(const QModelIndex& index) const {
  if (!index.isValid()) return Kind::None;
  if (index.internalId() == kUnderText) return Kind::Document;
  if (index.internalId() == kUnderRuns) return Kind::Run;
  return index.row() == kTextRow ? Kind::Text : Kind::Runs;
}

const Run* ExplorerModel::run(const QModelIndex& index) const {
  return kind(index) == Kind::Run ? shown_[static_cast<std::size_t>(index.row())].get() : nullptr;
}

int ExplorerModel::runId(const QModelIndex& index) const {
  const Run* found = run(index);
  return found ? found->id : 0;
}

std::size_t ExplorerModel::document(const QModelIndex& index) const {
  return kind(index) == Kind::Document ? static_cast<std::size_t>(index.row()) : 0;
}

QModelIndex ExplorerModel::textIndex() const { return index(kTextRow, 0); }
QModelIndex ExplorerModel::runsIndex() const { return index(kRunsRow, 0); }

QModelIndex ExplorerModel::indexOfRun(int runId) const {
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    if (shown_[i]->id == runId) return index(static_cast<int>(i), 0, runsIndex());
  }
  return {};
}

QModelIndex ExplorerModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, kTop);
  return createIndex(row, column, parent.row() == kTextRow ? kUnderText : kUnderRuns);
}

QModelIndex ExplorerModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == kTop) return {};
  return createIndex(child.internalId() == kUnderText ? kTextRow : kRunsRow, 0, kTop);
}

int ExplorerModel::rowCount(const QModelIndex& parent) const {
  if (!corpus_) return 0;
  switch (kind(parent)) {
    case Kind::None:
      return 2;
    case Kind::Text:  // a single document is the text itself
      return corpus_->documentCount() == 1 ? 0 : static_cast<int>(corpus_->documentCount());
    case Kind::Runs:
      return static_cast<int>(shown_.size());
    default:
      return 0;
  }
}

int ExplorerModel::columnCount(const QModelIndex&) const { return 1; }

QVariant ExplorerModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  switch (kind(index)) {
    case Kind::Text:
      return textData(role);
    case Kind::Document:
      return documentData(static_cast<std::size_t>(index.row()), role);
    case Kind::Runs:
      return runsData(role);
    case Kind::Run:
      return runData(*run(index), role);
    case Kind::None:
      break;
  }
  return {};
}

QVariant ExplorerModel::textData(int role) const {
  if (role == Qt::DisplayRole) return oneLine(toQString(corpus_->title()));
  if (role == kDetailRole && corpus_->documentCount() == 1) return documentFacts(corpus_->document(0));
  if (role == kDetailRole && !corpus_->hasText()) return sizeText(*corpus_);
  if (role == kDetailRole) {
    return tr("%1 documents · %2 words")
        .arg(formatCount(corpus_->documentCount()), formatCount(corpus_->tokens().size()));
  }
  if (role == Qt::ToolTipRole) return QString(toQString(corpus_->title()) + u'\n' + sizeText(*corpus_));
  return {};
}

QVariant ExplorerModel::documentData(std::size_t document, int role) const {
  const Document& shown = corpus_->document(document);
  if (role == Qt::DisplayRole) return oneLine(toQString(shown.name));
  if (role == kDetailRole) return documentFacts(shown);
  if (role == Qt::ToolTipRole) {
    return QString(toQString(shown.name) + u'\n' + documentFacts(shown) + u'\n' + tr("Click to read it"));
  }
  return {};
}

QVariant ExplorerModel::runsData(int role) const {
  if (role == Qt::DisplayRole) return tr("Runs");
  if (role == kDetailRole) return shown_.empty() ? tr("none yet; press Train") : formatCount(shown_.size());
  if (role == Qt::ToolTipRole) return tr("What has been trained on this text");
  return {};
}

QString ExplorerModel::runDetail(const Run& run) const {
  if (run.isFromFile()) {
    const auto snapshot = run.trainer->snapshot();
    if (const auto model = snapshot->languageModel())
      return tr("from a file · %1 numbers").arg(formatCount(model->facts().parameters));
    if (snapshot->trained)
      return tr("from a file · %1 numbers").arg(formatCount(snapshot->trained->memoryBytes() / sizeof(Real)));
    return tr("from a file · %1 dimensions").arg(snapshot->all->vectors.rows());
  }
  const RunStatus status = run.trainer->status();
  QStringList facts{stateText(status.state)};
  if (status.step > 0) {
    if (std::isfinite(status.loss)) facts << tr("loss %1").arg(formatValue(status.loss));
    facts << (status.totalEpochs > 0
                  ? tr("epoch %1 of %2").arg(formatValue(status.epoch), formatValue(status.totalEpochs))
                  : tr("epoch %1").arg(formatValue(status.epoch)));
  }
  return facts.join(QStringLiteral(" · "));
}

QVariant ExplorerModel::runData(const Run& run, int role) const {
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return run.name;
    case kDetailRole:
      return runDetail(run);
    case kColorRole:
      return run.color;
    case kCurrentRole:
      return &run == runs_.current();
    case Qt::CheckStateRole:
      return run.visible ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole: {
      const ModelInfo* model = findModel(run.trainer->config().modelId);
      QString tip = run.name + u'\n' + (model ? coreText(model->title) + QStringLiteral(": ") : QString()) +
                    runDetail(run);
      const std::string message = run.trainer->status().message;
      if (!message.empty()) tip += u'\n' + toQString(message);
      return tip + u'\n' + tr("Double-click to show it in all views; the box shows it on the loss chart");
    }
    default:
      return {};
  }
}

bool ExplorerModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const Run* found = run(index);
  if (!found) return false;
  const int id = found->id;
  if (role == Qt::EditRole) runs_.renameRun(id, value.toString());
  if (role == Qt::CheckStateRole) runs_.setRunVisible(id, value.toInt() == Qt::Checked);
  return role == Qt::EditRole || role == Qt::CheckStateRole;
}

Qt::ItemFlags ExplorerModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
  return kind(index) == Kind::Run ? flags | Qt::ItemIsEditable | Qt::ItemIsUserCheckable : flags;
}

}  // namespace lexarium

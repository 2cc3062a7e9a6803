// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/runs_model.h"

#include <QFileInfo>
#include <cmath>

#include "core/models/corpus_vectors.h"
#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
RunsModel::RunsModel(RunController& runs, QObject* parent) : QAbstractTableModel(parent), runs_(runs) {}

void RunsModel::rebuild() {
  beginResetModel();
  shown_ = runs_.runs();
  std::vector<const RunConfig*> configs;
  for (const auto& run : shown_) configs.push_back(&run->trainer->config());
  const RunParameters found = runParameters(configs);
  parameters_.clear();
  for (const RunParameter& parameter : found.all) parameters_.push_back({parameter.key, titleOf(parameter)});
  differing_ = static_cast<int>(found.differing);
  endResetModel();
}

void RunsModel::update() {
  if (!shown_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kFixedColumns - 1));
}

QString RunsModel::titleOf(const RunParameter& parameter) {
  if (parameter.key == kSeedKey) return tr("Seed");
  if (parameter.key == kModeKey) return tr("Mode");
  return parameter.key == kThreadsKey ? tr("Threads") : coreText(parameter.label);
}

int RunsModel::runId(int row) const {
  return row >= 0 && row < rowCount() ? shown_[static_cast<std::size_t>(row)]->id : 0;
}

int RunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kFixedColumns + static_cast<int>(parameters_.size()) + 1;
}

QVariant RunsModel::value(const Run& run, const std::string& key) const {
  const RunConfig& config = run.trainer->config();
  if (run.isFromFile()) return {};
  if (key == kSeedKey) return static_cast<qulonglong>(config.execution.seed);
  if (key == kThreadsKey) return static_cast<qulonglong>(config.execution.threads);
  if (key == kModeKey)
    return config.execution.mode == Execution::Mode::Reproducible ? tr("reproducible") : tr("fastest");
  if (!config.params.contains(key)) return {};
  const ParamValue& param = config.params.value(key);
  if (const auto* number = std::get_if<double>(&param)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&param)) return static_cast<qlonglong>(*whole);
  if (const auto* flag = std::get_if<bool>(&param)) return *flag ? tr("yes") : tr("no");
  const QString text = toQString(std::get<std::string>(param));
  if (key != kVectorsKey) return text;
  if (text.isEmpty()) return tr("from scratch");
  const QString ofRun = QString::fromLatin1(kRunSource);
  return text.startsWith(ofRun) ? text.mid(ofRun.size()) : QFileInfo(text).fileName();
}

QVariant RunsModel::fixed(const Run& run, int column, bool toSort) const {
  const RunStatus status = run.trainer->status();
  const auto number = [&](double number, bool known) -> QVariant {
    if (!known || !std::isfinite(number)) return {};
    return toSort ? QVariant(number) : QVariant(formatValue(number));
  };
  switch (column) {
    case kName:
      return run.name;
    case kModel: {
      const auto snapshot = run.isFromFile() ? run.trainer->snapshot() : nullptr;
      const auto opened = snapshot ? snapshot->trained : nullptr;
      const ModelInfo* model = findModel(opened ? opened->modelId() : run.trainer->config().modelId);
      return model ? coreText(model->title) : tr("file of vectors");
    }
    case kState:
      return run.isFromFile() ? QString() : stateText(status.state);
    case kLoss:
      return number(status.loss, status.step > 0);
    case kEpoch:
      return number(status.epoch, status.step > 0);
    default:
      return number(status.seconds, status.seconds > 0);
  }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Run& run = *shown_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  const bool text = column < kLoss || isNotes(column);
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case kSortRole: {
      if (isNotes(column)) return run.notes;
      if (column < kFixedColumns) return fixed(run, column, role == kSortRole);
      const QVariant found = value(run, parameters_[static_cast<std::size_t>(column - kFixedColumns)].key);
      const bool real = found.typeId() == QMetaType::Double;
      return real && role == Qt::DisplayRole ? QVariant(formatValue(found.toDouble())) : found;
    }
    case Qt::DecorationRole:
      return column == kName ? QVariant(run.color) : QVariant();
    case Qt::TextAlignmentRole:
      return static_cast<int>((text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole: {
      if (run.parent == 0 || column != kName) return {};
      for (const auto& other : shown_)
        if (other->id == run.parent)
          return tr("Forked off %1 at step %2").arg(other->name, formatCount(run.parentStep));
      return {};
    }
    case kIdRole:
      return run.id;
    default:
      return {};
  }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole) return false;
  const int id = runId(index.row());
  if (index.column() == kName) {
    runs_.renameRun(id, value.toString());
  } else if (isNotes(index.column())) {
    runs_.setRunNotes(id, value.toString());
  } else {
    return false;
  }
  return true;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (role == Qt::TextAlignmentRole && section >= kLoss && !isNotes(section))
    return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  if (isNotes(section)) return tr("Notes");
  if (section >= kFixedColumns) return parameters_[static_cast<std::size_t>(section - kFixedColumns)].title;
  const QString titles[] = {tr("Run"), tr("Model"), tr("State"), tr("Loss"), tr("Epoch"), tr("Seconds")};
  return titles[section];
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return index.column() == kName || isNotes(index.column()) ? flags | Qt::ItemIsEditable : flags;
}

}  // namespace lexarium

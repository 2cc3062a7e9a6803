// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sample_history_model.h"

#include <algorithm>

#include "ui/widgets/helpers.h"

namespace lexarium {

SampleHistoryModel::SampleHistoryModel(QObject* parent) : QAbstractTableModel(parent) {}

void SampleHistoryModel::setSamples(Samples samples) {
  const bool grown =
      samples.size() == samples_.size() + 1 && std::equal(samples_.begin(), samples_.end(), samples.begin());
  if (samples == samples_) return;
  if (grown) {
    beginInsertRows({}, 0, 0);
    samples_ = std::move(samples);
    endInsertRows();
    return;
  }
  beginResetModel();
  samples_ = std::move(samples);
  endResetModel();
}

std::uint64_t SampleHistoryModel::stepAt(int row) const { return at(row).step; }

int SampleHistoryModel::rowOf(std::uint64_t step) const {
  const auto after = std::upper_bound(samples_.begin(), samples_.end(), step,
                                      [](std::uint64_t s, const auto& sample) { return s < sample->step; });
  return after == samples_.begin() ? -1 : static_cast<int>(samples_.end() - after);
}

int SampleHistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(samples_.size());
}

int SampleHistoryModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QVariant SampleHistoryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const TextSample& sample = at(index.row());
  if (role == Qt::TextAlignmentRole && index.column() == kStep) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) return toQString(sample.text);
  if (role != Qt::DisplayRole) return {};
  if (index.column() == kStep) return formatCount(sample.step);
  return spokenText(sample);
}

QVariant SampleHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == kStep ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  return section == kStep ? tr("Step") : tr("What it said");
}

QString spokenText(const TextSample& sample) {
  const std::size_t from = std::min(sample.promptBytes, sample.text.size());
  QString text = toQString(std::string_view(sample.text).substr(from));
  text.replace(u'\n', QStringLiteral(" \u21B5 "));
  return oneLine(text, 300);
}

}  // namespace lexarium

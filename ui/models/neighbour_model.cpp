// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/neighbour_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

NeighbourModel::NeighbourModel(QObject* parent) : QAbstractTableModel(parent) {}

void NeighbourModel::setCorpus(std::shared_ptr<const Corpus> corpus) {
  beginResetModel();
  corpus_ = std::move(corpus);
  neighbours_.clear();
  endResetModel();
}

void NeighbourModel::setNeighbours(std::vector<Neighbour> neighbours, Similarity similarity) {
  const int before = rowCount();
  const int after = static_cast<int>(neighbours.size());
  similarity_ = similarity;
  if (after < before) {
    beginRemoveRows({}, after, before - 1);
    neighbours_.resize(neighbours.size());
    endRemoveRows();
  }
  const int common = std::min(before, after);
  std::copy_n(neighbours.begin(), common, neighbours_.begin());
  if (after > before) {
    beginInsertRows({}, before, after - 1);
    neighbours_ = std::move(neighbours);
    endInsertRows();
  }
  if (common > 0) Q_EMIT dataChanged(index(0, 0), index(common - 1, kColumns - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, kScore, kScore);
}

void NeighbourModel::setStability(std::vector<std::optional<double>> shares) {
  if (shares == stability_) return;
  stability_ = std::move(shares);
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, kStable), index(rowCount() - 1, kStable));
}

std::optional<double> NeighbourModel::stability(int row) const {
  const auto place = static_cast<std::size_t>(row);
  return place < stability_.size() ? stability_[place] : std::nullopt;
}

TokenId NeighbourModel::idAt(int row) const {
  return row >= 0 && row < rowCount() ? neighbours_[static_cast<std::size_t>(row)].id : kNoToken;
}

int NeighbourModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(neighbours_.size());
}

int NeighbourModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString NeighbourModel::text(int row, int column) const {
  const Neighbour& neighbour = neighbours_[static_cast<std::size_t>(row)];
  switch (column) {
    case kWord:
      return oneLine(toQString(corpus_->vocabulary().word(neighbour.id)));
    case kScore:
      return QLocale().toString(neighbour.score, 'f', 3);
    case kStable:
      return stability(row) ? formatPercent(*stability(row)) : QString();
    default:
      return countText(*corpus_, neighbour.id);
  }
}

double NeighbourModel::bar(const Neighbour& neighbour) const {
  if (similarity_ == Similarity::Cosine) return std::clamp(neighbour.score, 0.0, 1.0);
  // Longer is nearer here too: the nearest word's distance over this one's.
  const double nearest = neighbours_.front().score;
  return neighbour.score > 0 ? std::clamp(nearest / neighbour.score, 0.0, 1.0) : 1.0;
}

QVariant NeighbourModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !corpus_) return {};
  const Neighbour& neighbour = neighbours_[static_cast<std::size_t>(index.row())];
  if (neighbour.id >= corpus_->vocabulary().size()) return {};
  switch (role) {
    case Qt::DisplayRole:
      return text(index.row(), index.column());
    case Qt::ToolTipRole: {
      QString tip = tr("%1: %2. %3.\nClick to walk on to this word")
                        .arg(text(index.row(), kWord), text(index.row(), kScore),
                             occurrenceText(*corpus_, neighbour.id));
      if (const auto share = stability(index.row()))
        tip +=
            u'\n' + tr("Among the nearest in %1 of the last moments of the run").arg(formatPercent(*share));
      return tip;
    }
    case kTokenRole:
      return neighbour.id;
    case kBarRole:
      return index.column() == kScore ? QVariant(bar(neighbour)) : QVariant();
    case Qt::TextAlignmentRole:
      return QVariant::fromValue((index.column() == kWord ? Qt::AlignLeft : Qt::AlignRight) |
                                 Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant NeighbourModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  const bool cosine = similarity_ == Similarity::Cosine;
  if (role == Qt::DisplayRole) {
    if (section == kWord) return tr("Neighbour");
    if (section == kCount) return tr("Count");
    if (section == kStable) return tr("Stable");
    return cosine ? tr("Cosine") : tr("Distance");
  }
  if (role == Qt::ToolTipRole) {
    if (section == kWord) return tr("The words whose vectors are nearest");
    if (section == kStable)
      return tr("For how much of the second half of the run this word has been among the nearest");
    if (section == kCount) return tr("How often the neighbour occurs; rare words have unreliable vectors");
    return cosine ? tr("Cosine of the angle between the vectors: 1 is the same direction")
                  : tr("Straight-line distance between the vectors: smaller is nearer");
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((section == kWord ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  return {};
}

}  // namespace lexarium

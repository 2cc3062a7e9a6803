// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/joint_lines_model.h"

#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kContextTokens = 12;

}  // namespace

JointLinesModel::JointLinesModel(QObject* parent) : QAbstractTableModel(parent) {}

void JointLinesModel::setPlaces(std::shared_ptr<const Corpus> corpus, std::vector<JointPlace> places) {
  beginResetModel();
  corpus_ = std::move(corpus);
  places_ = std::move(places);
  endResetModel();
}

JointLine JointLinesModel::lineAt(int row) const {
  return jointLine(*corpus_, places_[static_cast<std::size_t>(row)], kContextTokens);
}

int JointLinesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(places_.size());
}

int JointLinesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant JointLinesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const JointPlace& place = places_[static_cast<std::size_t>(index.row())];
  if (index.column() == kWeight) {
    if (role == Qt::DisplayRole)
      return place.distance == 1 ? QStringLiteral("1") : QStringLiteral("1/%1").arg(place.distance);
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  } else if (index.column() == kDocument) {
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
      return oneLine(toQString(corpus_->document(corpus_->documentOf(place.first)).name));
  } else if (role == kPartsRole || role == Qt::DisplayRole || role == Qt::ToolTipRole) {
    const JointLine line = lineAt(index.row());
    const QStringList parts{toQString(line.left), toQString(line.first), toQString(line.between),
                            toQString(line.second), toQString(line.right)};
    if (role == kPartsRole) return parts;
    return parts.join(QString());
  }
  return {};
}

QVariant JointLinesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::DisplayRole) {
    return section == kWeight ? tr("Counts")
           : section == kLine ? tr("Where they stand together")
                              : tr("Document");
  }
  if (role == Qt::ToolTipRole && section == kWeight)
    return tr("What the place adds to the cell: 1 / distance in words, as GloVe counts it");
  return {};
}

}  // namespace lexarium

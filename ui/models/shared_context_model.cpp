// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/shared_context_model.h"

#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

QVariant alignmentOf(int column) {
  return QVariant::fromValue((column == SharedContextModel::kWord ? Qt::AlignLeft : Qt::AlignRight) |
                             Qt::AlignVCenter);
}

}  // namespace

SharedContextModel::SharedContextModel(QObject* parent) : QAbstractTableModel(parent) {}

void SharedContextModel::setContexts(std::shared_ptr<const Corpus> corpus,
                                     std::vector<SharedContext> contexts, TokenId a, TokenId b) {
  beginResetModel();
  corpus_ = std::move(corpus);
  contexts_ = std::move(contexts);
  words_ = {a, b};
  endResetModel();
}

TokenId SharedContextModel::idAt(int row) const {
  return row >= 0 && row < rowCount() ? contexts_[static_cast<std::size_t>(row)].id : kNoToken;
}

int SharedContextModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !corpus_ ? 0 : static_cast<int>(contexts_.size());
}

int SharedContextModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString SharedContextModel::text(const SharedContext& context, int column) const {
  switch (column) {
    case kWord:
      return wordText(*corpus_, context.id);
    case kShare:
      return formatPercent(context.share);
    default:
      return formatCount(context.together[column == kWithA ? 0 : 1]);
  }
}

QVariant SharedContextModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !corpus_) return {};
  const SharedContext& context = contexts_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(context, index.column());
    case Qt::ToolTipRole:
      return tr("\"%1\" stands %2 times near \"%3\" and %4 times near \"%5\": %6 of what makes the two "
                "alike\n"
                "Click to see only the sentences with it")
          .arg(text(context, kWord), text(context, kWithA), wordText(*corpus_, words_[0]),
               text(context, kWithB), wordText(*corpus_, words_[1]), text(context, kShare));
    case kTokenRole:
      return context.id;
    case kBarRole:
      if (index.column() != kShare || !(contexts_.front().share > 0)) return {};
      return std::clamp(context.share / contexts_.front().share, 0.0, 1.0);
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    default:
      return {};
  }
}

QVariant SharedContextModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  const auto near = [this](int section) {
    const QString word = corpus_ ? wordText(*corpus_, words_[section == kWithA ? 0 : 1]) : QString();
    return tr("near %1").arg(oneLine(word, 14));
  };
  if (role == Qt::DisplayRole) {
    if (section == kWord) return tr("Context");
    return section == kShare ? tr("Share") : near(section);
  }
  if (role == Qt::ToolTipRole) {
    if (section == kWord) return tr("Words that stand near both more often than chance has it");
    if (section == kShare)
      return tr("How much of the closeness comes from this context; all shares are 100 %");
    return tr("How often they stand in one window");
  }
  if (role == Qt::TextAlignmentRole) return alignmentOf(section);
  return {};
}

}  // namespace lexarium

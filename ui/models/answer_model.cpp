// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/answer_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

QVariant alignmentOf(int column) {
  return QVariant::fromValue((column == AnswerModel::kWord ? Qt::AlignLeft : Qt::AlignRight) |
                             Qt::AlignVCenter);
}

}  // namespace

AnswerModel::AnswerModel(QObject* parent) : QAbstractTableModel(parent) {}

void AnswerModel::setCorpus(std::shared_ptr<const Corpus> corpus) {
  beginResetModel();
  corpus_ = std::move(corpus);
  answers_.clear();
  endResetModel();
}

void AnswerModel::setAnswers(std::vector<AnalogyAnswer> answers) {
  const int before = rowCount(), after = static_cast<int>(answers.size());
  if (after < before) {
    beginRemoveRows({}, after, before - 1);
    answers_.resize(answers.size());
    endRemoveRows();
  }
  const int common = std::min(before, after);
  std::copy_n(answers.begin(), common, answers_.begin());
  if (after > before) {
    beginInsertRows({}, before, after - 1);
    answers_ = std::move(answers);
    endInsertRows();
  }
  if (common > 0) Q_EMIT dataChanged(index(0, 0), index(common - 1, kColumns - 1));
}

TokenId AnswerModel::idAt(int row) const {
  return row >= 0 && row < rowCount() ? answers_[static_cast<std::size_t>(row)].id : kNoToken;
}

int AnswerModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(answers_.size());
}

int AnswerModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString AnswerModel::text(const AnalogyAnswer& answer, int column) const {
  switch (column) {
    case kWord:
      return oneLine(toQString(corpus_->vocabulary().word(answer.id)));
    case kCosine:
      return QLocale().toString(answer.cosine, 'f', 3);
    case kScore:
      return QLocale().toString(answer.score, 'f', 3);
    default:
      return countText(*corpus_, answer.id);
  }
}

QVariant AnswerModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !corpus_) return {};
  const AnalogyAnswer& answer = answers_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(answer, index.column());
    case Qt::ToolTipRole:
      return tr("%1: cosine %2. %3.\nClick to select it with the words of the sum")
          .arg(text(answer, kWord), text(answer, kCosine), occurrenceText(*corpus_, answer.id));
    case kTokenRole:
      return answer.id;
    case kBarRole:
      return index.column() == kCosine ? QVariant(std::clamp(answer.cosine, 0.0, 1.0)) : QVariant();
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    default:
      return {};
  }
}

QVariant AnswerModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  const QString names[] = {tr("Answer"), tr("Cosine"), tr("3CosMul"), tr("Count")};
  const QString tips[] = {tr("The words that fit the sum best; its own words are left out"),
                          tr("Cosine of the angle with the sum of the unit vectors: 1 is the same direction"),
                          tr("Product of the cosines with the added words over that with the words taken "
                             "away, each moved to 0 to 1"),
                          tr("How often the answer occurs; rare words have unreliable vectors")};
  if (role == Qt::DisplayRole) return names[section];
  if (role == Qt::ToolTipRole) return tips[section];
  if (role == Qt::TextAlignmentRole) return alignmentOf(section);
  return {};
}

}  // namespace lexarium

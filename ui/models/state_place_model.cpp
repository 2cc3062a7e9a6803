// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/state_place_model.h"

#include <QFont>
#include <QLocale>
#include <algorithm>

#include "ui/widgets/choice_bars.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::uint64_t kAround = 60;  // bytes
constexpr int kCharacters = 32;

QString plain(std::string_view text) {
  QString shown = toQString(text);
  shown.replace(u'\n', u' ');
  shown.remove(QChar(QChar::ReplacementCharacter));  // a character cut in two at the end
  return shown;
}

}  // namespace

StatePlaceModel::StatePlaceModel(QObject* parent) : QAbstractTableModel(parent) {}

void StatePlaceModel::setPlaces(std::shared_ptr<const Corpus> corpus, std::vector<StatePlace> places) {
  beginResetModel();
  corpus_ = std::move(corpus);
  places_ = std::move(places);
  endResetModel();
}

std::optional<TokenIndex> StatePlaceModel::tokenAt(int row) const {
  const StatePlace& place = places_[static_cast<std::size_t>(row)];
  return corpus_ ? corpus_->tokenAt(place.document, place.range.begin) : std::nullopt;
}

int StatePlaceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(places_.size());
}

int StatePlaceModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QString StatePlaceModel::around(const StatePlace& place, Column column) const {
  const std::string_view text = corpus_->document(place.document).text;
  if (column == kPlace) {
    return visibleToken(
        toQString(text.substr(place.range.begin, place.range.end - place.range.begin)).left(2 * kCharacters));
  }
  if (column == kBefore) {
    const std::uint64_t from = place.range.begin - std::min(place.range.begin, kAround);
    return plain(text.substr(from, place.range.begin - from)).right(kCharacters);
  }
  return plain(text.substr(place.range.end, kAround)).left(kCharacters);
}

QVariant StatePlaceModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const StatePlace& place = places_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole)
    return int((index.column() <= kBefore ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::FontRole && index.column() == kPlace) {
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (role != Qt::DisplayRole) return {};
  if (index.column() == kValue) return QLocale().toString(place.value, 'f', 2);
  return around(place, static_cast<Column>(index.column()));
}

QVariant StatePlaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section <= kBefore ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case kValue:
      return tr("Value");
    case kBefore:
      return tr("Before");
    case kPlace:
      return tr("There");
    default:
      return tr("After");
  }
}

}  // namespace lexarium

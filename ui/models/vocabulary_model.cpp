// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/vocabulary_model.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <limits>
#include <numeric>

#include "ui/models/corpus_text.h"
#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

std::string substringQuery(const std::string& query) {
  const bool regex = query.size() >= 2 && query.front() == '/' && query.back() == '/';
  if (query.empty() || regex || query.find_first_of("*?") != std::string::npos) return query;
  return '*' + query + '*';
}

Expected<std::shared_ptr<const WordOrder>> makeWordOrder(const Corpus& corpus, const std::string& query,
                                                         const PositionIndex* alphabetical,
                                                         const TaskContext& context) {
  const Vocabulary& vocabulary = corpus.vocabulary();
  auto order = std::make_shared<WordOrder>();
  if (query.empty()) {
    order->ids.resize(vocabulary.size());
    std::iota(order->ids.begin(), order->ids.end(), TokenId{0});
  } else {
    auto found = findWords(vocabulary, substringQuery(query), vocabulary.size(), context);
    if (!found) return tl::unexpected<Error>(found.error());
    order->ids = std::move(*found);
  }
  if (context.stopRequested()) return cancelled();
  if (alphabetical) {
    std::sort(order->ids.begin(), order->ids.end(), [&](TokenId a, TokenId b) {
      const auto left = alphabetical->alphabeticalRank(a), right = alphabetical->alphabeticalRank(b);
      return left != right ? left < right : a < b;
    });
  }
  order->rows.assign(vocabulary.size(), WordOrder::kNoRow);
  for (std::size_t row = 0; row < order->ids.size(); ++row) {
    order->rows[order->ids[row]] = static_cast<std::uint32_t>(row);
  }
  return order;
}

VocabularyModel::VocabularyModel(QObject* parent) : QAbstractTableModel(parent) {}

void VocabularyModel::setCorpus(std::shared_ptr<const Corpus> corpus) {
  beginResetModel();
  corpus_ = std::move(corpus);
  order_.reset();
  reversed_ = false;
  keptWords_ = ~std::size_t{0};
  endResetModel();
}

void VocabularyModel::setOrder(std::shared_ptr<const WordOrder> order, bool reversed) {
  if (order == order_ && reversed == reversed_) return;
  beginResetModel();
  order_ = std::move(order);
  reversed_ = reversed;
  endResetModel();
}

void VocabularyModel::setKeptWords(std::size_t words, std::uint64_t minimumCount) {
  if (words == keptWords_ && minimumCount == minimumCount_) return;
  keptWords_ = words;
  minimumCount_ = minimumCount;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1), {Qt::ForegroundRole});
}

TokenId VocabularyModel::idAt(int row) const {
  const int rows = rowCount();
  if (row < 0 || row >= rows) return kNoToken;
  const auto place = static_cast<std::size_t>(reversed_ ? rows - 1 - row : row);
  return order_ ? order_->ids[place] : static_cast<TokenId>(place);
}

int VocabularyModel::rowOf(TokenId id) const {
  if (!corpus_ || id >= corpus_->vocabulary().size()) return -1;
  const std::uint32_t place = order_ ? order_->rows[id] : id;
  const int rows = rowCount();
  if (place >= static_cast<std::uint32_t>(rows)) return -1;
  return reversed_ ? rows - 1 - static_cast<int>(place) : static_cast<int>(place);
}

int VocabularyModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || !corpus_) return 0;
  const std::size_t rows = order_ ? order_->ids.size() : corpus_->vocabulary().size();
  return static_cast<int>(std::min<std::size_t>(rows, std::numeric_limits<int>::max()));
}

int VocabularyModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString VocabularyModel::text(TokenId id, int column) const {
  const Vocabulary& vocabulary = corpus_->vocabulary();
  switch (column) {
    case kRank:
      return formatCount(id + std::uint64_t{1});
    case kWord:
      return oneLine(toQString(vocabulary.word(id)));
    case kCount:
      return countText(*corpus_, id);
    default:
      if (!corpus_->hasText()) return countText(*corpus_, id);
      return formatPerMillion(vocabulary.count(id), vocabulary.totalCount());
  }
}

QString VocabularyModel::tooltip(TokenId id) const {
  const QString word = oneLine(toQString(corpus_->vocabulary().word(id)));
  if (id < keptWords_) return word;
  if (corpus_->vocabulary().count(id) >= minimumCount_) {
    return tr("%1\nOutside the maximum vocabulary: this word gets no vector.").arg(word);
  }
  return tr("%1\nOccurs less than %2 times, the minimum count: this word gets no vector.")
      .arg(word, formatCount(minimumCount_));
}

QVariant VocabularyModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const TokenId id = idAt(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(id, index.column());
    case Qt::ToolTipRole:
      return tooltip(id);
    case kTokenRole:
      return id;
    case Qt::TextAlignmentRole:
      return QVariant::fromValue((index.column() == kWord ? Qt::AlignLeft : Qt::AlignRight) |
                                 Qt::AlignVCenter);
    case Qt::ForegroundRole:
      if (id >= keptWords_) return QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text);
      return {};
    default:
      return {};
  }
}

QVariant VocabularyModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  static const char* const kTitles[] = {QT_TR_NOOP("Rank"), QT_TR_NOOP("Word"), QT_TR_NOOP("Count"),
                                        QT_TR_NOOP("Per million")};
  static const char* const kTips[] = {QT_TR_NOOP("Place by falling count; the most frequent word has rank 1"),
                                      QT_TR_NOOP("The word as the model sees it"),
                                      QT_TR_NOOP("How often it occurs in the text"),
                                      QT_TR_NOOP("How often it occurs in a million words of the text")};
  if (role == Qt::DisplayRole) return tr(kTitles[section]);
  if (role == Qt::ToolTipRole) return tr(kTips[section]);
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((section == kWord ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  return {};
}

}  // namespace lexarium

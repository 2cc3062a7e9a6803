// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <string>
#include <vector>

#include "core/concordance/concordance.h"
#include "core/text/corpus.h"

namespace lexarium {

/// The rows of a vocabulary table: which words, in which order. Immutable; made off the GUI thread.
struct WordOrder {
  static constexpr std::uint32_t kNoRow = ~std::uint32_t{0};

  std::vector<TokenId> ids;         ///< by row
  std::vector<std::uint32_t> rows;  ///< by id; kNoRow: not shown
};

/// The words that match `query` (substring, wildcard or /regex/; empty: all), most frequent first or, with
/// an index, alphabetically. Errors: cancelled, a broken regex.
Expected<std::shared_ptr<const WordOrder>> makeWordOrder(const Corpus& corpus, const std::string& query,
                                                         const PositionIndex* alphabetical,
                                                         const TaskContext& context = {});

/// A plain word becomes *word*; wildcards and /regex/ stay.
std::string substringQuery(const std::string& query);

/// All words of a corpus as a table. Costs nothing a row: a row is computed when it is looked at.
class VocabularyModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kRank, kWord, kCount, kPerMillion, kColumns };

  explicit VocabularyModel(QObject* parent = nullptr);

  /// All words, most frequent first.
  void setCorpus(std::shared_ptr<const Corpus> corpus);
  const std::shared_ptr<const Corpus>& corpus() const { return corpus_; }
  /// null: all words, most frequent first. reversed: from the last row to the first.
  void setOrder(std::shared_ptr<const WordOrder> order, bool reversed);
  /// Ids from `words` on get no vector, for they occur less than `minimumCount` times: shown grey.
  void setKeptWords(std::size_t words, std::uint64_t minimumCount);

  TokenId idAt(int row) const;
  int rowOf(TokenId id) const;  ///< -1: not shown

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(TokenId id, int column) const;
  QString tooltip(TokenId id) const;

  std::shared_ptr<const Corpus> corpus_;
  std::shared_ptr<const WordOrder> order_;
  bool reversed_ = false;
  std::size_t keptWords_ = ~std::size_t{0};
  std::uint64_t minimumCount_ = 0;
};

}  // namespace lexarium

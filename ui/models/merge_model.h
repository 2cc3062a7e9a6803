// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <memory>
#include <vector>

#include "core/text/bpe_study.h"

namespace lexarium {

/// Merges of byte-pair encoding: which pair became which token, how often it stood in the text, and how many
/// tokens the text had then. Also for pairs that could be merged next.
class MergeModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kStep, kPair, kToken, kCount, kTextTokens, kColumns };

  struct Row {
    std::size_t step = 0;  ///< 0: not merged yet
    BpeTrainer::Step merge;
    std::uint64_t textTokens = 0;  ///< after it
  };

  explicit MergeModel(QObject* parent = nullptr);

  /// The tokenizer knows the tokens of all pairs.
  void setRows(std::vector<Row> rows, std::shared_ptr<const Tokenizer> tokenizer);
  /// More of the same, with a tokenizer that knows the new ones, too.
  void append(const std::vector<Row>& rows, std::shared_ptr<const Tokenizer> tokenizer);
  const std::vector<Row>& rows() const { return rows_; }
  /// Rows after so many are in the secondary colour: they have not happened yet where one looks.
  void setReached(std::size_t rows, const QColor& later);
  QString text(const Row& row, int column) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<Row> rows_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::size_t reached_ = 0;
  QColor later_;
};

}  // namespace lexarium

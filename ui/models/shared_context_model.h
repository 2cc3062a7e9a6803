// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <array>
#include <memory>
#include <vector>

#include "core/analysis/why_close.h"

namespace lexarium {

/// The contexts that two words share, those that do most for their closeness first: word, share with its bar,
/// how often it stands near the one and near the other.
class SharedContextModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWord, kShare, kWithA, kWithB, kColumns };

  explicit SharedContextModel(QObject* parent = nullptr);

  /// corpus null: empty.
  void setContexts(std::shared_ptr<const Corpus> corpus, std::vector<SharedContext> contexts, TokenId a,
                   TokenId b);
  const std::vector<SharedContext>& contexts() const { return contexts_; }
  TokenId idAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const SharedContext& context, int column) const;

  std::shared_ptr<const Corpus> corpus_;
  std::vector<SharedContext> contexts_;
  std::array<TokenId, 2> words_{kNoToken, kNoToken};
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <memory>
#include <vector>

#include "core/analysis/why_close.h"

namespace lexarium {

/// A sentence that shows why two words are close.
struct EvidenceRow {
  EvidencePlace place;
  std::vector<TextPiece> pieces;
};

/// The sentences, those that hold most of the closeness first.
class EvidenceModel : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit EvidenceModel(QObject* parent = nullptr);

  /// What a hover says instead of what is said of closeness; "%1" is the share.
  void setTip(const QString& tip) { tip_ = tip; }
  void setRows(std::vector<EvidenceRow> rows);
  const std::vector<EvidenceRow>& rows() const { return rows_; }
  /// nullptr beyond the end.
  const EvidenceRow* rowAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<EvidenceRow> rows_;
  QString tip_;
};

/// The pieces as one text.
std::string plainText(const EvidenceRow& row);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/state_search.h"

namespace lexarium {

/// Places of the text at which units of a model are on, with the words around them.
class StatePlaceModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kValue, kBefore, kPlace, kAfter, kColumns };

  explicit StatePlaceModel(QObject* parent = nullptr);

  void setPlaces(std::shared_ptr<const Corpus> corpus, std::vector<StatePlace> places);
  const std::vector<StatePlace>& places() const { return places_; }
  /// The token of the corpus there; none if the place lies before the first.
  std::optional<TokenIndex> tokenAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString around(const StatePlace& place, Column column) const;

  std::shared_ptr<const Corpus> corpus_;
  std::vector<StatePlace> places_;
};

}  // namespace lexarium

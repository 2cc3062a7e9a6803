// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "core/analysis/joint_places.h"

namespace lexarium {

/// Places where two words stand together: how much each counts, the line, and the document. Lines are made
/// when they are painted.
class JointLinesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWeight, kLine, kDocument, kColumns };

  explicit JointLinesModel(QObject* parent = nullptr);

  void setPlaces(std::shared_ptr<const Corpus> corpus, std::vector<JointPlace> places);
  const std::vector<JointPlace>& places() const { return places_; }
  JointLine lineAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::shared_ptr<const Corpus> corpus_;
  std::vector<JointPlace> places_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <memory>

#include "core/text/corpus.h"

namespace lexarium {

/// The documents of a corpus by name; the tooltip tells encoding and size.
class DocumentListModel : public QAbstractListModel {
  Q_OBJECT

 public:
  using QAbstractListModel::QAbstractListModel;

  void setCorpus(std::shared_ptr<const Corpus> corpus);
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::shared_ptr<const Corpus> corpus_;
};

/// "UTF-8 · 1.2 MB · 300,123 words · 3 broken sequences"
QString documentFacts(const Document& document);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "core/models/sequence_model.h"

namespace lexarium {

/// What a language model said at moments of its training, the newest first.
class SampleHistoryModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kStep, kText, kColumns };
  using Samples = std::vector<std::shared_ptr<const TextSample>>;

  explicit SampleHistoryModel(QObject* parent = nullptr);

  /// By rising step.
  void setSamples(Samples samples);
  std::uint64_t stepAt(int row) const;
  /// The row of the sample of that step or the last before it; -1: none.
  int rowOf(std::uint64_t step) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const TextSample& at(int row) const {
    return *samples_[samples_.size() - 1 - static_cast<std::size_t>(row)];
  }

  Samples samples_;
};

/// What was said after the prompt, on one line.
QString spokenText(const TextSample& sample);

}  // namespace lexarium

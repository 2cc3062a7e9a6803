// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <string>
#include <vector>

#include "core/train/run_parameters.h"
#include "ui/session/run_controller.h"

namespace lexarium {

/// All runs on the open text, a row each: where it stands, then the parameters in which the runs differ, then
/// those that are the same for all.
class RunsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kName, kModel, kState, kLoss, kEpoch, kSeconds, kFixedColumns };

  explicit RunsModel(RunController& runs, QObject* parent = nullptr);

  /// Another list of runs, or other parameters among them.
  void rebuild();
  /// Numbers have moved on.
  void update();
  int runId(int row) const;
  /// How many columns of parameters differ; they stand first after kFixedColumns.
  int differing() const { return differing_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Parameter {
    std::string key;
    QString title;
  };
  static QString titleOf(const RunParameter& parameter);
  /// The value of the parameter for this run; invalid: its model has none.
  QVariant value(const Run& run, const std::string& key) const;
  QVariant fixed(const Run& run, int column, bool toSort) const;
  bool isNotes(int column) const { return column == columnCount() - 1; }

  RunController& runs_;
  std::vector<std::shared_ptr<Run>> shown_;
  std::vector<Parameter> parameters_;
  int differing_ = 0;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <memory>

#include "core/text/corpus.h"
#include "ui/session/run_controller.h"

namespace lexarium {

/// What is open as a tree: the text with its documents, and the runs. A row has a name and, by kDetailRole, a
/// line of details.
class ExplorerModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Role : int { kDetailRole = Qt::UserRole + 100, kColorRole, kCurrentRole };
  enum class Kind { None, Text, Document, Runs, Run };

  explicit ExplorerModel(RunController& runs, QObject* parent = nullptr);

  /// Another corpus, or runs came or went.
  void rebuild(std::shared_ptr<const Corpus> corpus);
  /// Names, colours, states: the same rows, told anew.
  void update();
  /// Are the rows still those of the controller?
  bool matchesRuns() const;

  Kind kind(const QModelIndex& index) const;
  int runId(const QModelIndex& index) const;  ///< 0: no run
  std::size_t document(const QModelIndex& index) const;
  QModelIndex textIndex() const;
  QModelIndex runsIndex() const;
  QModelIndex indexOfRun(int runId) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  const Run* run(const QModelIndex& index) const;
  QVariant textData(int role) const;
  QVariant documentData(std::size_t document, int role) const;
  QVariant runsData(int role) const;
  QVariant runData(const Run& run, int role) const;
  QString runDetail(const Run& run) const;

  RunController& runs_;
  std::shared_ptr<const Corpus> corpus_;
  std::vector<std::shared_ptr<Run>> shown_;
};

}  // namespace lexarium

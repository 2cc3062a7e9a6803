// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <map>
#include <memory>
#include <vector>

#include "core/concordance/concordance.h"
#include "ui/session/latest_job.h"

namespace lexarium {

/// All hits of a search as a table of left context, node, right context and document. Lines are fetched in
/// pages off the GUI thread when they are looked at; the lines of the search before stay until the new ones
/// are there.
class ConcordanceModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kLeft, kNode, kRight, kDocument, kColumns };
  static constexpr int kPageLines = 200;
  /// Rows shown at most; hits() counts all.
  static constexpr int kMaximumRows = 1'000'000;

  explicit ConcordanceModel(QObject* parent = nullptr);

  /// Starts a search; `first` and `limit` of the request are set here.
  void search(std::shared_ptr<const PositionIndex> index, ConcordanceRequest request);
  void clear();
  /// Gives up a search that runs; the lines before stay.
  void cancel();

  bool isSearching() const { return searching_; }
  std::uint64_t hits() const { return hits_; }
  std::size_t documents() const { return documents_; }
  /// Of the lines shown.
  const ConcordanceRequest& request() const { return request_; }
  const std::shared_ptr<const PositionIndex>& index() const { return index_; }
  using QAbstractTableModel::index;

  /// null: not fetched yet (asks for it) or no such row.
  const ConcordanceLine* lineAt(int row) const;
  std::size_t cachedPages() const { return pages_.size(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  void searchChanged();  ///< started, or its first lines are there, or given up
  void failed(const lexarium::Error& error);

 private:
  void ask(int row) const;
  void fetch();
  void adopt(std::size_t firstPage, std::vector<ConcordanceLine> lines);
  QString text(const ConcordanceLine& line, int column) const;
  QString tooltip(const ConcordanceLine& line) const;

  std::shared_ptr<const PositionIndex> index_;
  ConcordanceRequest request_;
  std::uint64_t hits_ = 0;
  std::size_t documents_ = 0;
  bool searching_ = false;
  std::map<std::size_t, std::vector<ConcordanceLine>> pages_;
  // Pages that painting found missing since the last fetch; empty if first > last.
  mutable std::size_t firstWanted_ = 1;
  mutable std::size_t lastWanted_ = 0;
  mutable QTimer fetchTimer_;
  std::size_t firstFetching_ = 1;
  std::size_t lastFetching_ = 0;
  LatestJob searchJob_;
  LatestJob fetchJob_;
};

}  // namespace lexarium

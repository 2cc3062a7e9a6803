// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "ui/views/view.h"

class QLineEdit;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace lexarium {

class CsvExport;
class EmptyState;
class RunsModel;

/// All runs on the open text as a table: what differs between them stands first; sorted by any column,
/// filtered by words in any of them; names and notes are edited in place.
class RunsView : public View {
  Q_OBJECT

 public:
  explicit RunsView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;

 private:
  QWidget* makeContent();
  void fitColumns();
  void showMenu(const QPoint& place);
  int runIdAt(const QModelIndex& shown) const;
  void exportCsv();

  RunsModel* model_;
  QSortFilterProxyModel* sorted_;
  QStackedLayout* stack_ = nullptr;
  EmptyState* empty_;
  QLineEdit* filter_ = nullptr;
  QTableView* table_ = nullptr;
  CsvExport* export_ = nullptr;
  QTimer updateTimer_;  // numbers move at each frame; reading needs some a second
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "ui/views/view.h"

class QModelIndex;
class QStackedLayout;
class QTreeView;

namespace lexarium {

class EmptyState;
class ExplorerDelegate;
class ExplorerModel;

/// What is open: the text with its documents, and the runs with colour, state and loss.
class ExplorerView : public View {
  Q_OBJECT

 public:
  explicit ExplorerView(Session& session, QWidget* parent = nullptr);

  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;

 private:
  void showTree();
  void applyTheme();
  void openIndex(const QModelIndex& index);
  void readIndex(const QModelIndex& index);
  void showMenu(const QPoint& place);

  std::shared_ptr<const Corpus> corpus_;
  ExplorerModel* model_;
  ExplorerDelegate* delegate_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QTreeView* tree_;
  QTimer updateTimer_;  // states change at each frame; reading needs some a second
};

}  // namespace lexarium

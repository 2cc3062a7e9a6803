// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

class QPlainTextEdit;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace lexarium {

/// What a person keeps: bookmarks of the map, words under a name, notes. Saved, opened, renamed and removed
/// here.
class NotebookView : public View {
  Q_OBJECT

 public:
  explicit NotebookView(Session& session, QWidget* parent = nullptr);

  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;

 private:
  QWidget* makeBar();
  void makeTree();
  void makeNote();
  void fill();
  void addSelection();
  void addNote();
  void showNote();
  void keepNote();
  void edit(int id);
  void showMenu(const QPoint& place);
  int idOf(const QTreeWidgetItem* item) const;

  QToolButton *bookmark_ = nullptr, *selection_ = nullptr, *note_ = nullptr;
  QTreeWidget* tree_ = nullptr;
  QPlainTextEdit* text_ = nullptr;
  QTimer noteTimer_;
  int shownNote_ = 0;  // whose text text_ has; 0: none
};

}  // namespace lexarium

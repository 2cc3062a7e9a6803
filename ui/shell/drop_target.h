// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QObject>
#include <QStringList>

class QMimeData;

namespace lexarium {

/// Files and folders can be dropped anywhere on a window, also on fields that would take them for text; the
/// whole window lights up while they hover.
class DropTarget : public QObject {
  Q_OBJECT

 public:
  explicit DropTarget(QWidget* window);

 Q_SIGNALS:
  void dropped(const QStringList& paths);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void setLit(bool lit);

  QWidget* window_;
  QLabel* highlight_;
};

/// Local files and folders of a drag; empty if it holds anything else.
QStringList localPaths(const QMimeData* data);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/drop_target.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

namespace lexarium {

QStringList localPaths(const QMimeData* data) {
  QStringList paths;
  if (!data->hasUrls()) return paths;
  for (const QUrl& url : data->urls()) {
    if (!url.isLocalFile()) return {};
    paths << url.toLocalFile();
  }
  return paths;
}

DropTarget::DropTarget(QWidget* window) : QObject(window), window_(window) {
  highlight_ = new QLabel(tr("Drop to open"), window);
  highlight_->setObjectName("dropHighlight");
  highlight_->setAlignment(Qt::AlignCenter);
  highlight_->setAttribute(Qt::WA_TransparentForMouseEvents);
  highlight_->hide();
  window->setAcceptDrops(true);
  qApp->installEventFilter(this);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop &&
      type != QEvent::DragLeave) {
    return false;
  }
  auto* widget = qobject_cast<QWidget*>(watched);
  if (!widget || widget->window() != window_) return false;
  if (type == QEvent::DragLeave) {
    setLit(false);
    return false;
  }
  auto* drop = static_cast<QDropEvent*>(event);  // the base of enter and move too
  const QStringList paths = localPaths(drop->mimeData());
  if (paths.isEmpty()) return false;
  drop->setDropAction(Qt::CopyAction);
  drop->accept();
  setLit(type != QEvent::Drop);
  if (type == QEvent::Drop) Q_EMIT dropped(paths);
  return true;
}

void DropTarget::setLit(bool lit) {
  if (lit) {
    highlight_->setGeometry(window_->rect());
    highlight_->raise();
  }
  highlight_->setVisible(lit);
}

}  // namespace lexarium

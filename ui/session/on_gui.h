// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <utility>

namespace lexarium {

/// From another thread: `work(object)` on the GUI thread, unless the object is gone by then.
template <class Object, class Work>
void onGui(QPointer<Object> object, Work work) {
  QMetaObject::invokeMethod(
      QCoreApplication::instance(),
      [object, work = std::move(work)]() mutable {
        if (object) work(*object);
      },
      Qt::QueuedConnection);
}

}  // namespace lexarium

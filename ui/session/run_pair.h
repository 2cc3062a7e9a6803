// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace lexarium {

/// The two runs that are compared, by Run::id; 0: none is chosen. All views of a comparison have the same.
class RunPair : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  int first() const { return first_; }
  int second() const { return second_; }
  void set(int first, int second) {
    if (first == first_ && second == second_) return;
    first_ = first;
    second_ = second;
    Q_EMIT changed();
  }

 Q_SIGNALS:
  void changed();

 private:
  int first_ = 0, second_ = 0;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/models/trained_model.h"

namespace lexarium {

/// The text that a person gave a model to read, for all views that look into it. Compares before it emits.
class SharedReading : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  const Reading& reading() const { return reading_; }
  /// Has nobody given one yet?
  bool isEmpty() const { return reading_.input.empty(); }
  void set(const Reading& reading) {
    if (reading == reading_) return;
    reading_ = reading;
    Q_EMIT changed();
  }

 Q_SIGNALS:
  void changed();

 private:
  Reading reading_;
};

}  // namespace lexarium

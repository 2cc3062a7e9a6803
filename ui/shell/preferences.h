// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/session/settings.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace lexarium {

/// Colours, size of type, motion: a change shows at once. The language: from the next start on.
class Preferences : public QDialog {
  Q_OBJECT

 public:
  Preferences(Settings& settings, QWidget* parent);
  static void open(Settings& settings, QWidget* window);

 private:
  void load();
  void apply();

  Settings& settings_;
  QComboBox* palette_;
  QSpinBox* scale_;
  QCheckBox *motion_, *fingerprints_;
  QComboBox* language_;
};

}  // namespace lexarium

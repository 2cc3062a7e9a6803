// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/session/session.h"

class QComboBox;

namespace lexarium {

class ParamForm;

/// How the open text is decoded and cut into words; reads it again if that changes.
class TextOptions : public QDialog {
  Q_OBJECT

 public:
  TextOptions(Session& session, QWidget* parent);
  /// Shows it, unless it is open already.
  static void open(Session& session, QWidget* window);

  void accept() override;

 private:
  QWidget* encodingRow();

  Session& session_;
  QComboBox* encoding_ = nullptr;  // null for texts that came as characters, not as bytes
  ParamForm* form_;
};

}  // namespace lexarium

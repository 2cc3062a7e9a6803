// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/session/session.h"

namespace lexarium {

class Actions;

/// F1: how to use the window, what each view shows, and all shortcuts; the lists are made from the
/// registries.
class HelpWindow : public QDialog {
  Q_OBJECT

 public:
  HelpWindow(Session& session, Actions& actions, QWidget* parent);
  static void open(Session& session, Actions& actions, QWidget* window);
  static void openAbout(QWidget* window);

  /// The whole page, for tests too.
  static QString page(const Theme& theme, const Actions& actions);
};

}  // namespace lexarium

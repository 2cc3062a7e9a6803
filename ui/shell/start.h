// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/options.h"

namespace lexarium {

class MainWindow;
class Session;

/// Shows the window and does what the command line asks.
void startWith(const Options& options, Session& session, MainWindow& window);

/// Texts of Qt and of the program, and the form of numbers, in a language ("zh_CN"; empty: the system's).
/// Windows that are open keep theirs.
void loadTranslations(const QString& language = {});

}  // namespace lexarium

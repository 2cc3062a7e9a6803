// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/expected.h"
#include "ui/look/theme.h"

namespace lexarium {

/// What the command line asks of the window.
struct Options {
  QStringList texts;  ///< files and folders to open together
  QString sample;
  bool train = false;
  QString model;  ///< id of the model that the form shows and --train trains; empty: the usual one
  QString workspace;
  QString view;
  QString film;     ///< folder for three screenshots of a training; then the program ends
  QString measure;  ///< file for the figures of Measurement; then the program ends
  std::optional<LookOptions> look;
  QString language;  ///< empty: as chosen in the preferences
  QSize size;

  bool help = false;
  bool version = false;
};

/// Reads the arguments (without the program's name). Errors name the option.
Expected<Options> parseOptions(const QStringList& arguments);
/// The text of --help.
QString optionsHelp();

}  // namespace lexarium

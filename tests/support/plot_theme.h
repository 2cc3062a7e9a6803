// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QPalette>

#include "ui/look/theme.h"

namespace lexarium {

/// The light theme at its usual size.
inline Theme plotTheme() {
  LookOptions options;
  options.palette = LookOptions::Palette::Light;
  return makeTheme(options, QApplication::font(), QApplication::palette());
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>
#include <array>

namespace lexarium {

/// Limits of LookOptions::scale.
inline constexpr double kSmallestScale = 0.7;
inline constexpr double kLargestScale = 2.5;

/// How a person wants it to look; saved in Settings.
struct LookOptions {
  enum class Palette { System, Light, Dark, HighContrast };

  Palette palette = Palette::System;
  bool projector = false;      ///< F9: large type, thick lines, big markers
  bool reducedMotion = false;  ///< points jump to their places instead of gliding
  double scale = 1.0;          ///< Ctrl+Plus, Ctrl+Minus: 0.7 to 2.5
  bool fingerprints = true;    ///< that of the run in the corner of each plot

  bool operator==(const LookOptions&) const = default;
};

/// Every colour, font and measure of the program, in one value. Views read it and never name a colour
/// themselves.
struct Theme {
  bool dark = false;
  bool reducedMotion = false;
  bool projector = false;
  bool fingerprints = true;

  QColor window, surface, text, secondary, line, accent;
  QColor onAccent;   ///< text on the accent colour
  QColor selection;  ///< #E69F00 on every view
  QColor outline;    ///< of fields, boxes and buttons: 3:1 on window and surface
  QColor error, warning;
  QColor muted;                      ///< unselected points while something is selected
  QColor grid;                       ///< of plots, lighter than line
  std::array<QColor, 8> categories;  ///< Okabe & Ito, readable on `surface`

  QFont small, body, title, hero;  ///< 0.9, 1.0, 1.25, 1.7 of the base
  QFont numbers;                   ///< body with tabular figures
  QFont plotLabel;                 ///< words on the map, axis titles
  double lineWidth = 2;            ///< of curves, pixels
  double markerSize = 5;           ///< diameter of a point, pixels
  double selectedMarkerSize = 8;

  static constexpr int kSpace = 4;  ///< spacing grid: 4, 8, 12, 16, 24
};

/// Builds the theme from the options and the system's base font and palette.
Theme makeTheme(const LookOptions& options, const QFont& systemFont, const QPalette& systemPalette);
/// Fusion with this theme's palette and the style sheet for docks, tabs, tool bars; repaints everything.
void applyTheme(const Theme& theme);

/// A line icon of resources/icons by name ("play", "pause", "step", "stop", "reset", "open", "map" ...),
/// drawn in the theme's text colour (disabled: secondary), sharp at any scale.
QIcon themedIcon(const QString& name, const Theme& theme);

/// Sequential scale cividis (Nunez et al. 2018), t in [0, 1].
QColor cividis(double t);

}  // namespace lexarium

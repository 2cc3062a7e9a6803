// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/palettes.h"

#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

/// Relative luminance (WCAG 2.1).
double luminance(const QColor& color) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

Theme lightColors() {
  Theme t;
  t.window = "#F7F8FA";
  t.surface = "#FFFFFF";
  t.text = "#1B1F24";
  t.secondary = "#57606A";
  t.line = "#D0D7DE";
  t.accent = "#0072B2";
  t.onAccent = "#FFFFFF";
  t.error = "#B3261E";
  t.warning = "#8A5300";
  t.outline = "#78818B";
  t.muted = "#C4CAD1";
  t.grid = "#ECEFF2";
  // Okabe & Ito (2008); orange, sky blue, purple and yellow darkened to 3:1 on white.
  t.categories = {QColor("#0072B2"), QColor("#D55E00"), QColor("#00875F"), QColor("#B0578A"),
                  QColor("#2A8FC4"), QColor("#857B00"), QColor("#B07A00"), QColor("#57606A")};
  return t;
}

Theme darkColors() {
  Theme t;
  t.dark = true;
  t.window = "#16191D";
  t.surface = "#1E2227";
  t.text = "#E6E8EB";
  t.secondary = "#9AA4AE";
  t.line = "#343A41";
  t.accent = "#56B4E9";
  t.onAccent = "#10151A";
  t.error = "#FF8A80";
  t.warning = "#FFC46B";
  t.outline = "#6F7A86";
  t.muted = "#4A525B";
  t.grid = "#292E34";
  t.categories = {QColor("#56B4E9"), QColor("#E5702A"), QColor("#1FB58A"), QColor("#CC79A7"),
                  QColor("#4B8FE2"), QColor("#F0E442"), QColor("#E69F00"), QColor("#9AA4AE")};
  return t;
}

Theme highContrastColors() {
  Theme t;
  t.dark = true;
  t.window = t.surface = "#000000";
  t.text = t.secondary = t.line = "#FFFFFF";
  t.accent = "#FFD400";
  t.onAccent = "#000000";
  t.error = "#FF9B93";
  t.warning = "#FFD400";
  t.outline = "#C8C8C8";
  t.muted = "#6E6E6E";
  t.grid = "#3A3A3A";
  t.categories = {QColor("#56B4E9"), QColor("#FF8A3C"), QColor("#2FD6A6"), QColor("#F0A0CC"),
                  QColor("#7FB2FF"), QColor("#F0E442"), QColor("#E69F00"), QColor("#FFFFFF")};
  return t;
}

}  // namespace

Theme colorsOf(LookOptions::Palette palette) {
  Theme t = palette == LookOptions::Palette::Dark           ? darkColors()
            : palette == LookOptions::Palette::HighContrast ? highContrastColors()
                                                            : lightColors();
  t.selection = "#E69F00";
  return t;
}

double contrastRatio(const QColor& a, const QColor& b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double t) {
  const auto mix = [t](double x, double y) { return static_cast<float>(x + t * (y - x)); };
  return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"

namespace lexarium {
namespace {

constexpr double kProjectorPoints = 18;
constexpr double kProjectorPlotPoints = 24;
constexpr double kFallbackPoints = 10;

QFont sized(QFont font, double points) {
  font.setPointSizeF(std::max(6.0, std::round(points * 2) / 2));
  return font;
}

bool hasTabularFigures(const QFont& font) {
  const QFontMetricsF metrics(font);
  const double width = metrics.horizontalAdvance(QLatin1Char('0'));
  for (char c = '1'; c <= '9'; ++c) {
    if (std::abs(metrics.horizontalAdvance(QLatin1Char(c)) - width) > 0.01) return false;
  }
  return true;
}

void setFonts(Theme& theme, const LookOptions& options, const QFont& systemFont) {
  QFont base = systemFont;
  // Han characters in their Chinese form where the system would take the Japanese one.
  // The real name first: an alias such as "Sans Serif" would lose against a real family after it.
  base.setFamilies(QStringList{QFontInfo(systemFont).family()} << "Noto Sans CJK SC"
                                                               << "PingFang SC"
                                                               << "Microsoft YaHei");
  const double system = systemFont.pointSizeF() > 0 ? systemFont.pointSizeF() : kFallbackPoints;
  const double points = (options.projector ? kProjectorPoints : system) * options.scale;
  theme.small = sized(base, 0.9 * points);
  theme.body = sized(base, points);
  theme.title = sized(base, 1.25 * points);
  theme.title.setWeight(QFont::DemiBold);
  theme.hero = sized(base, 1.7 * points);
  theme.hero.setWeight(QFont::DemiBold);
  theme.plotLabel = sized(base, options.projector ? kProjectorPlotPoints * options.scale : points);
  theme.numbers = hasTabularFigures(theme.body)
                      ? theme.body
                      : sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), points);
}

LookOptions::Palette resolved(LookOptions::Palette palette, const QPalette& system) {
  if (palette != LookOptions::Palette::System) return palette;
  const bool dark =
      system.color(QPalette::WindowText).lightness() > system.color(QPalette::Window).lightness();
  return dark ? LookOptions::Palette::Dark : LookOptions::Palette::Light;
}

}  // namespace

Theme makeTheme(const LookOptions& options, const QFont& systemFont, const QPalette& systemPalette) {
  Theme theme = colorsOf(resolved(options.palette, systemPalette));
  theme.projector = options.projector;
  theme.fingerprints = options.fingerprints;
  theme.reducedMotion = options.reducedMotion;
  setFonts(theme, options, systemFont);
  if (options.projector) {
    theme.lineWidth = 3;
    theme.markerSize = 9;
    theme.selectedMarkerSize = 13;
  }
  return theme;
}

QColor cividis(double t) {
  // Ten of the 256 published colours, evenly spaced; straight lines in sRGB between them.
  static const std::array<QColor, 10> stops{
      QColor("#00224E"), QColor("#123570"), QColor("#3B496C"), QColor("#575D6D"), QColor("#707173"),
      QColor("#8A8678"), QColor("#A59C74"), QColor("#C3B369"), QColor("#E1CC55"), QColor("#FEE838")};
  constexpr auto last = stops.size() - 1;
  const double place = std::clamp(std::isfinite(t) ? t : 0.0, 0.0, 1.0) * static_cast<double>(last);
  const auto index = std::min(static_cast<std::size_t>(place), last - 1);
  return mixed(stops[index], stops[index + 1], place - static_cast<double>(index));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/helpers.h"

#include <QAction>
#include <QCoreApplication>
#include <QLocale>
#include <cmath>

#include "ui/look/palettes.h"

namespace lexarium {

QString toQString(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString coreText(const std::string& english) {
  return english.empty() ? QString() : QCoreApplication::translate("Core", english.c_str());
}

QString formatCount(std::uint64_t value) { return QLocale().toString(static_cast<qulonglong>(value)); }

QString formatValue(double value, int digits) {
  const QLocale locale;
  if (!std::isfinite(value)) return QString::number(value);
  if (value == 0) return locale.toString(0);
  const double magnitude = std::floor(std::log10(std::abs(value)));
  if (magnitude < -6 || magnitude > 9) return locale.toString(value, 'g', digits);
  // Digits after the point so that `digits` are significant; zeros at the end say nothing.
  const int decimals = std::max(0, digits - 1 - static_cast<int>(magnitude));
  QString text = locale.toString(value, 'f', decimals);
  if (decimals == 0) return text;
  const QString zero = locale.zeroDigit();
  while (text.endsWith(zero)) text.chop(zero.size());
  if (text.endsWith(locale.decimalPoint())) text.chop(locale.decimalPoint().size());
  return text;
}

QString formatPerMillion(std::uint64_t count, std::uint64_t total) {
  if (total == 0) return formatCount(0);
  const double value = 1e6 * static_cast<double>(count) / static_cast<double>(total);
  return value >= 100 ? formatCount(static_cast<std::uint64_t>(std::llround(value))) : formatValue(value);
}

QString formatPercent(double fraction) {
  return QCoreApplication::translate("Helpers", "%1 %").arg(formatValue(fraction * 100, 2));
}

QString formatBytes(std::uint64_t bytes) {
  if (bytes < 1000) return QCoreApplication::translate("Helpers", "%1 bytes").arg(bytes);
  return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString oneLine(const QString& text, int maximumLength) {
  QString line = text.left(maximumLength + 1);
  for (QChar& c : line) {
    // Bidirectional controls would turn around what stands beside the word.
    const bool control = c.category() == QChar::Other_Control;
    const bool turns =
        (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
    if (control || turns || c == QChar::LineSeparator || c == QChar::ParagraphSeparator) c = u' ';
  }
  if (line.size() > maximumLength) {
    line.truncate(maximumLength);
    if (line.back().isHighSurrogate()) line.chop(1);
    line += u'…';
  }
  return line;
}

QString tintedSelection(const Theme& theme) {
  return QStringLiteral("QAbstractItemView { selection-background-color: %1; selection-color: %2; }")
      .arg(mixed(theme.surface, theme.accent, 0.2).name(), theme.text.name());
}

QColor onSelection(const Theme& theme) {
  const bool text =
      contrastRatio(theme.text, theme.selection) > contrastRatio(theme.surface, theme.selection);
  return text ? theme.text : theme.surface;
}

bool triggerWindowAction(QWidget* widget, const char* actionName) {
  auto* action = widget->window()->findChild<QAction*>(QLatin1String(actionName));
  if (!action) return false;
  action->trigger();
  return true;
}

}  // namespace lexarium

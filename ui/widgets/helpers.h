// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <cstdint>
#include <string>
#include <string_view>

#include "ui/look/theme.h"

class QBoxLayout;

namespace lexarium {

QString toQString(std::string_view utf8);
/// A text of core for people (labels and help of ParamSpecs, titles of models), translated: context "Core".
QString coreText(const std::string& english);

/// "1,234,567", in the person's locale.
QString formatCount(std::uint64_t value);
/// At most `digits` significant digits, never an exponent from a millionth to a billion: "0.025", "12.5".
QString formatValue(double value, int digits = 3);
/// "1,234", "12.3", "0.04": how often in a million.
QString formatPerMillion(std::uint64_t count, std::uint64_t total);
/// "3.4 %", "12 %"
QString formatPercent(double fraction);
/// "1.2 MB", "640 bytes"
QString formatBytes(std::uint64_t bytes);

/// White space and control characters made visible or plain, at most maximumLength characters; for a word in
/// a table, a title, a tooltip.
QString oneLine(const QString& text, int maximumLength = 200);

/// A style sheet for lists whose current row is not a selected word: a tint of the accent.
QString tintedSelection(const Theme& theme);

/// Text on theme.selection.
QColor onSelection(const Theme& theme);

/// Triggers the action of that object name of the widget's window ("openText"); false if there is none.
bool triggerWindowAction(QWidget* widget, const char* actionName);

/// The layout of all panels: no margin, 4 px between.
template <class Layout>
Layout* tightLayout(QWidget* parent = nullptr) {
  auto* layout = new Layout(parent);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Theme::kSpace);
  return layout;
}

}  // namespace lexarium

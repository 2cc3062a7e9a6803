// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QPaintDevice>
#include <QSize>
#include <QString>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/expected.h"

namespace lexarium {

/// A picture that can leave the program: how to draw it, and the numbers behind it.
struct PlotSource {
  QString name;  ///< proposed file name without extension: "map"
  QSize size;    ///< of the picture in pixels at 96 a inch
  std::function<void(QPaintDevice&)> paint;
  std::function<std::string()> csv;
  std::function<void(const Error&)> failed;
  std::function<QString()> summary{};  ///< the picture in words
};

enum class PictureFormat { Png, Svg, Pdf };

/// The picture at twice its size on screen.
QImage renderImage(const PlotSource& source);
/// The bytes of a picture file.
QByteArray renderPicture(const PlotSource& source, PictureFormat format);
/// Writes the picture or, for ".csv", the numbers, by the extension of `path`; atomically.
Expected<void> exportPlot(const PlotSource& source, const std::filesystem::path& path);

/// "Show as table", "Copy picture", "Save as PNG...", SVG, PDF and CSV. `source` is asked when an action is
/// triggered.
void addExportActions(QMenu& menu, QWidget* parent, std::function<PlotSource()> source);

/// The shortest digits that read back as the same number, in no locale.
std::string csvNumber(double value);

}  // namespace lexarium

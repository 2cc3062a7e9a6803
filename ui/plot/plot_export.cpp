// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_export.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <charconv>

#include "core/base/file.h"
#include "ui/plot/plot_table.h"

namespace lexarium {

namespace {

constexpr int kDotsPerInch = 96;
constexpr double kPointsPerInch = 72;
constexpr double kImageScale = 2;

struct ExportKind {
  const char* extension;
  const char* action;
  const char* filter;
};

const ExportKind kKinds[] = {
    {"png", QT_TRANSLATE_NOOP("PlotExport", "Save picture as PNG..."),
     QT_TRANSLATE_NOOP("PlotExport", "PNG picture (*.png)")},
    {"svg", QT_TRANSLATE_NOOP("PlotExport", "Save picture as SVG..."),
     QT_TRANSLATE_NOOP("PlotExport", "SVG drawing (*.svg)")},
    {"pdf", QT_TRANSLATE_NOOP("PlotExport", "Save picture as PDF..."),
     QT_TRANSLATE_NOOP("PlotExport", "PDF document (*.pdf)")},
    {"csv", QT_TRANSLATE_NOOP("PlotExport", "Save numbers as CSV..."),
     QT_TRANSLATE_NOOP("PlotExport", "Table of numbers (*.csv)")},
};

QString translated(const char* text) { return QCoreApplication::translate("PlotExport", text); }

void saveAs(QWidget* parent, const PlotSource& source, const ExportKind& kind) {
  const QString extension = QStringLiteral(".") + QLatin1String(kind.extension);
  QString path = QFileDialog::getSaveFileName(parent, translated(kind.action).remove(QStringLiteral("...")),
                                              source.name + extension, translated(kind.filter));
  if (path.isEmpty()) return;
  if (!path.endsWith(extension, Qt::CaseInsensitive)) path += extension;
  const auto written = exportPlot(source, pathFromUtf8(path.toStdString()));
  if (!written && source.failed) source.failed(written.error());
}

}  // namespace

QImage renderImage(const PlotSource& source) {
  QImage image((QSizeF(source.size) * kImageScale).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(kImageScale);
  image.fill(Qt::transparent);
  source.paint(image);
  return image;
}

QByteArray renderPicture(const PlotSource& source, PictureFormat format) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  switch (format) {
    case PictureFormat::Png:
      renderImage(source).save(&buffer, "PNG");
      break;
    case PictureFormat::Svg: {
      QSvgGenerator generator;
      generator.setOutputDevice(&buffer);
      generator.setResolution(kDotsPerInch);
      generator.setSize(source.size);
      generator.setViewBox(QRect(QPoint(0, 0), source.size));
      generator.setTitle(source.name);
      source.paint(generator);
      break;
    }
    case PictureFormat::Pdf: {
      QPdfWriter writer(&buffer);
      writer.setCreator(QStringLiteral("Lexarium"));
      writer.setTitle(source.name);
      writer.setResolution(kDotsPerInch);
      writer.setPageSize(QPageSize(QSizeF(source.size) * kPointsPerInch / kDotsPerInch, QPageSize::Point));
      writer.setPageMargins({0, 0, 0, 0});
      source.paint(writer);
      break;
    }
  }
  buffer.close();
  return bytes;
}

Expected<void> exportPlot(const PlotSource& source, const std::filesystem::path& path) {
  const QString extension = QString::fromStdString(pathToUtf8(path.extension())).toLower();
  if (extension == QLatin1String(".csv")) return writeFileAtomically(path, source.csv());
  const PictureFormat format = extension == QLatin1String(".svg")   ? PictureFormat::Svg
                               : extension == QLatin1String(".pdf") ? PictureFormat::Pdf
                                                                    : PictureFormat::Png;
  return writeFileAtomically(path, renderPicture(source, format).toStdString());
}

void addExportActions(QMenu& menu, QWidget* parent, std::function<PlotSource()> source) {
  menu.addAction(translated(QT_TRANSLATE_NOOP("PlotExport", "Show as table")), parent,
                 [source, parent] { showAsTable(source(), parent); });
  menu.addAction(translated(QT_TRANSLATE_NOOP("PlotExport", "Copy picture")), parent,
                 [source] { QGuiApplication::clipboard()->setImage(renderImage(source())); });
  for (const ExportKind& kind : kKinds)
    menu.addAction(translated(kind.action), parent,
                   [source, parent, &kind] { saveAs(parent, source(), kind); });
}

std::string csvNumber(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

}  // namespace lexarium

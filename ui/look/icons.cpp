// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "ui/look/palettes.h"
#include "ui/look/theme.h"

namespace lexarium {
namespace {

/// Draws the SVG anew for each size and state, so it is sharp at any scale.
class LineIcon : public QIconEngine {
 public:
  LineIcon(QByteArray svg, QColor normal, QColor disabled, QColor selected)
      : svg_(std::move(svg)), normal_(normal), disabled_(disabled), selected_(selected) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const QColor& color = mode == QIcon::Disabled ? disabled_ : mode == QIcon::Selected ? selected_ : normal_;
    QSvgRenderer renderer(QByteArray(svg_).replace("currentColor", color.name().toLatin1()));
    const int side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    renderer.render(painter, square);
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return pixmap;
  }
  QIconEngine* clone() const override { return new LineIcon(*this); }

 private:
  QByteArray svg_;
  QColor normal_, disabled_, selected_;
};

}  // namespace

QIcon themedIcon(const QString& name, const Theme& theme) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QIcon(
      new LineIcon(file.readAll(), theme.text, mixed(theme.secondary, theme.window, 0.35), theme.onAccent));
}

}  // namespace lexarium

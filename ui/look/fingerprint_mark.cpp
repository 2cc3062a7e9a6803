// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/fingerprint_mark.h"

#include <QCoreApplication>
#include <cmath>

namespace lexarium {

namespace {

struct FingerprintMark {
  Q_DECLARE_TR_FUNCTIONS(FingerprintMark)
};

constexpr double kMargin = Theme::kSpace;

}  // namespace

QRectF fingerprintBox(const QRectF& picture, const Theme& theme, const QString& text) {
  if (text.isEmpty()) return {};
  const QFontMetricsF metrics(theme.small);
  const QSizeF size(std::ceil(metrics.horizontalAdvance(text)), std::ceil(metrics.height()));
  return {
      QPointF(picture.right() - size.width() - 2 * kMargin, picture.bottom() - size.height() - kMargin / 2),
      size};
}

void drawFingerprint(QPainter& painter, const QRectF& picture, const Theme& theme, const QString& text) {
  if (text.isEmpty()) return;
  painter.save();
  painter.setFont(theme.small);
  painter.setPen(theme.secondary);
  painter.drawText(fingerprintBox(picture, theme, text), Qt::AlignCenter, text);
  painter.restore();
}

QString fingerprintHelp() {
  return FingerprintMark::tr(
      "The fingerprint of the result: whoever has the same eight digits has the same result, number by "
      "number. (In the mode \"reproducible\", the same text and settings give the same ones everywhere.)");
}

}  // namespace lexarium

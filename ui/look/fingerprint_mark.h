// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QString>

#include "ui/look/theme.h"

namespace lexarium {

/// The fingerprint of a run in the lower right corner of a picture of it, so that a class sees that all have
/// the same. An empty text has no place and draws nothing.
QRectF fingerprintBox(const QRectF& picture, const Theme& theme, const QString& text);
void drawFingerprint(QPainter& painter, const QRectF& picture, const Theme& theme, const QString& text);
/// What a tooltip says about it.
QString fingerprintHelp();

}  // namespace lexarium

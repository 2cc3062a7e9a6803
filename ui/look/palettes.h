// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/theme.h"

namespace lexarium {

/// The colours of a palette, without fonts and measures. System is resolved by the caller.
Theme colorsOf(LookOptions::Palette palette);

/// WCAG 2.1 contrast of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);
/// a at t = 0, b at t = 1, in sRGB.
QColor mixed(const QColor& a, const QColor& b, double t);

}  // namespace lexarium

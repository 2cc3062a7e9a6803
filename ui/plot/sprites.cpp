// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/sprites.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace lexarium {

namespace {

/// Source over destination, both premultiplied; two channels at a time (Porter & Duff 1984).
inline QRgb over(QRgb source, QRgb destination) {
  const std::uint32_t keep = 255 - (source >> 24);
  std::uint32_t even = (destination & 0xff00ffu) * keep;
  std::uint32_t odd = ((destination >> 8) & 0xff00ffu) * keep;
  even = ((even + ((even >> 8) & 0xff00ffu) + 0x800080u) >> 8) & 0xff00ffu;
  odd = (odd + ((odd >> 8) & 0xff00ffu) + 0x800080u) & 0xff00ff00u;
  return source + (even | odd);
}

/// In local arrays, because a compiler that does not know whether the two overlap works pixel by pixel.
template <int kWidth>
void blendRows(const QRgb* source, QRgb* destination, int rows, int stride) {
  std::array<QRgb, kWidth> from, to;
  for (int row = 0; row < rows; ++row, source += kWidth, destination += stride) {
    std::memcpy(from.data(), source, sizeof from);
    std::memcpy(to.data(), destination, sizeof to);
    for (std::size_t column = 0; column < kWidth; ++column) to[column] = over(from[column], to[column]);
    std::memcpy(destination, to.data(), sizeof to);
  }
}

/// Share of the pixel at distance `distance` from the middle that a disc covers.
double discCoverage(double radius, double distance) { return std::clamp(radius - distance + 0.5, 0.0, 1.0); }

QRgb pixelOf(std::span<const SpriteRing> layers, double distance) {
  QRgb pixel = 0;
  for (const SpriteRing& ring : layers) {
    double coverage = discCoverage(ring.outerRadius, distance);
    if (ring.innerRadius > 0) coverage -= discCoverage(ring.innerRadius, distance);
    const int alpha = static_cast<int>(std::lround(coverage * ring.color.alpha()));
    const QColor& c = ring.color;
    pixel = over(qPremultiply(qRgba(c.red(), c.green(), c.blue(), alpha)), pixel);
  }
  return pixel;
}

}  // namespace

Sprite::Sprite(std::span<const SpriteRing> layers) {
  double radius = 0;
  for (const SpriteRing& ring : layers) radius = std::max(radius, ring.outerRadius);
  // Wherever in its pixel the middle is, pixels up to `reach` away may be touched.
  const int reach = static_cast<int>(std::ceil(radius + 0.5));
  rows_ = 2 * reach + 1;
  width_ = (rows_ + 3) / 4 * 4;
  left_ = top_ = -reach;
  pixels_.reserve(static_cast<std::size_t>(kPhases * kPhases * width_ * rows_));
  for (int phase = 0; phase < kPhases * kPhases; ++phase) {
    const double middleX = reach + (phase % kPhases + 0.5) / kPhases;
    const double middleY = reach + (phase / kPhases + 0.5) / kPhases;
    for (int row = 0; row < rows_; ++row)
      for (int column = 0; column < width_; ++column)
        pixels_.push_back(pixelOf(layers, std::hypot(column + 0.5 - middleX, row + 0.5 - middleY)));
  }
}

void Sprite::draw(QImage& image, double x, double y) const {
  auto* pixels = reinterpret_cast<QRgb*>(image.bits());
  draw(pixels, image.width(), image.height(), static_cast<int>(image.bytesPerLine() / 4),
       static_cast<float>(x), static_cast<float>(y));
}

void Sprite::draw(QRgb* pixels, int width, int height, int stride, float x, float y) const {
  const auto reach = static_cast<float>(width_);
  if (width_ == 0 || !(x > -reach && y > -reach && x < static_cast<float>(width) + reach &&
                       y < static_cast<float>(height) + reach))
    return;
  const float floorX = std::floor(x), floorY = std::floor(y);
  const int phaseX = std::min(kPhases - 1, static_cast<int>((x - floorX) * kPhases));
  const int phaseY = std::min(kPhases - 1, static_cast<int>((y - floorY) * kPhases));
  const int left = static_cast<int>(floorX) + left_, top = static_cast<int>(floorY) + top_;
  const QRgb* source =
      pixels_.data() + static_cast<std::ptrdiff_t>(phaseY * kPhases + phaseX) * width_ * rows_;
  if (left >= 0 && top >= 0 && left + width_ <= width && top + rows_ <= height) {
    QRgb* destination = pixels + static_cast<std::ptrdiff_t>(top) * stride + left;
    if (width_ == 8) return blendRows<8>(source, destination, rows_, stride);
    if (width_ == 12) return blendRows<12>(source, destination, rows_, stride);
    if (width_ == 16) return blendRows<16>(source, destination, rows_, stride);
  }
  const int firstRow = std::max(0, -top), lastRow = std::min(rows_, height - top);
  const int firstColumn = std::max(0, -left), lastColumn = std::min(width_, width - left);
  for (int row = firstRow; row < lastRow; ++row) {
    QRgb* destination = pixels + static_cast<std::ptrdiff_t>(top + row) * stride + left;
    for (int column = firstColumn; column < lastColumn; ++column)
      destination[column] = over(source[row * width_ + column], destination[column]);
  }
}

}  // namespace lexarium

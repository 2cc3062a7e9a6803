// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/metric_pack.h"

#include <zstd.h>

#include <array>
#include <bit>
#include <cassert>

namespace lexarium {
namespace {

constexpr std::size_t kNumbers = 6;
constexpr std::size_t kPointBytes = kNumbers * 8;

std::array<std::uint64_t, kNumbers> bitsOf(const MetricPoint& point) {
  const auto bits = [](double number) { return std::bit_cast<std::uint64_t>(number); };
  return {point.step,       bits(point.epoch),        bits(point.seconds),
          bits(point.loss), bits(point.learningRate), bits(point.tokensPerSecond)};
}

MetricPoint pointOf(const std::array<std::uint64_t, kNumbers>& bits) {
  const auto number = [&](std::size_t i) { return std::bit_cast<double>(bits[i]); };
  return {bits[0], number(1), number(2), number(3), number(4), number(5)};
}

}  // namespace

Bytes packMetrics(std::span<const MetricPoint> points) {
  assert(points.size() <= kMostPointsAtOnce);
  Bytes plain(points.size() * kPointBytes);
  for (std::size_t at = 0; at < points.size(); ++at) {
    const auto bits = bitsOf(points[at]);
    for (std::size_t byte = 0; byte < kPointBytes; ++byte) {
      plain[byte * points.size() + at] = static_cast<std::byte>(bits[byte / 8] >> (8 * (byte % 8)));
    }
  }
  Bytes packed(ZSTD_compressBound(plain.size()));
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 1);
  if (ZSTD_isError(size)) throw std::bad_alloc();  // its only reason with enough room
  packed.resize(size);
  return packed;
}

std::optional<std::vector<MetricPoint>> unpackMetrics(std::span<const std::byte> bytes,
                                                      std::uint64_t points) {
  if (points > kMostPointsAtOnce) return std::nullopt;
  const auto count = static_cast<std::size_t>(points);
  Bytes plain(count * kPointBytes);
  if (ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size()) != plain.size()) {
    return std::nullopt;
  }
  std::vector<MetricPoint> result(count);
  for (std::size_t at = 0; at < count; ++at) {
    std::array<std::uint64_t, kNumbers> bits{};
    for (std::size_t byte = 0; byte < kPointBytes; ++byte) {
      bits[byte / 8] |= std::to_integer<std::uint64_t>(plain[byte * count + at]) << (8 * (byte % 8));
    }
    result[at] = pointOf(bits);
  }
  return result;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/metric_pack.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace lexarium {
namespace {

// Runs without validation and gradient norm (all those of format 1 are) keep the first six.
constexpr std::size_t kFewNumbers = 6;
// Those of no task keep eight.
constexpr std::size_t kNumbersWithoutTask = 8;
constexpr std::size_t kNumbers = 12;

std::array<std::uint64_t, kNumbers> bitsOf(const MetricPoint& point) {
  const auto bits = [](double number) { return std::bit_cast<std::uint64_t>(number); };
  return {point.step,
          bits(point.epoch),
          bits(point.seconds),
          bits(point.loss),
          bits(point.learningRate),
          bits(point.tokensPerSecond),
          bits(point.validationLoss),
          bits(point.gradientNorm),
          bits(point.scores.accuracy),
          bits(point.scores.exact),
          bits(point.scores.bleu),
          bits(point.scores.macroF1)};
}

MetricPoint pointOf(const std::array<std::uint64_t, kNumbers>& bits, std::size_t numbers) {
  const auto number = [&](std::size_t i) { return std::bit_cast<double>(bits[i]); };
  MetricPoint point{bits[0], number(1), number(2), number(3), number(4), number(5)};
  if (numbers >= kNumbersWithoutTask) {
    point.validationLoss = number(6);
    point.gradientNorm = number(7);
  }
  if (numbers == kNumbers) point.scores = {number(8), number(9), number(10), number(11)};
  return point;
}

std::size_t numbersFor(std::span<const MetricPoint> points) {
  const bool more = std::any_of(points.begin(), points.end(), [](const MetricPoint& point) {
    return point.hasValidation() || point.hasGradientNorm();
  });
  const bool most =
      std::any_of(points.begin(), points.end(), [](const MetricPoint& point) { return point.scores.any(); });
  return most ? kNumbers : more ? kNumbersWithoutTask : kFewNumbers;
}

}  // namespace

Bytes packMetrics(std::span<const MetricPoint> points) {
  assert(points.size() <= kMostPointsAtOnce);
  const std::size_t pointBytes = 8 * numbersFor(points);
  Bytes plain(points.size() * pointBytes);
  for (std::size_t at = 0; at < points.size(); ++at) {
    const auto bits = bitsOf(points[at]);
    for (std::size_t byte = 0; byte < pointBytes; ++byte) {
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
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  std::size_t numbers = kNumbers;
  for (const std::size_t fewer : {kFewNumbers, kNumbersWithoutTask})
    if (size == count * fewer * 8) numbers = fewer;
  const std::size_t pointBytes = 8 * numbers;
  Bytes plain(count * pointBytes);
  if (ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size()) != plain.size()) {
    return std::nullopt;
  }
  std::vector<MetricPoint> result(count);
  for (std::size_t at = 0; at < count; ++at) {
    std::array<std::uint64_t, kNumbers> bits{};
    for (std::size_t byte = 0; byte < pointBytes; ++byte) {
      bits[byte / 8] |= std::to_integer<std::uint64_t>(plain[byte * count + at]) << (8 * (byte % 8));
    }
    result[at] = pointOf(bits, numbers);
  }
  return result;
}

}  // namespace lexarium

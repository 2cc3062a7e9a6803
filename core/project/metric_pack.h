// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/project/database.h"
#include "core/train/metric_log.h"

namespace lexarium {

/// Points as a project keeps them, every bit: first bytes of all numbers, then second bytes ... (alike
/// neighbours compress), as one frame of Zstandard.
Bytes packMetrics(std::span<const MetricPoint> points);
/// nullopt: these bytes are not that many points.
std::optional<std::vector<MetricPoint>> unpackMetrics(std::span<const std::byte> bytes, std::uint64_t points);

/// More are stored in several rows.
inline constexpr std::size_t kMostPointsAtOnce = 100'000;

}  // namespace lexarium

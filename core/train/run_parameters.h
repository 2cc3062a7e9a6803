// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/train/run_config.h"

namespace lexarium {

/// Keys of what is not the model's but may differ between runs; no ParamSpec has such a key.
inline constexpr std::string_view kSeedKey = "(seed)";
inline constexpr std::string_view kModeKey = "(mode)";
inline constexpr std::string_view kThreadsKey = "(threads)";

struct RunParameter {
  std::string key;
  std::string label;  ///< the model's word for it; "Seed", "Mode" or "Threads"
};

/// All that runs were set to: the models' parameters, seed, mode and threads in this order, but those first
/// in which some of the runs differ.
struct RunParameters {
  std::vector<RunParameter> all;
  std::size_t differing = 0;  ///< so many of them
};

RunParameters runParameters(std::span<const RunConfig* const> runs);

/// nullopt: the run has no such parameter (it is another model's), or its model is none of the registry.
std::optional<ParamValue> valueOf(const RunConfig& run, std::string_view key);

}  // namespace lexarium

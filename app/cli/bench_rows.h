// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/bench_embeddings.h"
#include "app/cli/exit_code.h"

namespace lexarium::cli {

/// Runs a benchmark and prints its rows: as a table that grows while they are measured, or as one JSON array
/// of {name, value, unit, threads, peer, peer_value, ratio}.
using BenchProgress = std::function<void(const std::string&)>;
using BenchRowSink = std::function<void(const BenchRow&)>;
using Benchmark = std::function<Expected<std::vector<BenchRow>>(const BenchProgress&, const BenchRowSink&)>;
ExitCode runBenchmark(const Benchmark& benchmark, bool json);

}  // namespace lexarium::cli

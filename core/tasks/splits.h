// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/text/task_data.h"

namespace lexarium {

/// Which shares of the examples are not learned from.
struct SplitOptions {
  double validation = 0.1;  ///< looked at while training
  double test = 0.1;        ///< looked at when all is done
  std::uint64_t seed = 1;
};

/// Indices into TaskData::examples, each in rising order; every example is in exactly one of them.
struct Splits {
  std::vector<std::uint32_t> train, validation, test;
};

/// By chance, but the same for a seed on every machine. Examples with equal inputs (and stories) stay
/// together, so that nothing that is learned is asked for later; labelled texts are stratified: each class
/// has the same share everywhere, as far as whole examples allow. Something is left to learn from whenever
/// there is anything.
Splits splitExamples(const TaskData& data, const SplitOptions& options);

}  // namespace lexarium

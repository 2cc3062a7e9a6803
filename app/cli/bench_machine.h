// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace lexarium::cli {

/// How many times more multiplications and additions a second the machine does on `threads` threads than on
/// one, in a loop that needs nothing but registers: what a program could gain at most. 1 to `threads`; less
/// than that where cores share their units, slow down together, or are busy with something else.
double registerLoopGain(std::size_t threads);

/// Multiplications and additions a second of processor time in single precision, of one thread in a loop that
/// needs nothing but registers: what no program can exceed. Of a build for the processor of this machine.
double registerLoopSpeed();

double secondsSince(std::chrono::steady_clock::time_point start);
/// At least one value.
double median(std::vector<double> values);

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/autodiff/tape.h"

namespace lexarium {

/// Column ids[t] of the table for each t: [rows of the table x ids]. Backward touches these columns alone.
/// The ids are copied.
Var gather(Var table, std::span<const std::uint32_t> ids);
/// The mean of some columns of the table for each group: [rows of the table x groups]. Group g has the next
/// lengths[g] of the ids, at least one. As gather(), it touches these columns alone.
Var gatherMean(Var table, std::span<const std::uint32_t> ids, std::span<const std::uint32_t> lengths);
/// W E[ids] + b. Where fewer columns stand in the table than ids are asked for, W E is multiplied once and
/// its columns are gathered: less work than one product for all ids. E[ids] is what enters the network.
Var embeddedAffine(Var w, Var table, std::span<const std::uint32_t> ids, Var b);

}  // namespace lexarium

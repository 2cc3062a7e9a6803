// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "core/autodiff/tape.h"

namespace lexarium {

/// Of each column: exp(a_i - max) / sum.
Var softmax(Var a);

/// A target that does not count: padding, or a prompt.
inline constexpr std::uint32_t kIgnore = std::numeric_limits<std::uint32_t>::max();

/// - sum log softmax(logits)[target] / divisor over the columns whose target is not kIgnore: [1 x 1]. divisor
/// 0: their number, so that the loss is the mean (0 if none counts). A shard of a batch divides by the number
/// of the whole batch. logits: [vocabulary x tokens].
Var softmaxCrossEntropy(Var logits, std::span<const std::uint32_t> targets, double divisor = 0);
/// Of such a loss: the probabilities [vocabulary x tokens], and the sum in double, before it was divided.
ConstMatrixMap probabilitiesOf(Var loss);
double lossSumOf(Var loss);

}  // namespace lexarium

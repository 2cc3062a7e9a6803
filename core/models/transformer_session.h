// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/models/sequence_net.h"

namespace lexarium {

struct TransformerNorm {
  ParameterId gain;
  std::optional<ParameterId> offset;  ///< none: RMS norm
};
struct TransformerLinear {
  ParameterId weights;
  std::optional<ParameterId> bias;
};
struct TransformerBlock {
  TransformerNorm attentionNorm;
  TransformerLinear query, key, value, out;
  TransformerNorm innerNorm;
  TransformerLinear up, gate, down;  ///< gate: only where the shape is gated
};
/// Where a Transformer's matrices are among its parameters.
struct TransformerNames {
  std::optional<ParameterId> positions;  ///< learned ones
  std::vector<TransformerBlock> blocks;
  TransformerNorm norm;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/models/sequence_model.h"

// How far back a model learns from one guess: the gradient of the loss at one token with respect to what it
// held at each earlier one. In a plain RNN it is a product of as many Jacobians as there are steps between,
// and vanishes or explodes (Hochreiter 1991; Bengio, Simard & Frasconi 1994, IEEE TNN 5(2)); an LSTM's cell
// hands it on, times the forget gate alone.

namespace lexarium {

struct GradientFlow {
  struct Layer {
    std::vector<double> hidden;  ///< [step + 1] ||d loss / d h_s||; of a Transformer: of the block's input;
                                 ///< of an MLP: of the token's vector, 0 where it does not look
    std::vector<double> cell;    ///< [step + 1] ||d loss / d c_s||, LSTM only
  };
  std::size_t step = 0;  ///< the token after which it guesses
  TokenId target = 0;    ///< what comes next
  bool isGuess = false;  ///< nothing comes next: the likeliest token stands in for it
  double loss = 0;       ///< -ln p(target)
  std::vector<Layer> layers;
};

/// By the tape, over the text from its beginning. Empty: the model has no gradients (n-grams), or it was
/// stopped. `trace` is one of this model, `step` in it.
std::optional<GradientFlow> gradientFlow(const SequenceModel& model, const SequenceTrace& trace,
                                         std::size_t step, const StopToken& stop = {});

/// norms[step - back] / norms[step] for back = 0 ... step: what is left of the gradient. Zeros if there was
/// none.
std::vector<double> sharesLeft(const std::vector<double>& norms);

}  // namespace lexarium

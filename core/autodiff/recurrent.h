// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

// Recurrent layers over a whole sequence as one operation each; a step is a sequence of one. `x` holds the
// input side of all steps, W_x x_t + b, already multiplied, columns time-major: t * batch + b. The batch is
// the number of columns of the initial state. The memory of x is taken for the gates (Tape::consume()). The
// results hold all steps, [H x columns of x]; the state after the last is their last `batch` columns.

/// h_t = tanh(x_t + W h_{t-1});   x [H x steps * batch], w [H x H], h0 [H x batch]
Var rnnLayer(Var x, Var w, Var h0);

struct LstmResult {
  Var hidden, cell;
};
/// Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000; four blocks of H rows, as PyTorch
/// has them:
///   i, f, o = logistic, g = tanh of (x_t + W h_{t-1});   c_t = f c_{t-1} + i g;   h_t = o tanh(c_t)
/// x [4H x steps * batch] in the order i, f, g, o; w [4H x H].
LstmResult lstmLayer(Var x, Var w, Var h0, Var c0);

/// Cho et al. 2014, with the reset gate after the product (as PyTorch and cuDNN); three blocks in the order
/// r, z, n:
///   r, z = logistic(x_t + W h_{t-1});   n = tanh(x_n + r (W_n h_{t-1} + b));   h_t = (1 - z) n + z h_{t-1}
/// x [3H x steps * batch], w [3H x H], b [H x 1].
Var gruLayer(Var x, Var w, Var b, Var h0);

/// The activated gates of such a node (an LSTM's hidden, a GRU) in the order above, [4H or 3H x steps *
/// batch].
ConstMatrixMap gatesOf(Var layer);

}  // namespace lexarium

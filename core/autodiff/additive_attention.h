// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

/// Attention of Bahdanau, Cho & Bengio 2015 (arXiv:1409.0473, appendix A.1.2), for all queries at once:
///   e_ts = v' tanh(q_t + k_s),  a_t = softmax over s of e_t,  context_t = sum over s of a_ts value_s
/// q [A x T * batch] and k [A x S * batch] are projected already (W_a s_t and U_a h_s + b), v is [A x 1],
/// values [R x S * batch]; columns are time-major. -> [R x T * batch]. The tanh of all pairs is never stored.
Var additiveAttention(Var q, Var k, Var v, Var values, Index batch);
/// What it looked at, of one sequence: [S x T], columns sum to 1.
Matrix additiveWeights(Var attention, Index b);

}  // namespace lexarium

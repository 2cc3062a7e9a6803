// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

/// Scaled dot-product attention (Vaswani et al. 2017), one head after the other, each in `rows of q / heads`
/// rows:
///   out = V softmax(K^T Q / sqrt(head size))
/// Columns are time-major, t * batch + b; a sequence sees itself only. q may hold fewer steps than k and v:
/// its last column is then as late as the last of k (a cache of keys and values). k and v may have fewer
/// heads than q, each shared by as many heads of q (Ainslie et al. 2023). causal: a query sees keys that are
/// not later.
struct AttentionShape {
  Index heads = 1;
  Index batch = 1;
  bool causal = true;
};
Var attention(Var q, Var k, Var v, const AttentionShape& shape);
/// The same of one matrix with q over k over v, as a single product makes it: nothing is copied. sharedHeads:
/// of k and v each; 0: as many as of q.
Var selfAttention(Var qkv, const AttentionShape& shape, Index sharedHeads = 0);
/// What head and sequence b of such a node looked at: [steps of k x steps of q], each column sums to 1.
Matrix attentionWeights(Var attention, Index head, Index b);

/// Su et al. 2021: turns each pair of numbers of a head by an angle that is position / 10000^(2 pair / head
/// size). Columns are time-major; the first step stands at `first`. The pairs of a head of size d are (0, 1),
/// (2, 3), ... or, with `halves`, (0, d/2), (1, d/2 + 1), ...
Var rotary(Var x, Index heads, Index batch, Index first = 0, bool halves = false);

}  // namespace lexarium

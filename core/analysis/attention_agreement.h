// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/models/saliency.h"

// Does attention say what counted? It need not: Jain & Wallace 2019, "Attention is not Explanation" (NAACL,
// arXiv:1902.10186), find that it hardly agrees with gradients; Wiegreffe & Pinter 2019 (EMNLP,
// arXiv:1908.04626) that this depends on what is asked.

namespace lexarium {

/// What the heads that lead from inputs to outputs look at, on average: [input x output] of the saliency; no
/// number where an output sees no such input, or there is no such head. Of models with several parts those
/// between input and output count ("cross", "pooling", "memory"); else self-attention.
Eigen::MatrixXd attentionFor(const AttentionTrace& trace, const Saliency& saliency);

/// Spearman's correlation of attention and |saliency| over the inputs of each output; no number for fewer
/// than three inputs that have both, or where one of the two says the same of all.
std::vector<double> agreementOf(const Eigen::MatrixXd& attention, const Saliency& saliency);

}  // namespace lexarium

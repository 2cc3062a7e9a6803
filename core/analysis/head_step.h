// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/cell_step.h"

// One attention head at one token taken apart:
//   q = W_q n_t,  k_j = W_k n_j,  v_j = W_v n_j       n: the normed inputs of the block
//   s_j = q . k_j / sqrt(d)   for j <= t; later tokens are masked
//   a = softmax(s),   out = sum over j of a_j v_j
// (Vaswani et al. 2017; core/models/transformer.cpp). With rotary positions q and k are turned first.

namespace lexarium {

struct HeadStep {
  std::size_t layer = 0, head = 0;
  std::size_t step = 0;             ///< the token that looks, into SequenceTrace::ids
  double scale = 1;                 ///< 1 / sqrt(d)
  Eigen::MatrixXd inputs;           ///< n [units x step + 1]
  Eigen::VectorXd query;            ///< q [d], turned where positions are rotary
  Eigen::MatrixXd keys, values;     ///< k (turned likewise) and v [d x step + 1]
  Eigen::VectorXd scores, weights;  ///< s and a [step + 1]
  Eigen::VectorXd output;           ///< [d]
};

/// `trace` is one of this model, whose kind is StepKind::Attention; all numbers are in it.
HeadStep headStep(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer, std::size_t head,
                  std::size_t step);

/// All tokens of a head at once, stage by stage. [keys x queries]; later tokens, which are masked, are not
/// numbers.
struct HeadStages {
  Eigen::MatrixXd products;  ///< q . k, of later tokens too
  Eigen::MatrixXd scores;    ///< s
  Eigen::MatrixXd weights;   ///< a, 0 where it is masked
  Eigen::MatrixXd values;    ///< v [d x keys]
  Eigen::MatrixXd outputs;   ///< [d x queries]
};
/// As headStep(), for every token of the trace, which has one at least.
HeadStages headStages(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer,
                      std::size_t head);

/// q_u k_u / sqrt(d): their sum is the score of that token.
std::vector<Term> scoreTerms(const HeadStep& step, std::size_t token);
/// a_j v_ju: their sum is number u of the output.
std::vector<Term> outputTerms(const HeadStep& step, std::size_t number);

enum class HeadPart { Query, Key, Value };
/// What makes one number of a token's query, key or value: `terms` and `bias` sum to it.
struct NumberTerms {
  std::vector<Term> terms;
  double bias = 0;
};
NumberTerms numberTerms(const SequenceModel& model, const HeadStep& step, HeadPart part, std::size_t token,
                        std::size_t number);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include <string_view>
#include <utility>

#include "core/train/model_card.h"

namespace lexarium {

const char* formulaOf(std::string_view modelId) {
  static constexpr std::pair<std::string_view, const char*> kFormulas[] = {
      {"skip-gram",
       "p(context | word) from the product of two vectors; negative sampling:\n"
       "loss = -ln logistic(u_context' v_word) - sum over drawn words of ln logistic(-u_drawn' v_word)"},
      {"cbow",
       "v = mean of the vectors of the words around\n"
       "loss = -ln logistic(u_word' v) - sum over drawn words of ln logistic(-u_drawn' v)"},
      {"glove", "loss = sum over pairs of f(X_ij) (w_i' w~_j + b_i + b~_j - ln X_ij)^2"},
      {"ngram", "p(token | those before) from counts, interpolated with shorter contexts"},
      {"mlp", "y = b + U tanh(d + H [C(w_{t-1}); ...; C(w_{t-n})])"},
      {"rnn", "h_t = tanh(W_x x_t + W_h h_{t-1} + b)"},
      {"lstm",
       "i, f, o = logistic(W_x x_t + W_h h_{t-1} + b);  g = tanh(W_x x_t + W_h h_{t-1} + b)\n"
       "c_t = f c_{t-1} + i g;  h_t = o tanh(c_t)"},
      {"gru",
       "r, z = logistic(W_x x_t + W_h h_{t-1} + b);  n = tanh(W_x x_t + b + r (W_n h_{t-1} + b_n))\n"
       "h_t = (1 - z) n + z h_{t-1}"},
      {"transformer",
       "x = E[token] + P[position];  in each block:\n"
       "x = x + W_o softmax(Q'K / sqrt(d)) V;  x = x + W_2 gelu(W_1 norm(x) + b_1) + b_2"},
      {"encoder-decoder",
       "a_t = softmax over s of score(s_t, h_s);  context_t = sum over s of a_ts h_s\n"
       "logits_t = W_o tanh(W_c [context_t; s_t] + b_c) + b_o"},
      {"classifier", "p = softmax(W_o f + b_o), f: what pooling makes of the states of a text"},
      {"memory-network",
       "m_i = sum over words of l_j A x_ij + T_A(i);  p = softmax(u' m_i);  u = u + sum over i of p_i c_i"},
  };
  for (const auto& [id, formula] : kFormulas)
    if (id == modelId) return formula;
  return "";
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/autodiff/ops.h"
#include "core/base/expected.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Of what size a memory network is.
struct StoryShape {
  Index words = 0;       ///< of questions and stories
  Index answers = 0;     ///< that it can give
  Index units = 50;      ///< d, of a memory
  Index hops = 3;        ///< how often it looks at the story
  Index sentences = 50;  ///< of a story that it remembers, the last ones
  bool operator==(const StoryShape&) const = default;
};
std::string toJson(const StoryShape& shape);
/// Errors: something is missing, a size no network has.
Expected<StoryShape> storyShapeFrom(std::string_view json);

/// How many numbers such a network has; in double, for sizes from files may be anything.
double countNumbers(const StoryShape& shape);

/// Some sentences, as words with the sentence of each.
struct Sentences {
  std::vector<TokenId> words;
  std::vector<std::uint32_t> sentence;  ///< of each word
  std::vector<Real> position;           ///< of each word in its sentence, (j + 1) / J
  Index count = 0;                      ///< sentences

  void add(std::span<const TokenId> sentence);
};

/// An end-to-end memory network (Sukhbaatar, Szlam, Weston & Fergus 2015, arXiv:1503.08895), adjacent
/// weights:
///   m_i = sum over words j of l_j * A[x_ij] + T_A(i)      memory of sentence i (* element by element)
///   c_i = sum over words j of l_j * C[x_ij] + T_C(i)      what it says
///   l_kj = (1 - j/J) - (k/d) (1 - 2 j/J)                  position encoding, word j of J, number k of d
///   u_1 = sum over words of l_j * A_1[q_j]                the question
///   p = softmax over i of u_h' m_i;  o_h = sum of p_i c_i;  u_{h+1} = u_h + o_h
///   answer = softmax(W u_{H+1})
/// A of a hop is C of the hop before. T(i) counts sentences back from the question.
class StoryNet {
 public:
  StoryNet(const StoryShape& shape, Parameters& parameters);
  static void initialise(Parameters& parameters, Rng& rng);

  const StoryShape& shape() const { return shape_; }
  /// Logits [answers x batch]. All stories have equally many sentences; sentence i of story b is i * batch +
  /// b of `stories`. What it looked at is watched as "hop", numbered from 0.
  Var forward(Tape& tape, const Sentences& stories, const Sentences& questions, Index batch) const;
  /// Of the hops on the tape, of one story: [sentences x hops].
  Eigen::MatrixXf attention(const Tape& tape, Index b) const;

 private:
  Var encoded(Tape& tape, ParameterId table, const Sentences& sentences, bool isStory) const;

  StoryShape shape_;
  std::vector<ParameterId> tables_, times_;  // A_1, C_1 = A_2, ...
  ParameterId outWeights_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/autodiff/parameters.h"
#include "core/base/matrix.h"
#include "core/models/trained_model.h"

// How much each input token counts for each output. All numbers are in log-odds of the output,
//   F = ln p / (1 - p) = z_y - ln sum over j != y of exp z_j,
// which, unlike p, does not flatten where a model is sure, and of two classes is the difference of their
// logits: linear in a linear model.
//   gradient x input       s_i = x_i . dF/dx_i                            (Shrikumar et al. 2016,
//   arXiv:1605.01713) integrated gradients   s_i = x_i . integral over a = 0 ... 1 of dF/dx_i at a x
//                                                    (Sundararajan, Taly & Yan 2017, arXiv:1703.01365)
//   occlusion              s_i = F - F of the text without i              (Zeiler & Fergus 2014; Li et al.
//   2016,
//                                                                          arXiv:1612.08220)
// x_i: the vector of token i; x = 0 is where integration begins. Its steps are points of Gauss and Legendre,
// doubled until the scores sum to F(x) - F(0) (completeness) within a tolerance.

namespace lexarium {

enum class SaliencyMethod { GradientTimesInput, IntegratedGradients, Occlusion };
/// How a token is taken away.
enum class OccludedBy {
  Unknown,  ///< the token for unknown words stands in its place; if there is none, a vector of zeros
  Nothing,  ///< it is left out; a text of one token, and what a language model reads first: zeros
};

struct SaliencyQuery {
  SaliencyMethod method = SaliencyMethod::GradientTimesInput;
  OccludedBy occludedBy = OccludedBy::Unknown;
  std::vector<std::size_t> outputs{};  ///< which are asked for; empty: all
  double tolerance = 0.01;             ///< of completeness, of F(x) - F(0) (of 1 if that is less)
  std::size_t mostSteps = 256;         ///< of integration
  std::size_t mostTokens = 100;        ///< of the input of a language model
  bool operator==(const SaliencyQuery&) const = default;
};

struct Saliency {
  std::vector<PlacedToken> input;  ///< as in AttentionTrace: tokens; of a story sentences
  /// Tokens said; classes; likeliest answers. Of a language model the tokens of the text but the first, and
  /// last the likeliest that comes after them.
  std::vector<PlacedToken> output;
  std::string outputText;
  Eigen::MatrixXd scores;         ///< [input x output]; no number where not asked, or not seen by the output
  std::vector<double> logOdds;    ///< F(x) of each output that was asked for, else no number
  std::vector<double> reference;  ///< integrated gradients: F(0) of each
  double gap = 0;                 ///< integrated gradients: the largest |sum of scores - (F(x) - F(0))|
  std::size_t steps = 0;          ///< integrated gradients: points that it took

  bool isEmpty() const { return input.empty(); }
};

/// F of a column of logits.
double logOddsOf(const Eigen::Ref<const Vector>& logits, Index target);

/// Points (in 0 ... 1) and weights (sum 1) of Gauss and Legendre.
struct Quadrature {
  std::vector<double> points, weights;
};
Quadrature gaussLegendre(std::size_t count);

}  // namespace lexarium

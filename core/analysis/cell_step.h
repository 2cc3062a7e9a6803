// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/models/sequence_model.h"

// One step of a cell taken apart, with the numbers that a model computes there: each gate of each unit as the
// sum of products that it is. The formulae stand in core/models/{mlp,rnn,lstm,gru}.cpp.

namespace lexarium {

/// What can be looked at one step at a time in a model.
enum class StepKind {
  None,  ///< it counts (n-grams), or is no network of ours
  Mlp,
  Rnn,
  Lstm,
  Gru,
  Attention  ///< head_step.h
};
StepKind stepKindOf(const SequenceModel& model);

/// One summand of a sum of products.
struct Term {
  enum class Of {
    Input,  ///< number of what comes in: of the token's vector, or of the layer below
    Past,   ///< unit one step earlier
    Unit,   ///< number of a query, key, value or normed input of a head
    Token,  ///< token of the text at that place
    Before  ///< MLP: what stands before the beginning of the text
  };
  Of of = Of::Input;
  std::size_t index = 0;  ///< from 0; of Token: into SequenceTrace::ids
  double weight = 0;
  double value = 0;  ///< what it is multiplied with
  double product() const { return weight * value; }
};

/// The largest first, whatever their sign; equal ones in their order.
void sortBySize(std::vector<Term>& terms);

/// One gate of all units: value = f(input + past + bias), where f is logistic or tanh. Of a GRU's candidate
/// n: f(input + bias + r (past + pastBias)).
struct GateStep {
  std::string name;          ///< as in the formulae: "i", "f", "g", "o"; "r", "z", "n"; "h"
  Eigen::VectorXd input;     ///< W_x x_t [units]
  Eigen::VectorXd past;      ///< W_h h_{t-1} [units]; MLP: zeros
  Eigen::VectorXd bias;      ///< [units]
  Eigen::VectorXd pastBias;  ///< [units]; zeros but for n
  Eigen::VectorXd sum;       ///< what f is taken of [units]
  Eigen::VectorXd value;     ///< [units]
};

/// Everything of one step of one layer.
struct CellStep {
  StepKind kind = StepKind::None;
  std::size_t layer = 0;
  std::size_t step = 0;   ///< into SequenceTrace::ids
  Eigen::VectorXd input;  ///< x_t [inputs]; MLP: the vectors of the tokens looked back on, the newest first
  Eigen::VectorXd hiddenBefore, cellBefore;  ///< h_{t-1}, c_{t-1} [units]; empty where there is none
  std::vector<GateStep> gates;
  Eigen::VectorXd hidden, cell;  ///< h_t, c_t

  /// The gate must be there.
  const GateStep& gate(std::string_view name) const;
};

/// `trace` is one of this model, `layer` and `step` are in it; the model has cells (not None, not Attention).
CellStep cellStep(const SequenceModel& model, const SequenceTrace& trace, std::size_t layer,
                  std::size_t step);

/// The products that make input + past of one gate of one unit. MLP: one for each token looked back on, the
/// sum over its vector with weight 1.
std::vector<Term> gateTerms(const SequenceModel& model, const CellStep& step, std::size_t gate,
                            std::size_t unit);

/// The unit whose state changes or stands out most at this step: largest |h_t|.
std::size_t mostActiveUnit(const CellStep& step);

}  // namespace lexarium

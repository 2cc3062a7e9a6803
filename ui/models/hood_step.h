// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/analysis/cell_step.h"
#include "core/analysis/head_step.h"

namespace lexarium {

/// Which of the numbers under the hood of a model are looked at; all from 0.
struct HoodChoice {
  std::size_t step = 0;  ///< token of the text
  std::size_t layer = 0;
  std::size_t unit = 0;  ///< of the cell; attention: number of the head's vectors
  std::size_t head = 0;
  std::optional<std::size_t> looked;  ///< attention: token that is looked at; none: the one most looked at
  bool mostActive = false;            ///< take the unit that stands out instead
};

/// All numbers of one step that a HoodSheet shows.
struct HoodStep {
  StepKind kind = StepKind::None;
  HoodChoice choice;      ///< as far as the model goes; `looked` is set for attention
  std::size_t units = 0;  ///< among which `unit` is one
  // Cells.
  CellStep cell;
  std::vector<std::vector<Term>> gates;  ///< products of each gate of that unit, largest first
  // Attention.
  HeadStep head;
  std::vector<Term> scores, outputs;  ///< largest first
  NumberTerms query, key, value;      ///< likewise
};

/// Of a model that is not StepKind::None, and a trace of it with at least one token. On any thread.
HoodStep hoodStep(const SequenceModel& model, const SequenceTrace& trace, HoodChoice choice);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hood_step.h"

#include <algorithm>

namespace lexarium {
namespace {

void lookIntoHead(const SequenceModel& model, const SequenceTrace& trace, HoodStep& result) {
  HoodChoice& choice = result.choice;
  choice.head = std::min(choice.head, model.facts().heads - 1);
  result.head = headStep(model, trace, choice.layer, choice.head, choice.step);
  const HeadStep& head = result.head;
  result.units = static_cast<std::size_t>(head.output.size());
  Eigen::Index most = 0;
  if (choice.mostActive) {
    head.output.cwiseAbs().maxCoeff(&most);
    choice.unit = static_cast<std::size_t>(most);
  }
  choice.unit = std::min(choice.unit, result.units - 1);
  head.weights.maxCoeff(&most);
  choice.looked = std::min(choice.looked.value_or(static_cast<std::size_t>(most)), choice.step);
  result.scores = scoreTerms(head, *choice.looked);
  result.outputs = outputTerms(head, choice.unit);
  result.query = numberTerms(model, head, HeadPart::Query, choice.step, choice.unit);
  result.key = numberTerms(model, head, HeadPart::Key, *choice.looked, choice.unit);
  result.value = numberTerms(model, head, HeadPart::Value, *choice.looked, choice.unit);
  for (auto* terms :
       {&result.scores, &result.outputs, &result.query.terms, &result.key.terms, &result.value.terms})
    sortBySize(*terms);
}

}  // namespace

HoodStep hoodStep(const SequenceModel& model, const SequenceTrace& trace, HoodChoice choice) {
  HoodStep result;
  result.kind = stepKindOf(model);
  choice.step = std::min(choice.step, trace.ids.size() - 1);
  choice.layer = std::min(choice.layer, model.facts().layers - 1);
  result.choice = choice;
  if (result.kind == StepKind::Attention) {
    lookIntoHead(model, trace, result);
    return result;
  }
  result.cell = cellStep(model, trace, choice.layer, choice.step);
  result.units = static_cast<std::size_t>(result.cell.hidden.size());
  if (choice.mostActive) result.choice.unit = mostActiveUnit(result.cell);
  result.choice.unit = std::min(result.choice.unit, result.units - 1);
  for (std::size_t gate = 0; gate < result.cell.gates.size(); ++gate) {
    result.gates.push_back(gateTerms(model, result.cell, gate, result.choice.unit));
    // An MLP's formula names the tokens in their order.
    if (result.kind != StepKind::Mlp) sortBySize(result.gates.back());
  }
  return result;
}

}  // namespace lexarium

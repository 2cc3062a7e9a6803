// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/tape.h"

#include <algorithm>

namespace lexarium {

Tape::Tape(const Parameters& parameters, Gradients* gradients)
    : parameters_(parameters), gradients_(gradients) {}

Tape::Tape(const Parameters& parameters, std::shared_ptr<const PackedParameters> packed)
    : parameters_(parameters), gradients_(nullptr), packed_(std::move(packed)) {}

Node& Tape::pushAt(Real* value, const char* name, Index rows, Index cols, std::initializer_list<Var> inputs,
                   Node::Backward backward) {
  assert(inputs.size() <= Node::kInputs);
  throwIfStopped();
  Node node;
  node.name = name;
  node.value = value;
  node.rows = rows;
  node.cols = cols;
  node.index = static_cast<std::uint32_t>(nodes_.size());
  std::size_t count = 0;
  for (const Var& input : inputs) {
    assert(input.tape == this && input.index < nodes_.size());
    assert(!nodes_[input.index].wasConsumed && "another operation has overwritten this value");
    node.inputs[count++] = input.index;
    ++nodes_[input.index].uses;
    node.needsAdjoint |= nodes_[input.index].needsAdjoint;
  }
  if (node.needsAdjoint) node.backward = backward;
  nodes_.push_back(node);
  return nodes_.back();
}

Node& Tape::push(const char* name, Index rows, Index cols, std::initializer_list<Var> inputs,
                 Node::Backward backward) {
  Node& node =
      pushAt(arena_.reals(static_cast<std::size_t>(rows * cols)), name, rows, cols, inputs, backward);
  return node;
}

Var Tape::parameter(ParameterId id) {
  if (parameterNodes_.size() < parameters_.size()) parameterNodes_.resize(parameters_.size(), 0);
  std::uint32_t& known = parameterNodes_[id.index];
  if (known != 0) return {this, known - 1};
  const ParameterInfo& info = parameters_.info(id);
  // Nothing writes through this pointer: a parameter's node does not own its value.
  auto* value = const_cast<Real*>(parameters_.value(id).data());
  Node& node = pushAt(value, "parameter", info.rows, info.cols, {}, nullptr);
  node.parameter = id.index;
  if (gradients_ && !info.frozen) {
    node.needsAdjoint = true;
    node.adjoint = gradients_->at(info);
  }
  known = node.index + 1;
  return varOf(node);
}

Var Tape::input(const Eigen::Ref<const Matrix>& values) {
  Node& node = push("input", values.rows(), values.cols(), {}, nullptr);
  MatrixMap(node.value, node.rows, node.cols) = values;
  return varOf(node);
}

Var Tape::variable(const Eigen::Ref<const Matrix>& values) {
  const Var var = input(values);
  nodes_[var.index].needsAdjoint = isRecording();
  return var;
}

Var Tape::entering(Var x) {
  if (!probe_) return x;
  const Var entered = variable(x.value() * probe_->scale);
  for (const Index column : probe_->silent) entered.value().col(column).setZero();
  probe_->inputs.push_back(entered);
  return entered;
}

Var Tape::view(const Real* values, Index rows, Index cols) {
  return varOf(pushAt(const_cast<Real*>(values), "view", rows, cols, {}, nullptr));
}

Var Tape::zeros(Index rows, Index cols) {
  Node& node = push("zeros", rows, cols, {}, nullptr);
  std::fill_n(node.value, node.size(), Real{0});
  return varOf(node);
}

MatrixMap Tape::adjoint(Var var) {
  assert(nodes_[var.index].needsAdjoint);
  return {addableAdjointOf(var.index), nodes_[var.index].rows, nodes_[var.index].cols};
}

AdjointTarget Tape::adjointOf(std::uint32_t index) {
  Node& node = nodes_[index];
  if (!node.needsAdjoint) return {};
  if (node.adjoint) return {node.adjoint, true};
  node.adjoint = arena_.reals(node.size());
  return {node.adjoint, false};
}

Real* Tape::addableAdjointOf(std::uint32_t index) {
  const AdjointTarget target = adjointOf(index);
  if (target && !target.add) std::fill_n(target.data, nodes_[index].size(), Real{0});
  return target.data;
}

Real* Tape::consume(Var var) {
  Node& node = nodes_[var.index];
  assert(!node.wasConsumed && node.uses > 0);
  if (node.isSpare && node.uses == 1) {
    node.wasConsumed = true;
    return node.value;
  }
  Real* copy = arena_.reals(node.size());
  std::copy_n(node.value, node.size(), copy);
  return copy;
}

Matrix* Tape::keptFor(const Node& a, const Node& b, const Node& c) {
  const std::uint32_t key[3] = {a.parameter, b.parameter, c.parameter};
  if (!packed_ || std::ranges::find(key, Node::kNoParameter) != std::end(key)) return nullptr;
  for (const auto& each : kept_) {
    if (std::ranges::equal(each->parameters, key)) return &each->value;
  }
  kept_.push_back(std::make_unique<Kept>(Kept{{key[0], key[1], key[2]}, {}}));
  return &kept_.back()->value;
}

void Tape::backward(Var loss, Real seed) {
  assert(loss.rows() == 1 && loss.cols() == 1);
  backwardFrom(loss, ConstMatrixMap(&seed, 1, 1));
}

void Tape::backwardFrom(Var out, const Eigen::Ref<const Matrix>& seed) {
  assert(isRecording() && seed.rows() == out.rows() && seed.cols() == out.cols());
  Real* adjoint = addableAdjointOf(out.index);
  if (!adjoint) return;  // depends on nothing that learns
  MatrixMap(adjoint, out.rows(), out.cols()) += seed;
  // From the very end: what nobody has written to is passed over.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const Node node = nodes_[i];
    if (!node.backward || !node.adjoint) continue;
    throwIfStopped();
    node.backward(*this, node);
  }
}

void Tape::clear() {
  nodes_.clear();
  watched_.clear();
  std::fill(parameterNodes_.begin(), parameterNodes_.end(), 0U);
  arena_.clear();
}

Var Tape::watched(std::string_view name, Index number) const {
  for (std::size_t i = watched_.size(); i-- > 0;) {
    if (watched_[i].name == name && watched_[i].number == number) return watched_[i].var;
  }
  return {};
}

Real* Tape::scratch(std::size_t count, std::size_t slot) {
  Scratch& scratch = scratch_[slot];
  if (scratch.size < count) {
    scratch.size = std::max(count, 2 * scratch.size);
    scratch.memory = makeAlignedReals(scratch.size);
  }
  return scratch.memory.get();
}

}  // namespace lexarium

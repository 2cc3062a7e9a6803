// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/autodiff/arena.h"
#include "core/autodiff/packed_parameters.h"
#include "core/autodiff/parameters.h"
#include "core/base/progress.h"
#include "core/base/rng.h"

namespace lexarium {

class Tape;

/// A matrix on a tape: a number of a node, cheap to copy, good until the tape is cleared.
struct Var {
  Tape* tape = nullptr;
  std::uint32_t index = 0;

  Index rows() const;
  Index cols() const;
  MatrixMap value() const;
};

/// One operation's result. `backward` reads the node's adjoint and adds to those of its inputs.
struct Node {
  using Backward = void (*)(Tape& tape, const Node& node);
  static constexpr std::size_t kInputs = 6;
  static constexpr std::uint32_t kNoParameter = ~std::uint32_t{0};

  const char* name = "";
  Backward backward = nullptr;
  Real* value = nullptr;
  Real* adjoint = nullptr;  ///< nullptr until something is written there
  Index rows = 0;
  Index cols = 0;
  void* payload = nullptr;  ///< what forward keeps for backward, in the arena
  std::uint32_t inputs[kInputs] = {};
  std::uint32_t index = 0;
  bool needsAdjoint = false;
  std::uint32_t uses = 0;    ///< as an input
  bool isSpare = false;      ///< lies in the arena, and backward does not read the value: see Tape::consume()
  bool wasConsumed = false;  ///< another operation has overwritten the value
  std::uint32_t parameter = kNoParameter;  ///< index of the parameter that it is

  std::size_t size() const { return static_cast<std::size_t>(rows * cols); }
};

/// Where an operation's backward writes: overwrite if `add` is false (nobody wrote there before).
struct AdjointTarget {
  Real* data = nullptr;
  bool add = false;

  explicit operator bool() const { return data != nullptr; }
};

/// For saliency: what comes into a network from its table of vectors, token by token. Networks mark it by
/// Tape::entering().
struct InputProbe {
  Real scale = 1;             ///< of all vectors
  std::vector<Index> silent;  ///< columns that become zeros
  bool backward = false;      ///< the tape records, and goes back as far as here; parameters get no gradients
  std::vector<Var> inputs;    ///< what came in, in order, as the network saw it
};

/// Thrown out of a pass whose tape has been told to stop.
struct PassStopped {};

/// Records one forward pass over matrices, and goes back through it. Columns are tokens. Nodes stand in
/// creation order, which is topological, so backward() is a reverse loop. clear() keeps the memory: a pass
/// that is no larger than one before allocates nothing. One thread at a time; shards have a tape each.
class Tape {
 public:
  /// Without gradients nothing is recorded for backward(): inference with the same code. Both outlive the
  /// tape.
  explicit Tape(const Parameters& parameters, Gradients* gradients = nullptr);
  /// Inference with parameters that do not change while the tape lives, each laid out for products with few
  /// columns.
  Tape(const Parameters& parameters, std::shared_ptr<const PackedParameters> packed);
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  bool isRecording() const { return gradients_ != nullptr || (probe_ && probe_->backward); }
  const Parameters& parameters() const { return parameters_; }
  /// Where the next pass adds its gradients; on a clear tape.
  void setGradients(Gradients* gradients) {
    assert(nodes_.empty());
    gradients_ = gradients;
  }

  /// Looks at what enters the network in the passes that follow; on a clear tape. Outlives them.
  void setProbe(InputProbe* probe) {
    assert(nodes_.empty());
    probe_ = probe;
  }
  bool isProbed() const { return probe_ != nullptr; }

  /// Between two operations, forward or back, and between steps of long ones: once this asks for it,
  /// PassStopped is thrown, so that even a pass that takes seconds ends soon. Gradients are worthless then.
  StopToken stop;
  void throwIfStopped() const {
    if (stop.stop_requested()) throw PassStopped{};
  }
  /// Dropout acts when this is on.
  bool isTraining = false;
  Rng rng;

  /// The parameter's matrix itself; the same Var each time within a pass.
  Var parameter(ParameterId id);
  /// A copy of the numbers.
  Var input(const Eigen::Ref<const Matrix>& values);
  /// A copy of which backward() gives the adjoint (saliency, gradient checks).
  Var variable(const Eigen::Ref<const Matrix>& values);
  /// The caller's memory, which must outlive the pass (a cache of keys and values).
  Var view(const Real* values, Index rows, Index cols);
  Var zeros(Index rows, Index cols);
  /// The vectors of the tokens that are read, a column each: x itself, unless there is a probe.
  Var entering(Var x);

  MatrixMap value(Var var) {
    const Node& node = nodes_[var.index];
    return {node.value, node.rows, node.cols};
  }
  /// After backward(): d loss / d value, of nodes that depend on a parameter or variable. Zeros if the loss
  /// does not depend on it.
  MatrixMap adjoint(Var var);
  const Node& node(Var var) const { return nodes_[var.index]; }
  std::size_t size() const { return nodes_.size(); }

  /// Adds d loss / d parameter to the gradients. loss is [1 x 1]. `seed`: d (what is differentiated) / d
  /// loss.
  void backward(Var loss, Real seed = 1);
  /// The same from a matrix: `seed` has the shape of `out`. Once a pass.
  void backwardFrom(Var out, const Eigen::Ref<const Matrix>& seed);
  /// Forgets the pass, keeps the memory.
  void clear();

  /// Keeps a node under a name for a picture, until clear(). The name is a literal or outlives the pass.
  struct Watched {
    const char* name = "";
    Var var;
    Index number = 0;  ///< of the layer
  };
  void watch(const char* name, Var var, Index number = 0) { watched_.push_back({name, var, number}); }
  std::span<const Watched> watched() const { return watched_; }
  /// The last that was watched under the name; none: a Var without tape.
  Var watched(std::string_view name, Index number = 0) const;

  // For operations (core/autodiff/*.cpp):

  /// A new node with room for its value. Its inputs' needs decide whether it needs an adjoint.
  Node& push(const char* name, Index rows, Index cols, std::initializer_list<Var> inputs,
             Node::Backward backward);
  /// The same, whose value lies at `value`.
  Node& pushAt(Real* value, const char* name, Index rows, Index cols, std::initializer_list<Var> inputs,
               Node::Backward backward);
  Var varOf(const Node& node) { return {this, node.index}; }
  Var spareVarOf(Node& node) {
    node.isSpare = true;
    return varOf(node);
  }
  const Node& nodeAt(std::uint32_t index) const { return nodes_[index]; }
  Node& nodeAt(std::uint32_t index) { return nodes_[index]; }
  /// Memory until clear().
  Arena& arena() { return arena_; }
  /// Memory until the next call of the same slot.
  Real* scratch(std::size_t count, std::size_t slot = 0);
  /// The parameter that a node is, laid out as a left side; nullptr if the tape has none such.
  const Real* packedOf(const Node& node) const {
    return packed_ && node.parameter != Node::kNoParameter ? packed_->of({node.parameter}) : nullptr;
  }
  /// What was kept under three parameters when parameters do not change; an empty matrix the first time, to
  /// be filled. nullptr where they may change.
  Matrix* keptFor(const Node& a, const Node& b, const Node& c);
  /// Where the adjoint of an input goes; nothing if it needs none.
  AdjointTarget adjointOf(std::uint32_t index);
  /// The same, but never to be overwritten: zeros, if nobody wrote before.
  Real* addableAdjointOf(std::uint32_t index);
  /// The memory of `var` for a result of the operation that has just been pushed with this input (activated
  /// gates instead of pre-activations): the value itself if it is spare and nobody else uses it, else a copy.
  Real* consume(Var var);

 private:
  const Parameters& parameters_;
  Gradients* gradients_;
  InputProbe* probe_ = nullptr;
  std::shared_ptr<const PackedParameters> packed_;
  struct Kept {
    std::uint32_t parameters[3];
    Matrix value;
  };
  std::vector<std::unique_ptr<Kept>> kept_;
  std::vector<Node> nodes_;
  Arena arena_;
  std::vector<std::uint32_t> parameterNodes_;  // node + 1 of each parameter, 0: not used in this pass
  std::vector<Watched> watched_;
  struct Scratch {
    AlignedReals memory;
    std::size_t size = 0;
  };
  Scratch scratch_[3];
};

inline Index Var::rows() const { return tape->node(*this).rows; }
inline Index Var::cols() const { return tape->node(*this).cols; }
inline MatrixMap Var::value() const { return tape->value(*this); }

}  // namespace lexarium

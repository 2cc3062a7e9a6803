// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/autodiff/ops.h"
#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// Of what size a network is; with its kind all that is needed to make it again.
struct NetShape {
  enum class Positions { Learned, Sinusoidal, Rotary };

  std::string kind;      ///< "lstm"
  Index vocabulary = 0;  ///< tokens
  Index dimensions = 0;  ///< of an input vector
  Index units = 0;       ///< of a layer
  Index layers = 1;
  Index context = 0;   ///< MLP: tokens looked back on; Transformer: of a window
  bool tied = false;   ///< the output layer is the input table (Press & Wolf 2017); needs dimensions = units
  double dropout = 0;  ///< while it learns: between layers
  // Transformer only.
  Index heads = 1;
  Index keyHeads = 1;     ///< of keys and values, each shared by heads / keyHeads heads
  Index feedForward = 0;  ///< units inside a feed-forward layer
  Positions positions = Positions::Learned;
  bool gated = false;  ///< feed-forward layer with a gate (SwiGLU) instead of one with GELU
  bool rms = false;    ///< norms without means and offsets
  bool operator==(const NetShape&) const = default;
};

/// Do networks of both have the same matrices, used in the same way?
bool sameSizes(NetShape a, const NetShape& b);
/// As text for a file; and back. Errors: something is missing, a size no network has.
std::string toJson(const NetShape& shape);
Expected<NetShape> netShapeFrom(std::string_view json);

/// What a network carries from one window of text to the next: matrices [numbers x sequences].
using NetState = std::vector<Matrix>;

/// What learns: from tokens to logits of the next ones. Has no numbers of its own: they lie in Parameters
/// that declare() has filled. Used by any number of threads at once, each with its own tape and state.
class SequenceNet : public std::enable_shared_from_this<SequenceNet> {
 public:
  virtual ~SequenceNet() = default;

  const NetShape& shape() const { return shape_; }
  /// Adds its matrices, filled with zeros; always in the same order.
  void declare(Parameters& parameters) const;
  /// How many numbers they hold.
  std::uint64_t countNumbers() const;
  /// Draws their numbers.
  void initialise(Parameters& parameters, Rng& rng) const;

  /// Logits [vocabulary x ids.size()] of the token after each. ids are time-major: step t of sequence b is
  /// ids[t * batch + b]. `state` is that before the first step (from zeroState()) and becomes that after the
  /// last.
  virtual Var forward(Tape& tape, std::span<const TokenId> ids, Index batch, NetState& state) const = 0;
  /// At the beginning of a text.
  virtual NetState zeroState(Index batch) const = 0;
  /// Is it one that such a network can carry (finite numbers of the right sizes, given)?
  virtual Expected<void> checkState(const NetState&) const { return {}; }
  /// False: what it knows of earlier tokens lies in the window alone.
  virtual bool carriesState() const = 0;
  /// The matrices that forward() has left on the tape, of one sequence.
  virtual std::vector<TraceMatrix> traceOf(const Tape& tape) const = 0;
  /// Reading token by token, quickly; null: by forward().
  virtual std::unique_ptr<SequenceSession> start(std::shared_ptr<const Parameters>) const { return nullptr; }

  /// Live; between two steps.
  void setDropout(double share) { shape_.dropout = share; }
  /// [dimensions x vocabulary] (or one more column); of the input.
  ParameterId table() const { return table_; }

 protected:
  enum class Init { Zeros, Ones, Uniform, Normal, Xavier, Orthogonal };
  struct Plan {
    std::string name;
    Index rows, cols;
    Init init;
    double scale = 0;  ///< bound of Uniform, deviation of Normal
    Index blocks = 1;  ///< Orthogonal
    bool decays = true;
  };

  explicit SequenceNet(NetShape shape) : shape_(std::move(shape)) {}
  ParameterId plan(Plan plan);
  /// E: [dimensions x columns].
  void planTable(Index columns, double deviation);
  /// W_o [vocabulary x units] and b_o, or the tied table and b_o.
  void planOutput(double bound);
  /// W_o h + b_o, or E^T h + b_o.
  Var output(Tape& tape, Var hidden) const;
  /// Numbers that are not simply drawn.
  virtual void adjustInitial(Parameters&) const {}

  NetShape shape_;

 private:
  std::vector<Plan> plans_;
  ParameterId table_, outputWeights_, outputBias_;
};

/// nullptr: there is no such kind. The shape must be one that netShapeFrom() accepts.
std::shared_ptr<SequenceNet> makeSequenceNet(const NetShape& shape);

// Each in its own file.
std::shared_ptr<SequenceNet> makeMlp(const NetShape& shape);
std::shared_ptr<SequenceNet> makeRnn(const NetShape& shape);
std::shared_ptr<SequenceNet> makeLstm(const NetShape& shape);
std::shared_ptr<SequenceNet> makeGru(const NetShape& shape);
std::shared_ptr<SequenceNet> makeTransformer(const NetShape& shape);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// Bengio, Ducharme, Vincent & Jauvin 2003, "A neural probabilistic language model", equation 1 without direct
// connections:
//   x = (C(w_{t-1}), C(w_{t-2}), ..., C(w_{t-n}))
//   y = b + U tanh(d + H x)
// H x is summed token by token, H x = sum over k of H_k C(w_{t-k}): each H_k C is multiplied once and its
// columns are gathered. Before the beginning of a text stands a vector of its own.
#include <cmath>

#include "core/models/sequence_net.h"

namespace lexarium {
namespace {

class Mlp final : public SequenceNet {
 public:
  explicit Mlp(const NetShape& shape) : SequenceNet(shape) {
    const double bound = 1 / std::sqrt(static_cast<double>(shape_.dimensions * shape_.context));
    planTable(shape_.vocabulary + 1, 1);
    for (Index k = 0; k < shape_.context; ++k) {
      weights_.push_back(plan(
          {"back" + std::to_string(k) + ".weight", shape_.units, shape_.dimensions, Init::Uniform, bound}));
    }
    bias_ = plan({"hidden.bias", shape_.units, 1, Init::Zeros, 0, 1, false});
    planOutput(1 / std::sqrt(static_cast<double>(shape_.units)));
  }

  /// The last tokens but one, the oldest first.
  NetState zeroState(Index batch) const override {
    return {Matrix::Constant(shape_.context - 1, batch, static_cast<Real>(shape_.vocabulary))};
  }
  bool carriesState() const override { return true; }
  Expected<void> checkState(const NetState& state) const override {
    const auto tokens = state[0].array();
    const bool good = (tokens >= 0).all() && (tokens <= static_cast<Real>(shape_.vocabulary)).all() &&
                      (tokens == tokens.floor()).all();
    return good ? Expected<void>() : makeError("A carried token is none of the vocabulary");
  }

  Var forward(Tape& tape, std::span<const TokenId> ids, Index batch, NetState& state) const override {
    const Index before = shape_.context - 1, size = static_cast<Index>(ids.size());
    std::vector<TokenId> all(static_cast<std::size_t>(before * batch));
    for (Index i = 0; i < before; ++i) {
      for (Index b = 0; b < batch; ++b)
        all[static_cast<std::size_t>(i * batch + b)] = static_cast<TokenId>(state[0](i, b));
    }
    all.insert(all.end(), ids.begin(), ids.end());
    const Var table = tape.parameter(this->table());
    const Var entered = tape.isProbed() ? enteredVectors(tape, all, size) : Var();
    Var sum;
    for (Index k = 0; k < shape_.context; ++k) {
      const auto shifted = std::span<const TokenId>(all).subspan(
          static_cast<std::size_t>((before - k) * batch), static_cast<std::size_t>(size));
      const Var weights = tape.parameter(weights_[static_cast<std::size_t>(k)]);
      const Var part = entered.tape          ? probedPart(tape, k, entered, (before - k) * batch, size)
                       : k == 0              ? embeddedAffine(weights, table, shifted, tape.parameter(bias_))
                       : table.cols() < size ? gather(matmul(weights, table), shifted)
                                             : matmul(weights, gather(table, shifted));
      sum = k == 0 ? part : add(sum, part);
    }
    const auto first = all.size() - static_cast<std::size_t>(before * batch);
    for (Index i = 0; i < before; ++i) {
      for (Index b = 0; b < batch; ++b) {
        state[0](i, b) = static_cast<Real>(all[first + static_cast<std::size_t>(i * batch + b)]);
      }
    }
    const Var hidden = tanh(sum);
    tape.watch("h", hidden);
    return output(tape, dropout(hidden, static_cast<Real>(shape_.dropout)));
  }

  std::vector<TraceMatrix> traceOf(const Tape& tape) const override {
    return {{TraceMatrix::Kind::Hidden, "h", 0, 0, tape.watched("h").value().cast<float>()}};
  }

 private:
  /// Vectors of the carried tokens, and of those that are read now (the last `size`), which alone enter.
  Var enteredVectors(Tape& tape, std::span<const TokenId> all, Index size) const {
    const std::size_t carried = all.size() - static_cast<std::size_t>(size);
    const Var table = tape.parameter(this->table());
    const Var read = tape.entering(gather(table, all.subspan(carried)));
    return carried == 0 ? read : concatColumns(gather(table, all.first(carried)), read);
  }
  Var probedPart(Tape& tape, Index k, Var vectors, Index first, Index size) const {
    const Var weights = tape.parameter(weights_[static_cast<std::size_t>(k)]);
    const Var seen = sliceColumns(vectors, first, size);
    return k == 0 ? affine(weights, seen, tape.parameter(bias_)) : matmul(weights, seen);
  }

  std::vector<ParameterId> weights_;  // H_1 ... H_n [units x dimensions]
  ParameterId bias_;                  // d
};

}  // namespace

std::shared_ptr<SequenceNet> makeMlp(const NetShape& shape) { return std::make_shared<Mlp>(shape); }

}  // namespace lexarium

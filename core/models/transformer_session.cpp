// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/transformer_session.h"

#include <algorithm>

namespace lexarium {
namespace {

class TransformerSession final : public SequenceSession {
 public:
  TransformerSession(std::shared_ptr<const TransformerNet> net, std::shared_ptr<const Parameters> parameters,
                     std::shared_ptr<const PackedParameters> packed)
      : net_(std::move(net)),
        parameters_(std::move(parameters)),
        packed_(std::move(packed)),
        tape_(*parameters_, packed_) {
    const auto size = static_cast<std::size_t>(net_->keyRows() * net_->shape().context);
    for (Index i = 0; i < net_->shape().layers; ++i) {
      keys_.emplace_back(size);
      values_.emplace_back(size);
    }
  }

  std::span<const float> feed(TokenId token) override {
    if (static_cast<Index>(read_.size()) == net_->shape().context) {
      // The newer half again, from the first position on.
      const std::vector<TokenId> newer(read_.end() - static_cast<std::ptrdiff_t>(read_.size() / 2),
                                       read_.end());
      read_.clear();
      read(newer);
    }
    read(std::span(&token, 1));
    return logits_;
  }

  std::unique_ptr<SequenceSession> clone() const override {
    auto copy = std::make_unique<TransformerSession>(net_, parameters_, packed_);
    copy->keys_ = keys_;
    copy->values_ = values_;
    copy->read_ = read_;
    return copy;
  }

 private:
  void read(std::span<const TokenId> tokens) {
    const TransformerNames& names = net_->names();
    const auto at = static_cast<Index>(read_.size());
    read_.insert(read_.end(), tokens.begin(), tokens.end());
    tape_.clear();
    Var x = net_->embed(tape_, tokens, 1, at);
    for (std::size_t i = 0; i < names.blocks.size(); ++i) {
      const TransformerBlock& block = names.blocks[i];
      const Var qkv = net_->linear(tape_, block.in, net_->norm(tape_, block.attentionNorm, x));
      x = add(x, net_->linear(tape_, block.out, attend(qkv, i, at)));
      x = add(x, net_->feedForward(tape_, block, x));
    }
    const Var last = sliceColumns(x, x.cols() - 1, 1);
    const Var logits = net_->output(tape_, net_->norm(tape_, names.norm, last));
    const Real* values = logits.value().data();
    logits_.assign(values, values + logits.rows());
  }

  /// The columns of qkv, which stand at `at` and after, look at themselves and all before.
  Var attend(Var qkv, std::size_t layer, Index at) {
    const NetShape& shape = net_->shape();
    const Index rows = net_->keyRows(), end = at + qkv.cols();
    Var q = sliceRows(qkv, 0, shape.units), k = sliceRows(qkv, shape.units, rows);
    if (shape.positions == NetShape::Positions::Rotary) {
      q = rotary(q, shape.heads, 1, at);
      k = rotary(k, shape.keyHeads, 1, at);
    }
    Real* const keys = keys_[layer].data();
    Real* const values = values_[layer].data();
    MatrixMap(keys + at * rows, rows, qkv.cols()) = k.value();
    MatrixMap(values + at * rows, rows, qkv.cols()) = qkv.value().bottomRows(rows);
    return attention(q, tape_.view(keys, rows, end), tape_.view(values, rows, end), {shape.heads, 1, true});
  }

  std::shared_ptr<const TransformerNet> net_;
  std::shared_ptr<const Parameters> parameters_;
  std::shared_ptr<const PackedParameters> packed_;
  Tape tape_;
  std::vector<std::vector<Real>> keys_, values_;  // of each layer [keyRows x context]
  std::vector<TokenId> read_;
  std::vector<float> logits_;
};

}  // namespace

std::unique_ptr<SequenceSession> startTransformer(std::shared_ptr<const TransformerNet> net,
                                                  std::shared_ptr<const Parameters> parameters) {
  auto packed = std::make_shared<const PackedParameters>(*parameters);
  return std::make_unique<TransformerSession>(std::move(net), std::move(parameters), std::move(packed));
}

}  // namespace lexarium

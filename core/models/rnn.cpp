// SPDX-License-Identifier: GPL-3.0-or-later
// Elman 1990, "Finding structure in time":
//   h_t = tanh(W_x x_t + W_h h_{t-1} + b)
#include "core/models/recurrent_net.h"

namespace lexarium {
namespace {

class Rnn final : public RecurrentNet {
 public:
  explicit Rnn(const NetShape& shape) : RecurrentNet(shape, {"h"}, false, false) {}

 private:
  Var run(Tape& tape, const Layer& layer, Index, Var x, Matrix& hidden, Matrix*) const override {
    const Var h = rnnLayer(x, tape.parameter(layer.recurrentWeights), tape.input(hidden));
    hidden = lastColumns(h, hidden.cols());
    return h;
  }
};

}  // namespace

std::shared_ptr<SequenceNet> makeRnn(const NetShape& shape) { return std::make_shared<Rnn>(shape); }

}  // namespace lexarium

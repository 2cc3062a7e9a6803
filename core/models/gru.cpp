// SPDX-License-Identifier: GPL-3.0-or-later
// Cho et al. 2014, arXiv:1406.1078, with the reset gate after the product:
//   r_t = logistic(W_xr x_t + W_hr h_{t-1} + b_r)           how much of the past is looked at
//   z_t = logistic(W_xz x_t + W_hz h_{t-1} + b_z)           how much of it stays
//   n_t = tanh(W_xn x_t + b_xn + r_t (W_hn h_{t-1} + b_n))  what is new
//   h_t = (1 - z_t) n_t + z_t h_{t-1}
// The gates are blocks of rows in the order r, z, n.
#include "core/models/recurrent_net.h"

namespace lexarium {
namespace {

class Gru final : public RecurrentNet {
 public:
  explicit Gru(const NetShape& shape) : RecurrentNet(shape, {"r", "z", "n"}, false, true) {}

 private:
  Var run(Tape& tape, const Layer& layer, Index, Var x, Matrix& hidden, Matrix*) const override {
    const Var h = gruLayer(x, tape.parameter(layer.recurrentWeights), tape.parameter(layer.extraBias),
                           tape.input(hidden));
    hidden = lastColumns(h, hidden.cols());
    return h;
  }
};

}  // namespace

std::shared_ptr<SequenceNet> makeGru(const NetShape& shape) { return std::make_shared<Gru>(shape); }

}  // namespace lexarium

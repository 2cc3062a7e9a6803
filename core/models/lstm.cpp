// SPDX-License-Identifier: GPL-3.0-or-later
// Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000:
//   i_t = logistic(W_xi x_t + W_hi h_{t-1} + b_i)     what is let in
//   f_t = logistic(W_xf x_t + W_hf h_{t-1} + b_f)     what is kept
//   o_t = logistic(W_xo x_t + W_ho h_{t-1} + b_o)     what is let out
//   g_t = tanh(W_xg x_t + W_hg h_{t-1} + b_g)         what could be let in
//   c_t = f_t c_{t-1} + i_t g_t
//   h_t = o_t tanh(c_t)
// The gates are blocks of rows in the order i, f, g, o.
#include "core/models/recurrent_net.h"

namespace lexarium {
namespace {

class Lstm final : public RecurrentNet {
 public:
  explicit Lstm(const NetShape& shape) : RecurrentNet(shape, {"i", "f", "g", "o"}, true, false) {}

 private:
  Var run(Tape& tape, const Layer& layer, Index number, Var x, Matrix& hidden, Matrix* cell) const override {
    const LstmResult result =
        lstmLayer(x, tape.parameter(layer.recurrentWeights), tape.input(hidden), tape.input(*cell));
    tape.watch("c", result.cell, number);
    hidden = lastColumns(result.hidden, hidden.cols());
    *cell = lastColumns(result.cell, cell->cols());
    return result.hidden;
  }

  /// It begins by remembering (Jozefowicz, Zaremba & Sutskever 2015).
  void adjustInitial(Parameters& parameters) const override {
    for (const Layer& layer : layers_) {
      parameters.value(layer.inputBias).middleRows(shape_.units, shape_.units).array() += 1;
    }
  }
};

}  // namespace

std::shared_ptr<SequenceNet> makeLstm(const NetShape& shape) { return std::make_shared<Lstm>(shape); }

}  // namespace lexarium

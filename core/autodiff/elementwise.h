// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

// Number by number; two operands have the same shape.
Var add(Var a, Var b);
Var subtract(Var a, Var b);
Var hadamard(Var a, Var b);
Var scale(Var a, Real factor);
/// b [rows x 1] added to each column.
Var addColumn(Var a, Var b);
Var tanh(Var a);
/// 1 / (1 + exp(-a))
Var logistic(Var a);
Var relu(Var a);
/// a Phi(a), by its formula with tanh (Hendrycks & Gimpel 2016, GPT-2).
Var gelu(Var a);
/// a logistic(a) (Elfwing et al. 2017; SwiGLU of Shazeer 2020: hadamard(silu(a), b)).
Var silu(Var a);
Var exp(Var a);
Var log(Var a);
/// Sets each number to 0 with probability `share`, and multiplies the others by 1 / (1 - share); nothing
/// unless the tape is training. The mask comes from the tape's generator.
Var dropout(Var a, Real share);

}  // namespace lexarium

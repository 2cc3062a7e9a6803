// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/kernels/level.h"

namespace lexarium {

extern const Kernels kBaseKernels;
const Kernels kBaseKernels = tableOf("baseline");

}  // namespace lexarium

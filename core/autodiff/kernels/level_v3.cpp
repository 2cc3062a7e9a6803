// SPDX-License-Identifier: GPL-3.0-or-later
// Empty where the compiler knows no such level.
#ifdef LEXARIUM_KERNEL_LEVELS
#include "core/autodiff/kernels/level.h"

namespace lexarium {

extern const Kernels kV3Kernels;
const Kernels kV3Kernels = tableOf("x86-64-v3");

}  // namespace lexarium
#endif

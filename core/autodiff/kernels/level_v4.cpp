// SPDX-License-Identifier: GPL-3.0-or-later
// Empty where the compiler knows no such level.
#ifdef LEXARIUM_KERNEL_LEVELS
#include "core/autodiff/kernels/level.h"

namespace lexarium {

extern const Kernels kV4Kernels;
const Kernels kV4Kernels = tableOf("x86-64-v4");

}  // namespace lexarium
#endif

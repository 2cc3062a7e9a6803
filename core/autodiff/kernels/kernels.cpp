// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/kernels/kernels.h"

#include <array>

namespace lexarium {

extern const Kernels kBaseKernels;
#ifdef LEXARIUM_KERNEL_LEVELS
extern const Kernels kV3Kernels;
extern const Kernels kV4Kernels;
#endif

namespace {

using List = std::array<const Kernels*, 4>;

List usableKernels() {
  List list{&kBaseKernels};
#ifdef LEXARIUM_KERNEL_LEVELS
  std::size_t count = 1;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) {
    list[count++] = &kV3Kernels;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
      list[count++] = &kV4Kernels;
    }
  }
#endif
  return list;
}

const List& usable() {
  static const List list = usableKernels();
  return list;
}

const Kernels& fastest() {
  std::size_t last = 0;
  while (last + 1 < usable().size() && usable()[last + 1]) ++last;
  return *usable()[last];
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& table = fastest();
  return table;
}

const Kernels* const* allKernels() { return usable().data(); }

}  // namespace lexarium

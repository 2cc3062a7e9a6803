// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cpu_time.h"

#include <chrono>
#include <ctime>
#ifdef __unix__
#include <unistd.h>
#endif

namespace lexarium {

double threadCpuSeconds() {
#if defined(_POSIX_THREAD_CPUTIME) && _POSIX_THREAD_CPUTIME >= 0
  timespec time{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0) {
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
#endif
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace lexarium

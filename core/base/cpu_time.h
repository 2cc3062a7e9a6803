// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexarium {

/// Seconds of processor time that the calling thread has used. Where the system does not tell: seconds of a
/// clock, which is never less.
double threadCpuSeconds();

}  // namespace lexarium

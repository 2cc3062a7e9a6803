// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexarium::cli {

/// What the program returns to the shell.
enum ExitCode : int {
  kSuccess = 0,
  kFailure = 1,        ///< the work could not be done
  kUsage = 2,          ///< it was asked for in the wrong way
  kInterrupted = 130,  ///< Ctrl+C (128 + SIGINT, as shells have it)
};

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/base/progress.h"

namespace lexarium::cli {

/// From now on the first Ctrl+C (or a request to terminate) only sets a flag, so that work can end cleanly;
/// the second one kills. A reader that goes away (`lexarium-cli ... | head`) makes writes fail instead of
/// killing.
void installSignalHandlers();

/// Has Ctrl+C been pressed?
bool interrupted();

/// A task that ends when Ctrl+C is pressed: the flag is looked at whenever the task reports.
class InterruptibleTask {
 public:
  TaskContext context(ProgressSink sink = {});

 private:
  std::stop_source source_;
};

}  // namespace lexarium::cli

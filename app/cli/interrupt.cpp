// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <atomic>
#include <csignal>
#include <utility>

namespace lexarium::cli {
namespace {

std::atomic<bool> interruptedFlag = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set from a signal handler");

extern "C" void onInterrupt(int signal) {
  if (interruptedFlag.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  std::signal(signal, onInterrupt);  // some systems reset the handler at each signal
}

}  // namespace

void installSignalHandlers() {
  std::signal(SIGINT, onInterrupt);
  std::signal(SIGTERM, onInterrupt);
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
}

bool interrupted() { return interruptedFlag.load(); }

TaskContext InterruptibleTask::context(ProgressSink sink) {
  TaskContext context;
  context.stop = source_.get_token();
  context.progress = [source = source_, sink = std::move(sink)](double fraction,
                                                                const std::string& phase) mutable {
    if (interrupted()) source.request_stop();
    if (sink) sink(fraction, phase);
  };
  return context;
}

}  // namespace lexarium::cli

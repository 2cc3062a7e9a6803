// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/base/thread_pool.h"
#include "core/models/sequence_net.h"

namespace lexarium {

/// Measures the loss of a network on a text that it does not learn from, in rows read side by side (the same
/// for the same text, whatever the machine). Of a long text only the beginning.
class Validation {
 public:
  /// Parameters, net and ids outlive it. `length`: tokens of a window.
  Validation(const Parameters& parameters, std::shared_ptr<const SequenceNet> net,
             std::span<const TokenId> ids, std::size_t length);

  /// Mean of -ln p per token; NaN if it was stopped.
  double measure(ThreadPool& pool, const StopToken& stop);

 private:
  double measurePart(std::size_t part, const StopToken& stop);

  std::shared_ptr<const SequenceNet> net_;
  std::span<const TokenId> ids_;
  std::size_t length_, rows_, rowTokens_, parts_;
  std::vector<std::unique_ptr<Tape>> tapes_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

#include "core/train/snapshot.h"

namespace lexarium {

/// Hands out tables whose memory comes back when the last reader lets go, so that a frame thirty times a
/// second neither allocates nor faults in fresh pages. take() and the return are thread-safe; the pool may
/// die first.
class TablePool {
 public:
  /// keep: how many returned tables are held for the next take(); more are freed.
  explicit TablePool(std::size_t keep);

  /// A table with unspecified content and size, filled by the caller and then shared as const.
  std::shared_ptr<EmbeddingTable> take();
  /// Frees what was returned, now and from now on.
  void close();

 private:
  struct Store;
  std::shared_ptr<Store> store_;
};

}  // namespace lexarium

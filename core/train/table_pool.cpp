// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/table_pool.h"

#include <mutex>
#include <vector>

namespace lexarium {

struct TablePool::Store {
  std::mutex mutex;
  std::vector<std::unique_ptr<EmbeddingTable>>
      idle;  // capacity is reserved, so that giving back cannot throw
  std::size_t keep = 0;

  std::unique_ptr<EmbeddingTable> get() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    auto table = std::move(idle.back());
    idle.pop_back();
    return table;
  }

  void giveBack(std::unique_ptr<EmbeddingTable> table) {
    const std::lock_guard lock(mutex);
    if (idle.size() < keep) idle.push_back(std::move(table));
  }
};

TablePool::TablePool(std::size_t keep) : store_(std::make_shared<Store>()) {
  store_->keep = keep;
  store_->idle.reserve(keep);
}

std::shared_ptr<EmbeddingTable> TablePool::take() {
  auto table = store_->get();
  if (!table) table = std::make_unique<EmbeddingTable>();
  // The mutex inside giveBack() orders a reader's last look before the next write.
  return {table.release(), [store = store_](EmbeddingTable* returned) {
            store->giveBack(std::unique_ptr<EmbeddingTable>(returned));
          }};
}

void TablePool::close() {
  const std::lock_guard lock(store_->mutex);
  store_->keep = 0;
  store_->idle.clear();
}

}  // namespace lexarium

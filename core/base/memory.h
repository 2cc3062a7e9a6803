// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace lexarium {

/// Bytes of memory that new data may take without driving the machine into swap; best effort. Where the
/// system does not tell, four gigabytes.
std::uint64_t availableMemoryBytes();

/// Asks the system to back this block by large pages: random reads of big tables then miss the address cache
/// less often. Best effort; does nothing where there are none.
void adviseLargePages(void* block, std::size_t bytes);

/// Hands freed memory back to the system. The C library keeps large blocks that were freed by a thread for
/// that thread's next use, and a thread that ends with its run has none. Takes milliseconds; does nothing
/// where the library has no such call.
void returnFreeMemory();

/// What this program holds, of that which a leak would let grow. A zero: the system does not tell.
struct HeldResources {
  std::uint64_t heapBytes = 0;      ///< given out by the C library and not given back
  std::uint64_t residentBytes = 0;  ///< in memory now, with the code and what was given back
  std::size_t threads = 0;
  std::size_t files = 0;  ///< open files, sockets and the like
};
HeldResources heldResources();

/// "340 MB", "1.2 GB": for messages.
std::string formatBytes(std::uint64_t bytes);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace lexarium {
namespace {

constexpr std::uint64_t kUnknownMemory = std::uint64_t{4} << 30;

#ifdef __linux__
/// MemAvailable of /proc/meminfo counts what can be freed at once (file cache), unlike the free pages.
std::uint64_t readAvailable() {
  std::FILE* file = std::fopen("/proc/meminfo", "r");
  if (file == nullptr) return 0;
  char line[256];
  std::uint64_t kilobytes = 0;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::strncmp(line, "MemAvailable:", 13) == 0) kilobytes = std::strtoull(line + 13, nullptr, 10);
  }
  std::fclose(file);
  return kilobytes * 1024;
}

std::uint64_t readResident() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  unsigned long long size = 0, resident = 0;
  const int read = std::fscanf(file, "%llu %llu", &size, &resident);
  std::fclose(file);
  return read == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

std::size_t countEntries(const char* folder) {
  std::error_code error;
  std::size_t count = 0;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    ++count;
  return count;
}
#endif

}  // namespace

std::uint64_t availableMemoryBytes() {
#ifdef __linux__
  if (const std::uint64_t available = readAvailable(); available > 0) return available;
#endif
  return kUnknownMemory;
}

void adviseLargePages([[maybe_unused]] void* block, [[maybe_unused]] std::size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
  const auto begin = (reinterpret_cast<std::uintptr_t>(block) + kLargePage - 1) / kLargePage * kLargePage;
  const auto end = (reinterpret_cast<std::uintptr_t>(block) + bytes) / kLargePage * kLargePage;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

void returnFreeMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

HeldResources heldResources() {
  HeldResources held;
#ifdef __linux__
  held.residentBytes = readResident();
  held.threads = countEntries("/proc/self/task");
  held.files = countEntries("/proc/self/fd");
#endif
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  const struct mallinfo2 heap = mallinfo2();
  held.heapBytes = heap.uordblks + heap.hblkhd;
#endif
  return held;
}

std::string formatBytes(std::uint64_t bytes) {
  if (bytes < std::uint64_t{1000} * 1000 * 1000) return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
  const std::uint64_t tenths = (bytes + 50'000'000) / 100'000'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GB";
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes, read as safetensors and as what is kept in it: an Error or what was written, never a crash.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/formats/safetensors.h"
#include "core/train/checkpoint.h"
#include "core/train/history_frame.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
  (void)lexarium::historyFrameFrom(bytes);
  auto read = lexarium::readSafetensors(bytes, "fuzz");
  if (!read) {
    if (read.error().what.empty()) std::abort();
    return 0;
  }
  for (const auto& [name, tensor] : read->tensors)
    if (!tensor.isWhole()) std::abort();
  const auto again = lexarium::safetensorsBytes(*read);
  if (!again) std::abort();
  const auto reread = lexarium::readSafetensors(*again, "fuzz");
  if (!reread || *reread != *read) std::abort();
  (void)lexarium::checkpointFrom(std::move(*read));
  return 0;
}

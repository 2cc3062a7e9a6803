// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "core/base/expected.h"

namespace lexarium {

/// Bytes that are read in order, wherever they stand: a file, memory, a project.
struct ByteInput {
  std::uint64_t size = 0;  ///< of all; known before the first is read
  std::string name{};      ///< for Error::where: "model.safetensors"
  /// Fills the whole buffer. Errors: fewer bytes are left, they cannot be read, they are not what was stored.
  std::function<Expected<void>(std::span<std::byte> buffer)> read{};
};

/// Takes bytes in order.
using ByteOutput = std::function<Expected<void>(std::span<const std::byte> bytes)>;

/// Reads from memory, which must outlive it.
ByteInput inputFromMemory(std::span<const std::byte> bytes, std::string name);

}  // namespace lexarium

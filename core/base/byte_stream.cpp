// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_stream.h"

#include <cstring>
#include <utility>

namespace lexarium {

ByteInput inputFromMemory(std::span<const std::byte> bytes, std::string name) {
  ByteInput input;
  input.size = bytes.size();
  input.name = name;
  input.read = [rest = bytes, name = std::move(name)](std::span<std::byte> buffer) mutable -> Expected<void> {
    if (buffer.size() > rest.size()) return makeError("The data ends too early", name);
    if (!buffer.empty()) std::memcpy(buffer.data(), rest.data(), buffer.size());
    rest = rest.subspan(buffer.size());
    return {};
  };
  return input;
}

}  // namespace lexarium

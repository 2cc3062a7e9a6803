// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensor.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>

namespace lexarium {
namespace {

struct TypeRow {
  std::string_view name;
  std::size_t bytes;
};

// In the order of TensorType.
constexpr std::array<TypeRow, 15> kTypes = {{{"BOOL", 1},
                                             {"U8", 1},
                                             {"I8", 1},
                                             {"F8_E5M2", 1},
                                             {"F8_E4M3", 1},
                                             {"U16", 2},
                                             {"I16", 2},
                                             {"F16", 2},
                                             {"BF16", 2},
                                             {"U32", 4},
                                             {"I32", 4},
                                             {"F32", 4},
                                             {"U64", 8},
                                             {"I64", 8},
                                             {"F64", 8}}};
static_assert(kTypes.size() == static_cast<std::size_t>(TensorType::F64) + 1);

const TypeRow& rowOf(TensorType type) { return kTypes[static_cast<std::size_t>(type)]; }

void copyValues(const void* from, void* to, std::size_t bytes, std::size_t bytesPerValue) {
  assert(bytes % bytesPerValue == 0);
  if (bytes == 0) return;  // then there may be no place to copy from or to
  std::memcpy(to, from, bytes);
  if constexpr (std::endian::native == std::endian::big) {
    auto* byte = static_cast<std::byte*>(to);
    for (std::size_t i = 0; i < bytes; i += bytesPerValue) std::reverse(byte + i, byte + i + bytesPerValue);
  }
}

std::string shapeText(std::span<const std::uint64_t> shape) {
  std::string text;
  for (const auto size : shape) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text.empty() ? "a single number" : text;
}

}  // namespace

std::string_view nameOf(TensorType type) { return rowOf(type).name; }

std::optional<TensorType> tensorTypeNamed(std::string_view name) {
  const auto found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.name == name; });
  if (found == kTypes.end()) return std::nullopt;
  return static_cast<TensorType>(found - kTypes.begin());
}

std::size_t bytesPerElement(TensorType type) { return rowOf(type).bytes; }

std::optional<std::uint64_t> bytesOfShape(TensorType type, std::span<const std::uint64_t> shape) {
  // A zero anywhere makes it empty, but the others must still be sizes that could be: whoever multiplies them
  // first must not be misled.
  std::uint64_t product = bytesPerElement(type);
  bool empty = false;
  for (const auto size : shape) {
    if (size == 0) {
      empty = true;
      continue;
    }
    if (product > std::numeric_limits<std::uint64_t>::max() / size) return std::nullopt;
    product *= size;
  }
  return empty ? 0 : product;
}

void copyToLittleEndian(const void* values, std::size_t bytesPerValue, std::span<std::byte> bytes) {
  copyValues(values, bytes.data(), bytes.size(), bytesPerValue);
}

void copyFromLittleEndian(std::span<const std::byte> bytes, std::size_t bytesPerValue, void* values) {
  copyValues(bytes.data(), values, bytes.size(), bytesPerValue);
}

Expected<const Tensor*> findTensor(const TensorSet& set, std::string_view name, TensorType type,
                                   std::span<const std::uint64_t> shape) {
  const std::string key(name);
  const auto found = set.tensors.find(key);
  if (found == set.tensors.end()) return makeError("A part of the saved state is missing", key);
  const Tensor& tensor = found->second;
  if (tensor.type != type) {
    return makeError("The saved numbers are " + std::string(nameOf(tensor.type)) + " instead of " +
                         std::string(nameOf(type)),
                     key);
  }
  if (!std::equal(tensor.shape.begin(), tensor.shape.end(), shape.begin(), shape.end())) {
    return makeError("The saved numbers are " + shapeText(tensor.shape) + " instead of " + shapeText(shape),
                     key);
  }
  assert(tensor.isWhole());
  return &tensor;
}

}  // namespace lexarium

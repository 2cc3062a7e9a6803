// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/expected.h"

namespace lexarium {

/// The types of safetensors (github.com/huggingface/safetensors) whose elements are whole bytes.
enum class TensorType : std::uint8_t {
  Bool,
  U8,
  I8,
  F8E5M2,
  F8E4M3,
  U16,
  I16,
  F16,
  BF16,
  U32,
  I32,
  F32,
  U64,
  I64,
  F64
};

/// "F32", as it stands in a file; and back (nullopt: no such type).
std::string_view nameOf(TensorType type);
std::optional<TensorType> tensorTypeNamed(std::string_view name);
std::size_t bytesPerElement(TensorType type);

/// A number of bytes that a shape takes; nullopt if it is more than 2^64 - 1. An empty shape is one element.
std::optional<std::uint64_t> bytesOfShape(TensorType type, std::span<const std::uint64_t> shape);

/// Numbers with a shape. The last index runs fastest, so a Matrix [dimensions x words] (column-major) has the
/// shape {words, dimensions}, byte for byte. Little-endian on every machine. bytes.size() is
/// bytesOfShape(type, shape): functions that take a Tensor assert that, and readers see to it.
struct Tensor {
  TensorType type = TensorType::F32;
  std::vector<std::uint64_t> shape;
  std::vector<std::byte> bytes;

  bool isWhole() const { return bytesOfShape(type, shape) == std::uint64_t{bytes.size()}; }
  bool operator==(const Tensor&) const = default;
};

/// Named tensors and what else belongs to them: the state of a model, a checkpoint, one safetensors file.
struct TensorSet {
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;

  bool operator==(const TensorSet&) const = default;
};

/// The tensor type of a C++ number.
template <class T>
constexpr TensorType tensorTypeOf() {
  static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && sizeof(T) <= 8);
  if constexpr (std::is_floating_point_v<T>) {
    return sizeof(T) == 4 ? TensorType::F32 : TensorType::F64;
  } else {
    constexpr bool isSigned = std::is_signed_v<T>;
    if constexpr (sizeof(T) == 1) return isSigned ? TensorType::I8 : TensorType::U8;
    if constexpr (sizeof(T) == 2) return isSigned ? TensorType::I16 : TensorType::U16;
    if constexpr (sizeof(T) == 4) return isSigned ? TensorType::I32 : TensorType::U32;
    return isSigned ? TensorType::I64 : TensorType::U64;
  }
}

/// Between numbers of this machine and a tensor's bytes; `bytes` has values.size() * size of an element.
void copyToLittleEndian(const void* values, std::size_t bytesPerValue, std::span<std::byte> bytes);
void copyFromLittleEndian(std::span<const std::byte> bytes, std::size_t bytesPerValue, void* values);

/// The shape's product must be values.size().
template <class T>
Tensor makeTensor(std::span<const T> values, std::vector<std::uint64_t> shape) {
  Tensor tensor{tensorTypeOf<T>(), std::move(shape), std::vector<std::byte>(values.size_bytes())};
  copyToLittleEndian(values.data(), sizeof(T), tensor.bytes);
  return tensor;
}

/// The tensor of this name, if its type and shape are these. Errors (`where` is the name): it is missing, has
/// another type or shape.
Expected<const Tensor*> findTensor(const TensorSet& set, std::string_view name, TensorType type,
                                   std::span<const std::uint64_t> shape);

/// Copies that tensor's numbers to `values`, whose size is the shape's product. Nothing is written on error.
template <class T>
Expected<void> readTensor(const TensorSet& set, std::string_view name, std::span<const std::uint64_t> shape,
                          std::span<T> values) {
  const auto tensor = findTensor(set, name, tensorTypeOf<T>(), shape);
  if (!tensor) return tl::unexpected<Error>(tensor.error());
  if ((*tensor)->bytes.size() != values.size_bytes()) {
    return makeError("There are more or fewer numbers than there is room for", std::string(name));
  }
  copyFromLittleEndian((*tensor)->bytes, sizeof(T), values.data());
  return {};
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// Counts NaN and infinity in the floating point types of safetensors, by their bits.
#include "core/formats/safetensors.h"

namespace lexarium {
namespace {

/// Bits of a floating point type by IEEE 754: exponent all ones is infinity if the fraction is zero, else
/// NaN.
struct Layout {
  std::uint64_t exponent;
  std::uint64_t fraction;
};

template <class Bits>
void count(std::span<const std::byte> bytes, Layout layout, NonFiniteCount& counts) {
  for (std::size_t at = 0; at + sizeof(Bits) <= bytes.size(); at += sizeof(Bits)) {
    Bits bits;
    copyFromLittleEndian(bytes.subspan(at, sizeof bits), sizeof bits, &bits);
    if ((bits & layout.exponent) != layout.exponent) continue;
    ++((bits & layout.fraction) != 0 ? counts.nan : counts.infinite);
  }
}

// E4M3 has no infinity; all bits but the sign are NaN (Micikevicius et al. 2022, arXiv:2209.05433, table 1).
void countE4M3(std::span<const std::byte> bytes, NonFiniteCount& counts) {
  for (const auto byte : bytes) counts.nan += (std::to_integer<unsigned>(byte) & 0x7F) == 0x7F;
}

void countIn(const Tensor& tensor, NonFiniteCount& counts) {
  switch (tensor.type) {
    case TensorType::F64:
      return count<std::uint64_t>(tensor.bytes, {0x7FF0'0000'0000'0000, 0x000F'FFFF'FFFF'FFFF}, counts);
    case TensorType::F32:
      return count<std::uint32_t>(tensor.bytes, {0x7F80'0000, 0x007F'FFFF}, counts);
    case TensorType::F16:
      return count<std::uint16_t>(tensor.bytes, {0x7C00, 0x03FF}, counts);
    case TensorType::BF16:
      return count<std::uint16_t>(tensor.bytes, {0x7F80, 0x007F}, counts);
    case TensorType::F8E5M2:
      return count<std::uint8_t>(tensor.bytes, {0x7C, 0x03}, counts);
    case TensorType::F8E4M3:
      return countE4M3(tensor.bytes, counts);
    default:
      return;  // whole numbers
  }
}

}  // namespace

NonFiniteCount countNonFinite(const TensorSet& set) {
  NonFiniteCount counts;
  for (const auto& [name, tensor] : set.tensors) {
    countIn(tensor, counts);
    if (counts.any() && counts.firstTensor.empty()) counts.firstTensor = name;
  }
  return counts;
}

std::string NonFiniteCount::note() const {
  if (!any()) return {};
  const std::uint64_t all = nan + infinite;
  return std::to_string(all) + (all == 1 ? " number is" : " numbers are") + " not finite (" +
         std::to_string(nan) + " NaN, " + std::to_string(infinite) + " infinite), the first in " +
         firstTensor + '.';
}

}  // namespace lexarium

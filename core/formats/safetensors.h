// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/byte_stream.h"
#include "core/base/expected.h"
#include "core/formats/tensor.h"

namespace lexarium {

/// safetensors as published (github.com/huggingface/safetensors): 8 bytes with the header's size, the header
/// in JSON, and the tensors' bytes without a gap.
///
/// Reading refuses, with the tensor's name: a header of more than 100 MB, JSON that is not well formed, keys
/// twice, unknown types, shapes whose size no number holds or that do not fit their bytes, gaps, overlaps and
/// bytes that belong to no tensor. Nothing of a tensor's size is allocated before all of that is checked
/// against the size of the data. Values are taken as they are: see countNonFinite().
Expected<TensorSet> readSafetensors(const ByteInput& input);
Expected<TensorSet> readSafetensors(const std::filesystem::path& path);
Expected<TensorSet> readSafetensors(std::span<const std::byte> bytes, const std::string& name);

/// The same set gives the same bytes. Tensors are ordered so that each is aligned to its elements. The file
/// is written atomically. Errors: a name that is not UTF-8 or is "__metadata__", a header that readers would
/// refuse, what writing a file may say.
Expected<void> writeSafetensors(const TensorSet& set, const ByteOutput& output);
Expected<void> writeSafetensors(const TensorSet& set, const std::filesystem::path& path);
Expected<std::vector<std::byte>> safetensorsBytes(const TensorSet& set);

/// Bytes that writeSafetensors() writes, before it does; the errors are the same.
Expected<std::uint64_t> safetensorsSize(const TensorSet& set);

/// Numbers that are none; whole numbers and truth values always are.
struct NonFiniteCount {
  std::uint64_t nan = 0;
  std::uint64_t infinite = 0;
  std::string firstTensor;  ///< the first by name that has one; empty: none has

  bool any() const { return nan + infinite > 0; }
  /// "3 numbers are not finite (2 NaN, 1 infinite), the first in table_in."; empty if there are none.
  std::string note() const;
};
NonFiniteCount countNonFinite(const TensorSet& set);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/formats/tensor.h"

namespace lexarium {

/// More is refused (the limit of the format's own library).
inline constexpr std::uint64_t kMaximumSafetensorsHeader = 100'000'000;

/// Where a tensor stands: [begin, end) in the bytes after the header.
struct TensorPlace {
  std::string name;
  TensorType type = TensorType::F32;
  std::vector<std::uint64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// What a header says. After parseSafetensorsHeader(): tensors by place, each as long as its shape says, one
/// after the other from 0 to the end of the data.
struct SafetensorsHeader {
  std::vector<TensorPlace> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads the JSON, whose padding is part of `json`, and checks it against the number of bytes that follow.
/// Errors: `where` is `name`.
Expected<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                                   const std::string& name);

/// Only what stands in the JSON, unchecked but for types and completeness.
Expected<SafetensorsHeader> parseSafetensorsJson(std::string_view json, const std::string& name);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/formats/safetensors_header.h"
#include "core/formats/vectors_row.h"
#include "core/text/decode.h"

namespace lexarium {
namespace {

constexpr std::size_t kSizeBytes = 8;
constexpr std::size_t kAlignment = 8;
constexpr const char* kMetadata = "__metadata__";

const char* const kDamaged = "The file is damaged or no safetensors file";

Error notOfTheFormat(std::string what, const std::string& name) { return {std::move(what), name, kDamaged}; }

// Each as long as its shape says, and one after the other.
Expected<void> checkPlaces(const std::vector<TensorPlace>& tensors, std::uint64_t dataBytes,
                           const std::string& name) {
  const auto refuse = [&](const std::string& what) {
    return tl::unexpected<Error>(notOfTheFormat(what, name));
  };
  std::uint64_t at = 0;
  for (const TensorPlace& tensor : tensors) {
    const std::string shown = inQuotes(tensor.name);
    const auto bytes = bytesOfShape(tensor.type, tensor.shape);
    if (!bytes) return refuse("The shape of " + shown + " is too large");
    if (tensor.end < tensor.begin || tensor.end - tensor.begin != *bytes) {
      return refuse("The shape of " + shown + " does not fit its place in the data");
    }
    if (tensor.begin < at) return refuse("The data of " + shown + " overlaps with that of another");
    if (tensor.begin > at) return refuse("There is a gap before the data of " + shown);
    at = tensor.end;
  }
  if (at > dataBytes)
    return refuse("The data ends too early: it should have " + std::to_string(at) + " bytes");
  if (at < dataBytes) {
    return refuse("There are " + std::to_string(dataBytes - at) + " bytes after the last tensor");
  }
  return {};
}

// Falling size of elements, so that each tensor is aligned if the data are; then by name.
std::vector<const std::pair<const std::string, Tensor>*> inFileOrder(const TensorSet& set) {
  std::vector<const std::pair<const std::string, Tensor>*> order;
  for (const auto& entry : set.tensors) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return bytesPerElement(a->second.type) > bytesPerElement(b->second.type);
  });
  return order;
}

Expected<void> checkNames(const TensorSet& set) {
  const auto isUtf8 = [](const std::string& text) { return findInvalidUtf8(text) == std::string::npos; };
  for (const auto& [name, tensor] : set.tensors) {
    if (name == kMetadata || !isUtf8(name))
      return makeError("A tensor cannot have this name", inQuotes(name));
  }
  for (const auto& [key, value] : set.metadata) {
    if (!isUtf8(key) || !isUtf8(value)) return makeError("This text is not UTF-8", inQuotes(key));
  }
  return {};
}

Expected<std::string> headerOf(const TensorSet& set) {
  if (auto checked = checkNames(set); !checked) return tl::unexpected<Error>(checked.error());
  std::string text = "{";
  const auto add = [&](const std::string& key, const nlohmann::ordered_json& value) {
    text += (text.size() > 1 ? "," : "") + nlohmann::json(key).dump() + ':' + value.dump();
  };
  if (!set.metadata.empty()) add(kMetadata, set.metadata);
  std::uint64_t at = 0;
  for (const auto* entry : inFileOrder(set)) {
    const Tensor& tensor = entry->second;
    assert(tensor.isWhole());
    const std::uint64_t end = at + tensor.bytes.size();
    add(entry->first, {{"dtype", nameOf(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {at, end}}});
    at = end;
  }
  text += '}';
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  if (text.size() > kMaximumSafetensorsHeader) return makeError("There are too many tensors for one file");
  return text;
}

std::uint64_t littleEndian(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  copyFromLittleEndian(bytes, sizeof value, &value);
  return value;
}

}  // namespace

Expected<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                                   const std::string& name) {
  if (json.empty() || json.front() != '{') {
    return tl::unexpected<Error>(notOfTheFormat("The header does not begin with {", name));
  }
  // The JSON parser takes a NUL for the end of its input, whatever follows.
  if (json.find('\0') != std::string_view::npos) {
    return tl::unexpected<Error>(notOfTheFormat("There is a NUL in the header", name));
  }
  auto header = parseSafetensorsJson(json, name);
  if (!header) return header;
  // Empty tensors stand where the next one begins.
  std::stable_sort(header->tensors.begin(), header->tensors.end(), [](const auto& a, const auto& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  if (auto checked = checkPlaces(header->tensors, dataBytes, name); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  return header;
}

Expected<TensorSet> readSafetensors(const ByteInput& input) {
  const auto refuse = [&](const std::string& what) {
    return tl::unexpected<Error>(notOfTheFormat(what, input.name));
  };
  if (input.size < kSizeBytes) return refuse("The file is too short");
  std::array<std::byte, kSizeBytes> sizeBytes{};
  if (auto read = input.read(sizeBytes); !read) return tl::unexpected<Error>(read.error());
  const std::uint64_t headerBytes = littleEndian(sizeBytes);
  if (headerBytes > kMaximumSafetensorsHeader) return refuse("The header is said to be larger than 100 MB");
  if (headerBytes > input.size - kSizeBytes) return refuse("The file ends inside its header");

  std::string json(static_cast<std::size_t>(headerBytes), '\0');
  if (auto read = input.read(std::as_writable_bytes(std::span(json))); !read) {
    return tl::unexpected<Error>(read.error());
  }
  auto header = parseSafetensorsHeader(json, input.size - kSizeBytes - headerBytes, input.name);
  if (!header) return tl::unexpected<Error>(header.error());
  if (input.size > availableMemoryBytes()) {
    return makeError("There is not enough memory for " + formatBytes(input.size) + " of tensors", input.name,
                     "Close other programs");
  }
  TensorSet set;
  set.metadata = std::move(header->metadata);
  for (TensorPlace& place : header->tensors) {
    Tensor tensor{place.type, std::move(place.shape), {}};
    tensor.bytes.resize(static_cast<std::size_t>(place.end - place.begin));
    if (auto read = input.read(tensor.bytes); !read) return tl::unexpected<Error>(read.error());
    set.tensors.emplace(std::move(place.name), std::move(tensor));
  }
  return set;
}

Expected<TensorSet> readSafetensors(std::span<const std::byte> bytes, const std::string& name) {
  return readSafetensors(inputFromMemory(bytes, name));
}

Expected<TensorSet> readSafetensors(const std::filesystem::path& path) {
  auto file = FileReader::open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  ByteInput input;
  input.size = file->size();
  input.name = pathToUtf8(path.filename());
  input.read = [&](std::span<std::byte> buffer) -> Expected<void> {
    const auto count = file->read({reinterpret_cast<char*>(buffer.data()), buffer.size()});
    if (!count) return tl::unexpected<Error>(count.error());
    if (*count < buffer.size()) return makeError("The file ends too early", input.name);
    return {};
  };
  return readSafetensors(input);
}

Expected<std::uint64_t> safetensorsSize(const TensorSet& set) {
  const auto header = headerOf(set);
  if (!header) return tl::unexpected<Error>(header.error());
  std::uint64_t bytes = kSizeBytes + header->size();
  for (const auto& [name, tensor] : set.tensors) bytes += tensor.bytes.size();
  return bytes;
}

Expected<void> writeSafetensors(const TensorSet& set, const ByteOutput& output) {
  const auto header = headerOf(set);
  if (!header) return tl::unexpected<Error>(header.error());
  const std::uint64_t size = header->size();
  std::array<std::byte, kSizeBytes> sizeBytes{};
  copyToLittleEndian(&size, sizeof size, sizeBytes);
  if (auto written = output(sizeBytes); !written) return written;
  if (auto written = output(std::as_bytes(std::span(*header))); !written) return written;
  for (const auto* entry : inFileOrder(set)) {
    if (auto written = output(entry->second.bytes); !written) return written;
  }
  return {};
}

Expected<void> writeSafetensors(const TensorSet& set, const std::filesystem::path& path) {
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  const auto written = writeSafetensors(set, [&](std::span<const std::byte> bytes) {
    return file->write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
  if (!written) return written;
  return file->commit();
}

Expected<std::vector<std::byte>> safetensorsBytes(const TensorSet& set) {
  std::vector<std::byte> all;
  const auto written = writeSafetensors(set, [&](std::span<const std::byte> bytes) -> Expected<void> {
    all.insert(all.end(), bytes.begin(), bytes.end());
    return {};
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return all;
}

}  // namespace lexarium

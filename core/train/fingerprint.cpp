// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/fingerprint.h"

#include <array>
#include <vector>

#include "core/base/sha256.h"
#include "core/formats/tensor.h"
#include "core/models/learner.h"

namespace lexarium {

namespace {

constexpr std::size_t kDigits = 8;

}  // namespace

std::string fingerprint(const TrainedModel& model) {
  Sha256 hash;
  const TensorSet set = model.save();
  for (const auto& [name, tensor] : set.tensors) {
    hash.add(name);
    hash.add(std::string_view("\0", 1));
    hash.add(tensor.bytes);
  }
  return toHex(hash.finish()).substr(0, kDigits);
}

std::string fingerprint(const Matrix& vectors) {
  Sha256 hash;
  std::vector<std::byte> bytes;
  const auto add = [&](const void* values, std::size_t size, std::size_t count) {
    bytes.resize(size * count);
    copyToLittleEndian(values, size, bytes);
    hash.add(bytes);
  };
  const std::array<std::uint64_t, 2> shape = {static_cast<std::uint64_t>(vectors.rows()),
                                              static_cast<std::uint64_t>(vectors.cols())};
  add(shape.data(), sizeof(std::uint64_t), shape.size());
  for (Eigen::Index i = 0; i < vectors.cols(); ++i) {
    add(vectors.col(i).data(), sizeof(Real), static_cast<std::size_t>(vectors.rows()));
  }
  return toHex(hash.finish()).substr(0, kDigits);
}

std::string fingerprint(const Snapshot& snapshot, std::string_view modelId) {
  if (snapshot.trained) return fingerprint(*snapshot.trained);
  const ModelInfo* info = findModel(modelId);
  const bool isVectors = !info || info->kind == ModelInfo::Kind::Embedding;
  // Of other models the input vectors alone would not tell.
  return snapshot.all && isVectors ? fingerprint(snapshot.all->vectors) : std::string();
}

}  // namespace lexarium

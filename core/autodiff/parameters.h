// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/aligned_reals.h"
#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/formats/tensor.h"

namespace lexarium {

using Index = Eigen::Index;
using MatrixMap = Eigen::Map<Matrix>;
using ConstMatrixMap = Eigen::Map<const Matrix>;

struct ParameterId {
  std::uint32_t index = 0;
};

struct ParameterInfo {
  std::string name;
  Index rows = 0;
  Index cols = 0;
  std::size_t offset = 0;  ///< of its first number in values(); a multiple of 16
  bool decays = true;      ///< weight decay acts on it (not on biases and gains)
  bool frozen = false;     ///< gets no gradient and is not optimised
};

/// The named matrices of a model: its only mutable state. All lie in one block of memory, each matrix at a
/// cache line of its own, with zeros between, so that clipping, optimisers and sums are single loops.
class Parameters {
 public:
  /// A matrix of zeros. The name must be new, rows and cols at least 1. Maps that were handed out before are
  /// void.
  ParameterId add(std::string name, Index rows, Index cols, bool decays = true);

  std::size_t size() const { return infos_.size(); }
  const ParameterInfo& info(ParameterId id) const { return infos_[id.index]; }
  std::span<const ParameterInfo> infos() const { return infos_; }
  std::optional<ParameterId> find(std::string_view name) const;
  void setFrozen(ParameterId id, bool frozen) { infos_[id.index].frozen = frozen; }

  MatrixMap value(ParameterId id);
  ConstMatrixMap value(ParameterId id) const;
  /// All numbers, with the zeros between the matrices.
  std::span<Real> values() { return {values_.get(), flatSize_}; }
  std::span<const Real> values() const { return {values_.get(), flatSize_}; }
  /// Trainable and frozen numbers, without the zeros between.
  std::size_t count() const;
  bool isFinite() const;

  /// One tensor a matrix, of shape {cols, rows} (the last index runs fastest), "prefix" before each name.
  void save(TensorSet& set, const std::string& prefix = {}) const;
  /// Errors: a tensor is missing, has another shape or a number that is none; then nothing has changed.
  Expected<void> load(const TensorSet& set, const std::string& prefix = {});

 private:
  std::vector<ParameterInfo> infos_;
  AlignedReals values_;
  std::size_t flatSize_ = 0;
  std::size_t capacity_ = 0;
};

/// A number for each of values(), at the same place: gradients, or a sum that an optimiser keeps.
class Gradients {
 public:
  Gradients() = default;
  explicit Gradients(const Parameters& parameters)
      : values_(makeAlignedReals(parameters.values().size())), size_(parameters.values().size()) {}

  Real* at(const ParameterInfo& info) { return values_.get() + info.offset; }
  const Real* at(const ParameterInfo& info) const { return values_.get() + info.offset; }
  MatrixMap of(const ParameterInfo& info) { return {at(info), info.rows, info.cols}; }
  ConstMatrixMap of(const ParameterInfo& info) const { return {at(info), info.rows, info.cols}; }
  std::span<Real> values() { return {values_.get(), size_}; }
  std::span<const Real> values() const { return {values_.get(), size_}; }
  void setZero();

 private:
  AlignedReals values_;
  std::size_t size_ = 0;
};

/// Tensors of something that has a number for each of the parameters; and back. Errors as Parameters::load().
void saveFlat(const Parameters& parameters, std::span<const Real> values, TensorSet& set,
              const std::string& prefix);
Expected<void> loadFlat(const Parameters& parameters, const TensorSet& set, const std::string& prefix,
                        std::span<Real> values);

}  // namespace lexarium

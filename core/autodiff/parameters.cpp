// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/parameters.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lexarium {
namespace {

constexpr std::size_t kAlignment = 16;  // numbers: a cache line of floats

std::size_t padded(std::size_t count) { return (count + kAlignment - 1) / kAlignment * kAlignment; }

std::size_t countOf(const ParameterInfo& info) {
  return static_cast<std::size_t>(info.rows) * static_cast<std::size_t>(info.cols);
}

std::vector<std::uint64_t> shapeOf(const ParameterInfo& info) {
  return {static_cast<std::uint64_t>(info.cols), static_cast<std::uint64_t>(info.rows)};
}

bool allFinite(std::span<const Real> values) {
  // x * 0 is 0 for every finite x and NaN for all others.
  Real lanes[kAlignment] = {};
  std::size_t i = 0;
  for (; i + kAlignment <= values.size(); i += kAlignment) {
    for (std::size_t k = 0; k < kAlignment; ++k) lanes[k] += values[i + k] * Real{0};
  }
  Real sum = 0;
  for (; i < values.size(); ++i) sum += values[i] * Real{0};
  for (const Real lane : lanes) sum += lane;
  return sum == Real{0};
}

}  // namespace

ParameterId Parameters::add(std::string name, Index rows, Index cols, bool decays) {
  assert(rows > 0 && cols > 0 && !find(name));
  ParameterInfo info{std::move(name), rows, cols, flatSize_, decays, false};
  const std::size_t needed = flatSize_ + padded(countOf(info));
  if (needed > capacity_) {
    const std::size_t capacity = std::max(needed, 2 * capacity_);
    AlignedReals larger = makeAlignedReals(capacity);
    std::copy_n(values_.get(), flatSize_, larger.get());
    values_ = std::move(larger);
    capacity_ = capacity;
  }
  flatSize_ = needed;
  infos_.push_back(std::move(info));
  return {static_cast<std::uint32_t>(infos_.size() - 1)};
}

std::optional<ParameterId> Parameters::find(std::string_view name) const {
  for (std::uint32_t i = 0; i < infos_.size(); ++i) {
    if (infos_[i].name == name) return ParameterId{i};
  }
  return std::nullopt;
}

MatrixMap Parameters::value(ParameterId id) {
  const ParameterInfo& info = infos_[id.index];
  return {values_.get() + info.offset, info.rows, info.cols};
}

ConstMatrixMap Parameters::value(ParameterId id) const {
  const ParameterInfo& info = infos_[id.index];
  return {values_.get() + info.offset, info.rows, info.cols};
}

std::size_t Parameters::count() const {
  std::size_t sum = 0;
  for (const ParameterInfo& info : infos_) sum += countOf(info);
  return sum;
}

bool Parameters::isFinite() const { return allFinite(values()); }

void Parameters::save(TensorSet& set, const std::string& prefix) const {
  saveFlat(*this, values(), set, prefix);
}

Expected<void> Parameters::load(const TensorSet& set, const std::string& prefix) {
  return loadFlat(*this, set, prefix, values());
}

void Gradients::setZero() { std::fill_n(values_.get(), size_, Real{0}); }

void saveFlat(const Parameters& parameters, std::span<const Real> values, TensorSet& set,
              const std::string& prefix) {
  assert(values.size() == parameters.values().size());
  for (const ParameterInfo& info : parameters.infos()) {
    set.tensors[prefix + info.name] =
        makeTensor<Real>(values.subspan(info.offset, countOf(info)), shapeOf(info));
  }
}

Expected<void> loadFlat(const Parameters& parameters, const TensorSet& set, const std::string& prefix,
                        std::span<Real> values) {
  assert(values.size() == parameters.values().size());
  std::vector<Real> read(values.size());
  for (const ParameterInfo& info : parameters.infos()) {
    const auto place = std::span<Real>(read).subspan(info.offset, countOf(info));
    if (auto done = readTensor<Real>(set, prefix + info.name, shapeOf(info), place); !done) return done;
    if (!allFinite(place)) return makeError("A number is not finite", prefix + info.name);
  }
  std::copy(read.begin(), read.end(), values.begin());
  return {};
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/optimizer.h"

#include <algorithm>
#include <cmath>

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

using Kind = OptimizerConfig::Kind;

bool keepsFirst(const OptimizerConfig& config) {
  return config.kind == Kind::Adam || config.kind == Kind::AdamW ||
         (config.kind == Kind::Sgd && config.momentum != 0);
}
bool keepsSecond(const OptimizerConfig& config) { return config.kind != Kind::Sgd; }

/// One matrix: its numbers, gradients and sums.
struct Range {
  Real* w;
  Real* g;
  Real* first;
  Real* second;
  std::size_t count;
};

void sgd(const Range& r, Real rate, Real momentum, Real scale, Real decay) {
  for (std::size_t i = 0; i < r.count; ++i) {
    Real step = scale * r.g[i] + decay * r.w[i];
    if (r.first) step = r.first[i] = momentum * r.first[i] + step;
    r.w[i] -= rate * step;
    r.g[i] = 0;
  }
}

/// s = keep s + add g^2
void scaled(const Range& r, Real rate, Real keep, Real add, Real epsilon, Real scale, Real decay) {
  for (std::size_t i = 0; i < r.count; ++i) {
    const Real g = scale * r.g[i] + decay * r.w[i];
    r.second[i] = keep * r.second[i] + add * g * g;
    r.w[i] -= rate * g / (std::sqrt(r.second[i]) + epsilon);
    r.g[i] = 0;
  }
}

}  // namespace

Optimizer::Optimizer(const Parameters& parameters, const OptimizerConfig& config) : config_(config) {
  if (keepsFirst(config)) first_ = Gradients(parameters);
  if (keepsSecond(config)) second_ = Gradients(parameters);
}

void Optimizer::step(Parameters& parameters, Gradients& gradients, double rate, double gradientScale) {
  ++steps_;
  const auto t = static_cast<double>(steps_);
  const auto real = [](double value) { return static_cast<Real>(value); };
  const double one = 1 - std::pow(config_.beta1, t), two = 1 - std::pow(config_.beta2, t);
  for (const ParameterInfo& info : parameters.infos()) {
    const auto count = static_cast<std::size_t>(info.rows * info.cols);
    const Range range{parameters.values().data() + info.offset, gradients.at(info),
                      keepsFirst(config_) ? first_.at(info) : nullptr,
                      keepsSecond(config_) ? second_.at(info) : nullptr, count};
    if (info.frozen) {
      std::fill_n(range.g, count, Real{0});
      continue;
    }
    const double decay = info.decays ? config_.decay : 0;
    switch (config_.kind) {
      case Kind::Sgd:
        sgd(range, real(rate), real(config_.momentum), real(gradientScale), real(decay));
        break;
      case Kind::AdaGrad:
        scaled(range, real(rate), 1, 1, real(config_.epsilon), real(gradientScale), real(decay));
        break;
      case Kind::RmsProp:
        scaled(range, real(rate), real(config_.smoothing), real(1 - config_.smoothing), real(config_.epsilon),
               real(gradientScale), real(decay));
        break;
      case Kind::Adam:
      case Kind::AdamW: {
        const bool apart = config_.kind == Kind::AdamW;
        kernels().adam({range.w, range.g, range.first, range.second, count, real(rate / one),
                        real(1 / std::sqrt(two)), real(config_.beta1), real(config_.beta2),
                        real(config_.epsilon), real(gradientScale), real(apart ? 0 : decay),
                        real(apart ? 1 - rate * decay : 1)});
        break;
      }
    }
  }
}

void Optimizer::save(const Parameters& parameters, TensorSet& set, const std::string& prefix) const {
  set.tensors[prefix + "steps"] = makeTensor<std::uint64_t>(std::span(&steps_, 1), {});
  if (keepsFirst(config_)) saveFlat(parameters, first_.values(), set, prefix + "first.");
  if (keepsSecond(config_)) saveFlat(parameters, second_.values(), set, prefix + "second.");
}

Expected<void> Optimizer::load(const Parameters& parameters, const TensorSet& set,
                               const std::string& prefix) {
  std::uint64_t steps = 0;
  if (auto read = readTensor<std::uint64_t>(set, prefix + "steps", {}, std::span(&steps, 1)); !read)
    return read;
  Gradients first, second;
  if (keepsFirst(config_)) {
    first = Gradients(parameters);
    if (auto read = loadFlat(parameters, set, prefix + "first.", first.values()); !read) return read;
  }
  if (keepsSecond(config_)) {
    second = Gradients(parameters);
    if (auto read = loadFlat(parameters, set, prefix + "second.", second.values()); !read) return read;
    if (std::any_of(second.values().begin(), second.values().end(), [](Real sum) { return sum < 0; })) {
      return makeError("A sum of squares is negative", prefix + "second");
    }
  }
  steps_ = steps;
  first_ = std::move(first);
  second_ = std::move(second);
  return {};
}

double normOf(const Gradients& gradients) {
  return std::sqrt(kernels().sumOfSquares(gradients.values().data(), gradients.values().size()));
}

double clipScale(double norm, double limit) {
  if (limit <= 0) return 1;
  return std::min(1.0, limit / (norm + 1e-6));
}

}  // namespace lexarium

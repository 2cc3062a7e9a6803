// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/autodiff/parameters.h"

namespace lexarium {

/// Which rule, and its constants. g: the gradient, w: the weight, t: the step, from 1.
struct OptimizerConfig {
  enum class Kind {
    Sgd,      ///< v = momentum v + g;   w -= rate v
    AdaGrad,  ///< Duchi et al. 2011: s += g^2;   w -= rate g / (sqrt(s) + epsilon)
    RmsProp,  ///< Hinton 2012: s = smoothing s + (1 - smoothing) g^2;   w -= rate g / (sqrt(s) + epsilon)
    Adam,     ///< Kingma & Ba 2015: w -= rate m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
    AdamW     ///< Loshchilov & Hutter 2019: Adam, and w -= rate decay w by itself
  };
  Kind kind = Kind::Adam;
  double momentum = 0;
  double smoothing = 0.99;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double decay = 0;  ///< but for AdamW: decay w is added to g
};

/// Updates all parameters that are not frozen. Its sums are kept with a checkpoint.
class Optimizer {
 public:
  Optimizer() = default;
  Optimizer(const Parameters& parameters, const OptimizerConfig& config);

  /// One step with gradientScale * gradients (see clipScale()); the gradients are zero afterwards.
  void step(Parameters& parameters, Gradients& gradients, double rate, double gradientScale = 1);
  std::uint64_t steps() const { return steps_; }
  const OptimizerConfig& config() const { return config_; }

  void save(const Parameters& parameters, TensorSet& set, const std::string& prefix = "optimizer.") const;
  /// Errors as Parameters::load(); then nothing has changed.
  Expected<void> load(const Parameters& parameters, const TensorSet& set,
                      const std::string& prefix = "optimizer.");

 private:
  OptimizerConfig config_;
  Gradients first_;   // v of SGD, m of Adam
  Gradients second_;  // s, v of Adam
  std::uint64_t steps_ = 0;
};

/// The length of all gradients as one vector.
double normOf(const Gradients& gradients);
/// What to multiply gradients of this norm with, so that it is at most `limit` (Pascanu et al. 2013); limit
/// 0: 1.
double clipScale(double norm, double limit);

}  // namespace lexarium

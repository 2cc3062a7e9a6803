// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/autodiff/parameters.h"

namespace lexarium {

/// Copies of all parameters as the product reads a left side: one stream from the first number to the last,
/// which a product with a single column, bound by memory, reads twice as fast. For inference; the parameters
/// must not change.
class PackedParameters {
 public:
  explicit PackedParameters(const Parameters& parameters);

  const Real* of(ParameterId id) const { return values_.get() + offsets_[id.index]; }

 private:
  AlignedReals values_;
  std::vector<std::size_t> offsets_;
};

}  // namespace lexarium

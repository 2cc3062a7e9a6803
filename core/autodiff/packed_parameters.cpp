// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/packed_parameters.h"

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {

PackedParameters::PackedParameters(const Parameters& parameters) {
  std::size_t size = 0;
  for (const ParameterInfo& info : parameters.infos()) {
    offsets_.push_back(size);
    const auto packed = static_cast<std::size_t>(kernels().packedSize(info.rows, info.cols));
    size += (packed + 15) / 16 * 16;
  }
  values_ = makeAlignedReals(size);
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    const ConstMatrixMap matrix = parameters.value(ParameterId{i});
    kernels().packLeft({matrix.data(), 1, matrix.rows()}, matrix.rows(), matrix.cols(),
                       values_.get() + offsets_[i]);
  }
}

}  // namespace lexarium

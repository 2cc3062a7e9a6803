// SPDX-License-Identifier: GPL-3.0-or-later
// Included once by each level_*.cpp, which is compiled for its level, and gives the table a name of its own.
#pragma once

#include "core/autodiff/kernels/cells_code.h"
#include "core/autodiff/kernels/elementwise_code.h"
#include "core/autodiff/kernels/product_code.h"
#include "core/autodiff/kernels/update_code.h"

namespace lexarium {
namespace {

constexpr Kernels tableOf(const char* level) {
  return {.level = level,
          .packedSize = packedSize,
          .productScratch = productScratch,
          .packLeft = packLeft,
          .product = matrixProduct,
          .sumColumns = sumColumns,
          .tanhForward = tanhForward,
          .tanhBackward = tanhBackward,
          .logisticForward = logisticForward,
          .logisticBackward = logisticBackward,
          .expForward = expForward,
          .geluForward = geluForward,
          .geluBackward = geluBackward,
          .siluForward = siluForward,
          .siluBackward = siluBackward,
          .lstmForward = lstmForward,
          .lstmBackward = lstmBackward,
          .gruForward = gruForward,
          .gruBackward = gruBackward,
          .softmaxColumn = softmaxColumn,
          .softmaxColumnBackward = softmaxColumnBackward,
          .scaled = scaled,
          .normForward = normForward,
          .normBackward = normBackward,
          .adam = adam,
          .sumOfSquares = sumOfSquares};
}

}  // namespace
}  // namespace lexarium

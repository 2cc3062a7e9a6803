// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/product.h"

#include <cassert>

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/tape.h"

namespace lexarium {
namespace {

LeftSide leftSide(const Block& a, bool transpose) {
  return transpose ? LeftSide{a.data, a.stride, 1} : LeftSide{a.data, 1, a.stride};
}

void run(Tape& tape, ProductTask& task, const Block& b, bool transposeRight, const Result& result) {
  assert(!(result.add && result.offset));
  const Kernels& k = kernels();
  task.right = b.data;
  task.rightRow = transposeRight ? b.stride : 1;
  task.rightCol = transposeRight ? 1 : b.stride;
  task.result = result.data;
  task.resultStride = result.stride;
  task.m = result.rows;
  task.n = result.cols;
  task.k = transposeRight ? b.cols : b.rows;
  task.add = result.add;
  task.offset = result.offset;
  task.scratch =
      tape.scratch(static_cast<std::size_t>(k.productScratch(task.m, task.n, task.k, transposeRight)), 0);
  k.product(task);
}

}  // namespace

void product(Tape& tape, Form form, const Block& a, const Block& b, const Result& result) {
  ProductTask task{};
  task.left = leftSide(a, form == Form::TransposeLeft);
  assert((form == Form::TransposeLeft ? a.cols : a.rows) == result.rows);
  assert((form == Form::TransposeLeft ? a.rows : a.cols) == (form == Form::TransposeRight ? b.cols : b.rows));
  assert((form == Form::TransposeRight ? b.rows : b.cols) == result.cols);
  run(tape, task, b, form == Form::TransposeRight, result);
}

void productOf(Tape& tape, const Node& a, const Block& b, const Result& result) {
  if (const Real* packed = tape.packedOf(a))
    return product(tape, PackedLeft{packed, a.rows, a.cols}, b, result);
  product(tape, Form::Plain, {a.value, a.rows, a.cols}, b, result);
}

PackedLeft pack(Tape& tape, const Block& a, bool transpose) {
  const Index rows = transpose ? a.cols : a.rows, cols = transpose ? a.rows : a.cols;
  Real* packed = tape.arena().reals(static_cast<std::size_t>(kernels().packedSize(rows, cols)));
  kernels().packLeft(leftSide(a, transpose), rows, cols, packed);
  return {packed, rows, cols};
}

void product(Tape& tape, const PackedLeft& a, const Block& b, const Result& result) {
  assert(a.rows == result.rows && a.cols == b.rows && b.cols == result.cols);
  ProductTask task{};
  task.packed = a.data;
  run(tape, task, b, false, result);
}

}  // namespace lexarium

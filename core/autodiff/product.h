// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/parameters.h"

namespace lexarium {

class Tape;
struct Node;

/// A matrix where it lies: column-major, `stride` numbers from one column to the next.
struct Block {
  const Real* data = nullptr;
  Index rows = 0;
  Index cols = 0;
  Index stride = 0;

  Block(const Real* values, Index rowCount, Index colCount) : Block(values, rowCount, colCount, rowCount) {}
  Block(const Real* values, Index rowCount, Index colCount, Index columnStride)
      : data(values), rows(rowCount), cols(colCount), stride(columnStride) {}
};
struct Result {
  Real* data = nullptr;
  Index rows = 0;
  Index cols = 0;
  Index stride = 0;
  bool add = false;              ///< to what is there
  const Real* offset = nullptr;  ///< [rows], is added to each column; not together with `add`
};
enum class Form { Plain, TransposeLeft, TransposeRight };

/// result (+)= A B, A^T B or A B^T. The order of summation depends on the sizes only. The tape lends its
/// scratch memory.
void product(Tape& tape, Form form, const Block& a, const Block& b, const Result& result);

/// A left side, or its transpose, laid out for many products, in the tape's arena.
struct PackedLeft {
  const Real* data = nullptr;
  Index rows = 0;
  Index cols = 0;
};
/// The node's value as a left side: as it was laid out for inference, if it was.
void productOf(Tape& tape, const Node& a, const Block& b, const Result& result);
PackedLeft pack(Tape& tape, const Block& a, bool transpose);
void product(Tape& tape, const PackedLeft& a, const Block& b, const Result& result);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/matrix.h"
#include "core/models/row_table.h"

namespace lexarium {

/// Which rows of a model's two tables somebody wants to see.
struct RowRequest {
  std::vector<TokenId> words;          ///< rows of the input table W
  std::vector<std::uint32_t> outputs;  ///< rows of the output table W': words, or inner nodes of the tree

  bool empty() const { return words.empty() && outputs.empty(); }
  /// Adds what `other` asks for, each row once.
  void merge(const RowRequest& other);
  bool operator==(const RowRequest&) const = default;
};

/// Those rows at one moment of a run; rows that the model does not have are left out. Immutable once shared.
struct ModelRows {
  std::uint64_t step = 0;
  std::vector<TokenId> words;          ///< whose columns `input` holds
  std::vector<std::uint32_t> outputs;  ///< whose columns `output` holds
  Matrix input;                        ///< [dimensions x words]: v (Word2Vec), w (GloVe)
  Matrix output;                       ///< [dimensions x outputs]: v' (Word2Vec), w~ (GloVe)
  Vector inputBias;                    ///< [words], GloVe only: b
  Vector outputBias;                   ///< [outputs], GloVe only: b~
  Matrix inputSquares;   ///< [dimensions + 1 x words], GloVe only: AdaGrad's sums, the bias last
  Matrix outputSquares;  ///< [dimensions + 1 x outputs], GloVe only

  /// Column of a word in `input`, of a row in `output`; -1 if it is not there.
  Eigen::Index columnOfWord(TokenId word) const;
  Eigen::Index columnOfOutput(std::uint32_t row) const;
  /// Those of the rows that are asked for and there.
  ModelRows selected(const RowRequest& request) const;
};

/// Those of `wanted` that the table has.
std::vector<std::uint32_t> rowsWithin(const RowTable& table, std::span<const std::uint32_t> wanted);
/// Numbers [first, first + length) of the rows as columns of `out` [length x rows].
void copyRowParts(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t first,
                  std::size_t length, Matrix& out);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_rows.h"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace lexarium {
namespace {

void addMissing(std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& more) {
  std::unordered_set<std::uint32_t> known(rows.begin(), rows.end());
  for (const std::uint32_t row : more) {
    if (known.insert(row).second) rows.push_back(row);
  }
}

Eigen::Index placeOf(const std::vector<std::uint32_t>& rows, std::uint32_t row) {
  const auto found = std::find(rows.begin(), rows.end(), row);
  return found == rows.end() ? -1 : static_cast<Eigen::Index>(found - rows.begin());
}

}  // namespace

void RowRequest::merge(const RowRequest& other) {
  addMissing(words, other.words);
  addMissing(outputs, other.outputs);
}

Eigen::Index ModelRows::columnOfWord(TokenId word) const { return placeOf(words, word); }
Eigen::Index ModelRows::columnOfOutput(std::uint32_t row) const { return placeOf(outputs, row); }

ModelRows ModelRows::selected(const RowRequest& request) const {
  ModelRows part;
  // Columns of the wanted rows; in a whole table a row stands at the place of its number.
  const auto find = [](const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& wanted,
                       std::vector<std::uint32_t>& found) {
    std::vector<Eigen::Index> columns;
    for (const std::uint32_t row : wanted) {
      const bool inPlace = row < all.size() && all[row] == row;
      const Eigen::Index column = inPlace ? static_cast<Eigen::Index>(row) : placeOf(all, row);
      if (column < 0) continue;
      columns.push_back(column);
      found.push_back(row);
    }
    return columns;
  };
  const auto select = [](const auto& from, const std::vector<Eigen::Index>& columns) {
    Matrix to(from.rows(), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i)
      to.col(static_cast<Eigen::Index>(i)) = from.col(columns[i]);
    return to;
  };
  part.step = step;
  const auto inputs = find(words, request.words, part.words);
  const auto outputColumns = find(outputs, request.outputs, part.outputs);
  part.input = select(input, inputs);
  part.output = select(output, outputColumns);
  if (inputBias.size() > 0) {
    part.inputBias = select(inputBias.transpose(), inputs).transpose();
    part.outputBias = select(outputBias.transpose(), outputColumns).transpose();
    part.inputSquares = select(inputSquares, inputs);
    part.outputSquares = select(outputSquares, outputColumns);
  }
  return part;
}

std::vector<std::uint32_t> rowsWithin(const RowTable& table, std::span<const std::uint32_t> wanted) {
  std::vector<std::uint32_t> rows;
  rows.reserve(wanted.size());
  for (const std::uint32_t row : wanted) {
    if (row < table.rows()) rows.push_back(row);
  }
  return rows;
}

void copyRowParts(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t first,
                  std::size_t length, Matrix& out) {
  assert(first + length <= table.length());
  out.resize(static_cast<Eigen::Index>(length), static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(table.row(rows[i]) + first, length, out.col(static_cast<Eigen::Index>(i)).data());
  }
}

}  // namespace lexarium

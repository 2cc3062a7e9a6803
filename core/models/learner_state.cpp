// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/learner_state.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/sha256.h"

namespace lexarium {
namespace {

constexpr std::size_t kRow = sizeof(Real);

}  // namespace

Tensor tensorOfRows(const RowTable& table, std::size_t first, std::size_t length) {
  assert(first + length <= table.length());
  Tensor tensor{tensorTypeOf<Real>(), {table.rows(), length}, {}};
  tensor.bytes.resize(table.rows() * length * kRow);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    copyToLittleEndian(table.row(r) + first, kRow,
                       std::span(tensor.bytes).subspan(r * length * kRow, length * kRow));
  }
  return tensor;
}

Expected<void> checkRows(const TensorSet& state, const std::string& name, const RowTable& table,
                         std::size_t length, Real least) {
  const std::uint64_t shape[] = {table.rows(), length};
  const auto tensor = findTensor(state, name, tensorTypeOf<Real>(), shape);
  if (!tensor) return tl::unexpected<Error>(tensor.error());
  std::vector<Real> row(length);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    copyFromLittleEndian(std::span((*tensor)->bytes).subspan(r * length * kRow, length * kRow), kRow,
                         row.data());
    const bool good =
        std::all_of(row.begin(), row.end(), [&](Real x) { return std::isfinite(x) && x >= least; });
    if (!good) return makeError("A saved number is not finite or too small", name);
  }
  return {};
}

void copyToRows(const Tensor& tensor, RowTable& table, std::size_t first) {
  const std::size_t bytes = tensor.shape[1] * kRow;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    copyFromLittleEndian(std::span(tensor.bytes).subspan(r * bytes, bytes), kRow, table.row(r) + first);
  }
}

std::string wordsFingerprint(const Vocabulary& vocabulary, std::size_t words) {
  Sha256 hash;
  for (std::size_t i = 0; i < words; ++i) {
    hash.add(vocabulary.word(static_cast<TokenId>(i)));
    hash.add(std::string_view("\0", 1));  // no word has one, so that their bounds count too
  }
  return toHex(hash.finish());
}

Expected<void> checkWords(const TensorSet& state, const std::string& fingerprint) {
  const auto found = state.metadata.find(kWordsKey);
  if (found == state.metadata.end() || found->second != fingerprint) {
    return makeError("Its vectors stand for other words than this text's");
  }
  return {};
}

tl::unexpected<Error> stateDoesNotFit(const Error& reason) {
  return makeError("The saved state does not fit this run" +
                       (reason.where.empty() ? "" : ", " + reason.where) + ": " + reason.what,
                   {}, "Continue with the text and the parameters of the run that it was saved from");
}

}  // namespace lexarium

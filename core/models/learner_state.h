// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>

#include "core/base/expected.h"
#include "core/formats/tensor.h"
#include "core/models/row_table.h"
#include "core/text/vocabulary.h"

namespace lexarium {

/// Numbers [first, first + length) of every row as a tensor [rows x length]; the padding stays behind.
Tensor tensorOfRows(const RowTable& table, std::size_t first, std::size_t length);
/// Is there a tensor [table.rows() x length] of that name, and are all its numbers finite and not below
/// `least`? Errors say what differs.
Expected<void> checkRows(const TensorSet& state, const std::string& name, const RowTable& table,
                         std::size_t length, Real least = std::numeric_limits<Real>::lowest());
/// Copies it back; checkRows() has found it good.
void copyToRows(const Tensor& tensor, RowTable& table, std::size_t first);

/// One number as a tensor without dimensions; and back.
template <class T>
Tensor tensorOfNumber(T value) {
  return makeTensor<T>(std::span<const T>(&value, 1), {});
}
template <class T>
Expected<T> numberIn(const TensorSet& state, const std::string& name) {
  T value{};
  if (auto read = readTensor<T>(state, name, {}, std::span<T>(&value, 1)); !read) {
    return tl::unexpected<Error>(read.error());
  }
  return value;
}

/// Which words the rows of a model's tables stand for; kept with its state, so that vectors never come to
/// stand for the words of another text.
std::string wordsFingerprint(const Vocabulary& vocabulary, std::size_t words);
inline constexpr const char* kWordsKey = "words";
/// Does the state's metadata name these very words?
Expected<void> checkWords(const TensorSet& state, const std::string& fingerprint);

/// What a person is told of a state that does not fit.
tl::unexpected<Error> stateDoesNotFit(const Error& reason);

}  // namespace lexarium

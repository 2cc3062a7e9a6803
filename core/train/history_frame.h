// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/train/sequence_moment.h"
#include "core/train/snapshot.h"

namespace lexarium {

/// The vectors of a run's most frequent words at one moment, in a byte a number: word i is codes.col(i) times
/// scales(i), with the scale such that its largest number is 127. So no number is off by more than half a
/// scale, and a cosine by about 1e-4. Immutable once shared.
struct HistoryFrame {
  /// A language model of more bytes is not kept: a few of them would fill the budget of a history.
  static constexpr std::size_t kMostModelBytes = 16'000'000;

  std::uint64_t step = 0;
  double epoch = 0;
  double seconds = 0;                                                ///< of training
  Eigen::Matrix<std::int8_t, Eigen::Dynamic, Eigen::Dynamic> codes;  ///< [dimensions x words], -127 to 127
  Eigen::VectorXf scales;                                            ///< [words]
  SequenceMoment sequence;  ///< sequence runs only; the model only if it is not too large to be kept

  std::size_t words() const { return static_cast<std::size_t>(codes.cols()); }
  std::size_t dimensions() const { return static_cast<std::size_t>(codes.rows()); }
  std::size_t memoryBytes() const {
    return sizeof(*this) + static_cast<std::size_t>(codes.size()) +
           static_cast<std::size_t>(scales.size()) * sizeof(float) +
           (sequence.model ? sequence.model->memoryBytes() : 0);
  }

  /// vectors [dimensions x words]. False if one is not finite: there is no picture of that.
  bool encode(const Matrix& vectors);
  /// The vectors, with their step; reuses the table's memory.
  void decode(EmbeddingTable& table) const;
};

/// What views show of that moment; they cannot tell it from the present. Its whole table has the frame's
/// words alone.
std::shared_ptr<const Snapshot> snapshotOf(const HistoryFrame& frame);

/// For a project; and back. Errors: it is none, it is from a newer version, its size is not the one that it
/// names, a number has no meaning. Nothing is allocated before the sizes are checked.
std::vector<std::byte> toBytes(const HistoryFrame& frame);
Expected<std::shared_ptr<const HistoryFrame>> historyFrameFrom(std::span<const std::byte> bytes);

}  // namespace lexarium

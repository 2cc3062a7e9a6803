// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/hogwild.h"

#include <algorithm>
#include <cassert>

#include "core/base/rng.h"
#include "core/models/simd.h"

namespace lexarium {

LEXARIUM_RACY void learnTargets(const Real* hidden, Real* change, RowTable& output,
                                std::span<const Target> targets, Real rate, LossSum& loss) {
  assert(targets.size() <= kMaximumTargets);
  alignas(64) Real scores[LossSum::kLanes];
  alignas(64) Real signs[LossSum::kLanes];
  alignas(64) Real slopes[kMaximumTargets];
  Real* rows[kMaximumTargets];
  const std::size_t stride = output.stride();
  const std::size_t count = targets.size();

  for (std::size_t first = 0; first < count; first += LossSum::kLanes) {
    const std::size_t group = count - first < LossSum::kLanes ? count - first : LossSum::kLanes;
    for (std::size_t k = 0; k < group; ++k) {
      const Target& target = targets[first + k];
      rows[first + k] = output.row(target.row);
      scores[k] = simd::dot(hidden, rows[first + k], stride);
      signs[k] = target.sign;
    }
    LossSum::padLanes(group, scores, signs);
    loss.add(scores, signs, slopes + first);
  }
  for (std::size_t k = 0; k < count; ++k) slopes[k] *= rate;

  for (std::size_t i = 0; i < stride; i += kRowBlock) {
    const simd::Block h = simd::load(hidden + i);
    simd::Block sum = simd::load(change + i);
    for (std::size_t k = 0; k < count; ++k) simd::multiplyAdd(sum, slopes[k], simd::load(rows[k] + i));
    // After the sum, not within its loop: a target that stands twice must count twice with its old row.
    for (std::size_t k = 0; k < count; ++k) {
      simd::Block row = simd::load(rows[k] + i);
      simd::multiplyAdd(row, slopes[k], h);
      simd::store(rows[k] + i, row);
    }
    simd::store(change + i, sum);
  }
}

LEXARIUM_RACY void averageRows(const RowTable& table, std::span<const std::uint32_t> rows, Real* hidden) {
  const Real scale = Real{1} / static_cast<Real>(rows.size());
  for (std::size_t i = 0; i < table.stride(); i += kRowBlock) {
    simd::Block sum = simd::broadcast(0);
    for (const std::uint32_t row : rows) simd::multiplyAdd(sum, scale, simd::load(table.row(row) + i));
    simd::store(hidden + i, sum);
  }
}

LEXARIUM_RACY void addToRows(RowTable& table, std::span<const std::uint32_t> rows, Real scale,
                             const Real* change) {
  for (const std::uint32_t row : rows) simd::axpy(scale, change, table.row(row), table.stride());
}

LEXARIUM_RACY void prefetchTargets(const RowTable& output, std::span<const Target> targets) {
  for (const Target& target : targets) simd::prefetch(output.row(target.row), output.stride());
}

GloveTables::GloveTables(std::size_t count, std::size_t dimensionCount, std::uint64_t seed)
    : dimensions(dimensionCount),
      half(paddedLength(dimensionCount + 2)),
      words(count, 2 * half),
      contexts(count, 2 * half) {
  Rng rng(seed);
  for (RowTable* table : {&words, &contexts}) {
    for (std::size_t r = 0; r < count; ++r) {
      Real* row = table->row(r);
      for (std::size_t i = 0; i < dimensions; ++i) {
        row[i] = static_cast<Real>((rng.uniform() - 0.5) / static_cast<double>(dimensions));
      }
      row[dimensions + (table == &words ? 1 : 0)] = 1;
      std::fill_n(row + half, half, Real{1});
    }
  }
}

LEXARIUM_RACY Real learnCell(GloveTables& tables, std::uint32_t word, std::uint32_t context, Real logCount,
                             Real weight, Real rate) {
  Real* w = tables.words.row(word);
  Real* c = tables.contexts.row(context);
  const std::size_t half = tables.half;
  const Real difference = simd::dot(w, c, half) - logCount;
  // Cut before it meets the zeros of the padding: an infinite slope would make them NaN.
  const Real slope = std::clamp(weight * difference, Real{-1e10F}, Real{1e10F});
  for (std::size_t i = 0; i < half; i += kRowBlock) {
    const simd::Block oldWord = simd::load(w + i);
    simd::adaGradStep(w + i, w + half + i, simd::load(c + i), slope, kGloveClip, rate);
    simd::adaGradStep(c + i, c + half + i, oldWord, slope, kGloveClip, rate);
  }
  w[tables.dimensions + 1] = 1;
  c[tables.dimensions] = 1;
  return weight * difference * difference / 2;
}

LEXARIUM_RACY void prefetchCell(const GloveTables& tables, std::uint32_t word, std::uint32_t context) {
  for (const RowTable* table : {&tables.words, &tables.contexts}) {
    simd::prefetch(table->row(word), table->stride());
    simd::prefetch(table->row(context), table->stride());
  }
}

}  // namespace lexarium

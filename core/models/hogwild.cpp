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

namespace {

// So many targets' rows and their changes stay in registers.
constexpr std::size_t kTargetsAtOnce = simd::kParts == 1 ? 6 : 3;
constexpr std::size_t kInputsAtOnce = simd::kParts == 1 ? 2 : 1;
constexpr std::size_t kPaddedTargets =
    (kMaximumTargets + kTargetsAtOnce - 1) / kTargetsAtOnce * kTargetsAtOnce;

/// The operands of one step of learnShared(): rows [inputs] and [targets], and a matrix
/// [inputs x targets, padded to a multiple of kTargetsAtOnce] of scores, then of slopes, row after row.
struct SharedStep {
  std::size_t inputCount = 0;
  std::size_t targetCount = 0;
  std::size_t paddedTargets = 0;
  std::size_t stride = 0;
  Real* inputs[kPairsAtOnce];
  Real* targets[kPaddedTargets];
  Real signs[kPaddedTargets];
  alignas(64) Real matrix[kPairsAtOnce + kRowBlock];
};

/// Inner products of kInputs inputs from `c` and kTargetsAtOnce targets from `t`, not yet summed up.
template <std::size_t kInputs>
LEXARIUM_RACY_INLINE void multiplyRows(const SharedStep& step, std::size_t c, std::size_t t,
                                       simd::Block* sums) {
  simd::Block sum[kInputs][kTargetsAtOnce];
#pragma GCC unroll 4
  for (std::size_t a = 0; a < kInputs; ++a) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTargetsAtOnce; ++k) sum[a][k] = simd::broadcast(0);
  }
  for (std::size_t i = 0; i < step.stride; i += kRowBlock) {
    simd::Block x[kInputs];
#pragma GCC unroll 4
    for (std::size_t a = 0; a < kInputs; ++a) x[a] = simd::load(step.inputs[c + a] + i);
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTargetsAtOnce; ++k) {
      const simd::Block row = simd::load(step.targets[t + k] + i);
#pragma GCC unroll 4
      for (std::size_t a = 0; a < kInputs; ++a) simd::multiplyAdd(sum[a][k], x[a], row);
    }
  }
#pragma GCC unroll 4
  for (std::size_t a = 0; a < kInputs; ++a) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTargetsAtOnce; ++k) sums[a * step.paddedTargets + k] = sum[a][k];
  }
}

/// matrix = inputs * targets^T
LEXARIUM_RACY_INLINE void score(SharedStep& step) {
  alignas(64) simd::Block sums[kPairsAtOnce + kRowBlock];
  for (std::size_t t = 0; t < step.paddedTargets; t += kTargetsAtOnce) {
    std::size_t c = 0;
    for (; c + kInputsAtOnce <= step.inputCount; c += kInputsAtOnce) {
      multiplyRows<kInputsAtOnce>(step, c, t, sums + c * step.paddedTargets + t);
    }
    for (; c < step.inputCount; ++c) multiplyRows<1>(step, c, t, sums + c * step.paddedTargets + t);
  }
  const std::size_t pairs = step.inputCount * step.paddedTargets;
  for (std::size_t p = 0; p < pairs; p += kRowBlock) simd::totals(sums + p, step.matrix + p);
}

/// matrix = rate times the derivative of the log-likelihood by each score
LEXARIUM_RACY_INLINE void slopesFromScores(SharedStep& step, Real rate, LossSum& loss) {
  alignas(64) Real signs[kPairsAtOnce + kRowBlock];
  const std::size_t pairs = step.inputCount * step.paddedTargets;
  for (std::size_t c = 0; c < step.inputCount; ++c) {
    const std::size_t first = c * step.paddedTargets;
    for (std::size_t t = 0; t < step.paddedTargets; ++t) signs[first + t] = step.signs[t];
    for (std::size_t t = step.targetCount; t < step.paddedTargets; ++t) step.matrix[first + t] = 1000;
  }
  const std::size_t last = pairs / LossSum::kLanes * LossSum::kLanes;
  if (last < pairs) LossSum::padLanes(pairs - last, step.matrix + last, signs + last);
  for (std::size_t p = 0; p < pairs; p += LossSum::kLanes) {
    loss.add(step.matrix + p, signs + p, step.matrix + p);
  }
  for (std::size_t p = 0; p < pairs; ++p) step.matrix[p] *= rate;
  for (std::size_t c = 0; c < step.inputCount; ++c) {
    for (std::size_t t = step.targetCount; t < step.paddedTargets; ++t) {
      step.matrix[c * step.paddedTargets + t] = 0;
    }
  }
}

/// targets += matrix^T * inputs, inputs += matrix * targets, both with the old rows.
LEXARIUM_RACY_INLINE void moveRows(const SharedStep& step) {
  alignas(64) simd::Block inputChange[kPairsAtOnce];
  alignas(64) simd::Block targetChange[kPaddedTargets];
  for (std::size_t i = 0; i < step.stride; i += kRowBlock) {
    for (std::size_t t = 0; t < step.paddedTargets; t += kTargetsAtOnce) {
      simd::Block row[kTargetsAtOnce];
      simd::Block change[kTargetsAtOnce];
#pragma GCC unroll 8
      for (std::size_t k = 0; k < kTargetsAtOnce; ++k) {
        row[k] = simd::load(step.targets[t + k] + i);
        change[k] = simd::broadcast(0);
      }
      for (std::size_t c = 0; c < step.inputCount; ++c) {
        const Real* slopes = step.matrix + c * step.paddedTargets + t;
        const simd::Block x = simd::load(step.inputs[c] + i);
        simd::Block sum = t == 0 ? simd::broadcast(0) : inputChange[c];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTargetsAtOnce; ++k) {
          simd::multiplyAdd(change[k], slopes[k], x);
          simd::multiplyAdd(sum, slopes[k], row[k]);
        }
        inputChange[c] = sum;
      }
#pragma GCC unroll 8
      for (std::size_t k = 0; k < kTargetsAtOnce; ++k) targetChange[t + k] = change[k];
    }
    // Only now, and by addition: a row that stands twice is moved twice.
    for (std::size_t t = 0; t < step.targetCount; ++t) simd::addTo(step.targets[t] + i, targetChange[t]);
    for (std::size_t c = 0; c < step.inputCount; ++c) simd::addTo(step.inputs[c] + i, inputChange[c]);
  }
}

}  // namespace

LEXARIUM_RACY void learnShared(RowTable& input, std::span<const std::uint32_t> inputs, RowTable& output,
                               std::span<const Target> targets, Real rate, LossSum& loss) {
  assert(targets.size() <= kMaximumTargets);
  SharedStep step;
  step.stride = output.stride();
  step.targetCount = targets.size();
  step.paddedTargets = (targets.size() + kTargetsAtOnce - 1) / kTargetsAtOnce * kTargetsAtOnce;
  for (std::size_t t = 0; t < step.paddedTargets; ++t) {
    const Target& target =
        targets[t < step.targetCount ? t : 0];  // the padding: any row, with slopes of nought
    step.targets[t] = output.row(target.row);
    step.signs[t] = t < step.targetCount ? target.sign : Real{1};
  }
  const std::size_t inputsAtOnce = kPairsAtOnce / step.paddedTargets;
  for (std::size_t first = 0; first < inputs.size(); first += inputsAtOnce) {
    step.inputCount = std::min(inputsAtOnce, inputs.size() - first);
    for (std::size_t c = 0; c < step.inputCount; ++c) step.inputs[c] = input.row(inputs[first + c]);
    score(step);
    slopesFromScores(step, rate, loss);
    moveRows(step);
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

LEXARIUM_RACY void prefetchRow(const RowTable& table, std::uint32_t row) {
  simd::prefetch(table.row(row), table.stride());
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

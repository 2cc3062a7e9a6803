// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/matrix.h"
#include "core/models/logistic.h"
#include "core/models/row_table.h"

// The only place in Lexarium where a data race is allowed.
//
// In Execution::Mode::Fastest several threads update the same tables without locks (Niu et al. 2011,
// "Hogwild!: A Lock-Free Approach to Parallelizing Stochastic Gradient Descent"): two threads rarely meet on
// a row, and a lost update does no harm. All functions that touch shared rows during training are here; they
// work on plain numbers that are loaded and stored whole, and are hidden from the thread sanitizer one by
// one. In Reproducible mode the very same functions run on one thread at a time. Everything else (samplers,
// sums of the loss, schedules) is never shared.

namespace lexarium {

/// A classifier to be trained: a row of the output table and what it should answer.
struct Target {
  std::uint32_t row;
  Real sign;  ///< +1: yes, -1: no
};

/// Targets of one prediction: at most this many (100 negatives and the word itself; paths of a Huffman tree
/// over 64-bit counts have fewer steps than 93).
inline constexpr std::size_t kMaximumTargets = 128;

/// Logistic regression of all targets on one hidden vector h [stride]; both objectives of Word2Vec are this.
/// The loss of the prediction is
///   L = - sum_k log s(t_k v'_k . h)
/// with v'_k the output rows: negative sampling with t = (+1, -1 ... -1) is Mikolov et al. 2013b
/// (arXiv:1310.4546), equation 4; hierarchical softmax with the nodes of the path is equation 3. One step of
/// gradient descent:
///   g_k     = t_k s(-t_k v'_k . h)                 (= - dL / d(v'_k . h))
///   change += rate * sum_k g_k v'_k                (= - rate * dL/dh, with the rows before the update)
///   v'_k   += rate * g_k h
/// `change` may be h itself. Targets may repeat. Adds L to `loss`.
void learnTargets(const Real* hidden, Real* change, RowTable& output, std::span<const Target> targets,
                  Real rate, LossSum& loss);

/// The same for many hidden vectors and one set of targets, as the work of small matrix products: h_c the
/// rows `inputs` of `input`, v'_k the rows of `targets` in `output`, and the loss
///   L = - sum_c sum_k log s(t_k v'_k . h_c),
/// one step of gradient descent in all h_c and v'_k, with all rows as they were before it. Negative samples
/// that a window shares are this (Ji, Satish, Li & Dubey 2016, arXiv:1604.04661, section III.B). Rows may
/// repeat. Up to kMaximumTargets targets; more than kPairsAtOnce pairs are taken in several steps.
void learnShared(RowTable& input, std::span<const std::uint32_t> inputs, RowTable& output,
                 std::span<const Target> targets, Real rate, LossSum& loss);
inline constexpr std::size_t kPairsAtOnce = 256;

/// hidden = mean of the rows; at least one.
void averageRows(const RowTable& table, std::span<const std::uint32_t> rows, Real* hidden);
/// Each row += scale * change.
void addToRows(RowTable& table, std::span<const std::uint32_t> rows, Real scale, const Real* change);

/// Has the row or rows fetched into the cache.
void prefetchRow(const RowTable& table, std::uint32_t row);
void prefetchTargets(const RowTable& output, std::span<const Target> targets);

/// Both tables of GloVe. A row [2 * half] is a word's numbers and after them AdaGrad's sums of squares:
///   words     w_1 ... w_d  b  1  0 ...   |  sums
///   contexts  w~_1 ... w~_d  1  b~  0 ... |  sums
/// so that w . w~ + b + b~ is one inner product of d + 2 numbers, and the gradient of the biases needs no
/// code of its own.
struct GloveTables {
  GloveTables() = default;
  GloveTables(std::size_t count, std::size_t dimensions, std::uint64_t seed);

  std::size_t dimensions = 0;
  std::size_t half = 0;
  RowTable words;
  RowTable contexts;
};

/// One cell X_ij > 0 of Pennington et al. 2014, equation 8, with half of its square as in their program:
///   L = 1/2 f(X_ij) (w_i . w~_j + b_i + b~_j - log X_ij)^2,   returned.
/// `weight` is f(X_ij). One step of AdaGrad (Duchi et al. 2011) for each of w_i, w~_j, b_i, b~_j with
/// gradients cut to
/// [-kGloveClip, kGloveClip], so that no number can run away.
Real learnCell(GloveTables& tables, std::uint32_t word, std::uint32_t context, Real logCount, Real weight,
               Real rate);
inline constexpr Real kGloveClip = 100;
/// Has all four rows of a cell and its mirror image fetched.
void prefetchCell(const GloveTables& tables, std::uint32_t word, std::uint32_t context);

}  // namespace lexarium

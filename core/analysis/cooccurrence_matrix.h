// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/base/progress.h"
#include "core/models/model_rows.h"
#include "core/models/training_text.h"

namespace lexarium {

/// Which words count as standing together: what a run's parameters say, so that the counts are those that
/// GloVe trains on.
struct CooccurrenceRule {
  std::uint32_t window = 5;
  TrainingText::Limits limits;

  /// From "window", "min_count", "max_vocabulary" and "cross_sentences".
  static CooccurrenceRule fromParams(const ParamSet& params);
};

/// Counts of some words among themselves. X_ij is the sum of 1/d over all pairs of places of i and j that are
/// d <= window words apart, to either side, in one piece of the text (Pennington et al. 2014, section 4.2),
/// as countCooccurrences() has it; X_ij = X_ji.
struct CooccurrenceMatrix {
  std::vector<TokenId> words;
  Matrix counts;             ///< [words x words]
  Eigen::VectorXd wordSums;  ///< [words]: sum of X_ik over all words k of the text
  double total = 0;          ///< sum of all X of the text
};

/// One pass over the text. Words that the rule leaves out have counts of 0. Errors: the rule leaves no words;
/// cancelled.
Expected<CooccurrenceMatrix> countAmong(const std::shared_ptr<const Corpus>& corpus,
                                        const CooccurrenceRule& rule, std::vector<TokenId> words,
                                        const TaskContext& context = {});

/// The part of the matrix for some of its words, in that order.
CooccurrenceMatrix partOf(const CooccurrenceMatrix& matrix, std::span<const Eigen::Index> places);
/// Places of the `count` words that keep the most telling company among the others (sum of X_ij max(0, PMI)),
/// ordered so that words that go together stand together: from the most telling one always on to the word
/// that goes best with the last ones.
std::vector<Eigen::Index> orderedByCompany(const CooccurrenceMatrix& matrix, std::size_t count);

/// How a cell is shown.
enum class CooccurrenceMeasure { Count, LogCount, Ppmi };
/// [words x words]. Log of 0 is NaN. Ppmi: max(0, log(X_ij X / (X_i X_j))), natural logarithm (Levy &
/// Goldberg 2014, "Neural word embedding as implicit matrix factorization", section 3.2).
Matrix measured(const CooccurrenceMatrix& matrix, CooccurrenceMeasure measure);

/// GloVe's own idea of log X_ij: w_i . w~_j + b_i + b~_j (Pennington et al. 2014, equation 7).
/// [words x words], NaN where `rows` lacks a row.
Matrix reconstructedLogCounts(const ModelRows& rows, std::span<const TokenId> words);
/// Reconstruction minus log X_ij; NaN where X_ij = 0: of those cells the model is told nothing.
Matrix residuals(const Matrix& reconstruction, const CooccurrenceMatrix& matrix);

/// The words that keep the most telling company with `word`: by X_ij max(0, log(X_ij X / (X_i X_j))), the
/// most telling first, at most `count`, without the word itself. Errors as countAmong().
Expected<std::vector<TokenId>> companyOf(const std::shared_ptr<const Corpus>& corpus,
                                         const CooccurrenceRule& rule, TokenId word, std::size_t count,
                                         const TaskContext& context = {});

/// Frequent words that carry meaning by themselves, at most `count`: ids below `words` but for the most
/// frequent ones (mostly function words), numbers, and words of one or two letters in a script of letters.
std::vector<TokenId> contentWords(const Vocabulary& vocabulary, std::size_t words, std::size_t count);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/word2vec.h"

namespace lexarium {

/// One window of skip-gram pair by pair, each with noise words of its own; the formula stands above the code.
void updateSkipGram(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                    Word2VecTally& tally);
/// One window of skip-gram in one step, all pairs with the same noise words.
void updateSkipGramShared(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                          Word2VecTally& tally);
ModelInfo skipGramModel();

}  // namespace lexarium

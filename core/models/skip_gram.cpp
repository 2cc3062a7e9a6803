// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skip_gram.h"

namespace lexarium {

// Mikolov et al. 2013a (arXiv:1301.3781), section 3.2, and 2013b (arXiv:1310.4546), equation 1: each word of
// the text predicts each word around it,
//   L = - sum_t sum_{-b <= j <= b, j != 0} log p(w_{t+j} | w_t),
// log p by negative sampling (2013b, equation 4) or hierarchical softmax (equation 3). The input row of w_t
// moves after each pair. One training pair is one (w_t, w_{t+j}).
void updateSkipGram(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                    Word2VecTally& tally) {
  Real* input = tables.input.row(window.centre);
  const std::size_t pairs = window.left.size() + window.right.size();
  const auto contextAt = [&](std::size_t i) {
    return i < window.left.size() ? window.left[i] : window.right[i - window.left.size()];
  };
  // The targets of the next pair are drawn, and on their way to the cache, while this one is computed.
  Target* space = tally.targets.data();
  std::span<const Target> targets = tables.drawTargets(contextAt(0), rng, space);
  for (std::size_t i = 0; i < pairs; ++i) {
    std::span<const Target> nextTargets;
    if (i + 1 < pairs) {
      nextTargets = tables.drawTargets(contextAt(i + 1), rng, space + (i + 1) % 2 * kMaximumTargets);
      prefetchTargets(tables.output, nextTargets);
    }
    learnTargets(input, input, tables.output, targets, rate, tally.loss);
    tally.cost += costOfRows(tables.output, targets.size());
    targets = nextTargets;
  }
  tally.examples += pairs;
}

ModelInfo skipGramModel() {
  ModelInfo info;
  info.id = "skip-gram";
  info.title = "Skip-gram";
  info.summary = "Learns a vector for each word by guessing the words around it; good for rare words.";
  info.citation =
      "Mikolov, Chen, Corrado & Dean 2013, arXiv:1301.3781; Mikolov, Sutskever, Chen, Corrado & Dean 2013, "
      "arXiv:1310.4546";
  info.lossLabel = "Loss (mean per training pair)";
  info.params = word2VecParams(0.025);
  info.create = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params, const Execution& execution) {
    return createWord2Vec(std::move(corpus), params, execution, updateSkipGram);
  };
  return info;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/cbow.h"

#include <algorithm>

namespace lexarium {

// Mikolov et al. 2013a (arXiv:1301.3781), section 3.1: the mean of the context's vectors predicts the word,
//   L = - sum_t log p(w_t | h),   h = 1/C sum_{-b <= j <= b, j != 0} v(w_{t+j}),
// C words in the context; log p as for skip-gram. By the chain rule each context word gets 1/C of the
// gradient of h. (word2vec.c leaves that factor out, which is not the gradient of any loss: Irsoy, Benton &
// Stratos 2021, arXiv:2012.15332.) One training pair is one (context, w_t).
void updateCbow(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                Word2VecTally& tally) {
  auto& context = tally.context;
  context.assign(window.left.begin(), window.left.end());
  context.insert(context.end(), window.right.begin(), window.right.end());

  const std::span<const Target> targets = tables.drawTargets(window.centre, rng, tally.targets.data());
  prefetchTargets(tables.output, targets);
  averageRows(tables.input, context, tally.hidden.get());
  std::fill_n(tally.change.get(), tables.input.stride(), Real{0});
  learnTargets(tally.hidden.get(), tally.change.get(), tables.output, targets, rate, tally.loss);
  addToRows(tables.input, context, Real{1} / static_cast<Real>(context.size()), tally.change.get());
  tally.cost += costOfRows(tables.output, targets.size()) + costOfRows(tables.input, context.size());
  tally.examples += 1;
}

ModelInfo cbowModel() {
  ModelInfo info;
  info.id = "cbow";
  info.title = "CBOW";
  info.summary =
      "Learns a vector for each word by guessing it from the words around it; several times faster.";
  info.citation =
      "Mikolov, Chen, Corrado & Dean 2013, arXiv:1301.3781; Mikolov, Sutskever, Chen, Corrado & Dean 2013, "
      "arXiv:1310.4546";
  info.lossLabel = "Loss (mean per training pair)";
  info.params = word2VecParams(0.05);
  info.create = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params, const Execution& execution) {
    return createWord2Vec(std::move(corpus), params, execution, updateCbow);
  };
  return info;
}

}  // namespace lexarium

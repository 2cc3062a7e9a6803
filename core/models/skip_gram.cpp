// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skip_gram.h"

namespace lexarium {
namespace {

constexpr const char* kShareNegatives = "share_negatives";

}  // namespace

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

namespace {

// The rows that the next windows need first come into the cache while this one is computed: the word after
// next, and the word that enters the window after next.
void fetchAhead(const Word2VecTables& tables, std::span<const TokenId> ahead) {
  if (ahead.size() > tables.window + 1) prefetchRow(tables.input, ahead[tables.window + 1]);
  if (ahead.size() < 2) return;
  if (tables.negatives > 0) {
    prefetchRow(tables.output, ahead[1]);
  } else {
    for (const TreeStep& step : tables.tree.path(ahead[1])) prefetchRow(tables.output, step.node);
  }
}

// Noise words are drawn a window before they are needed, for the same reason.
void drawNoise(const Word2VecTables& tables, Rng& rng, std::vector<TokenId>& noise) {
  noise.clear();
  for (std::size_t n = 0; n < tables.negatives; ++n) {
    noise.push_back(tables.noise.draw(rng));
    prefetchRow(tables.output, noise.back());
  }
}

}  // namespace

// The same loss with another order of its terms: all pairs that have word w_t as w_{t+j} are learned in one
// step,
//   L = - sum_t sum_{-b <= j <= b, j != 0} log p(w_t | w_{t+j}),
// as in word2vec.c, whose windows have the context words as input too. With negative sampling they share one
// set of noise words (Ji, Satish, Li & Dubey 2016, arXiv:1604.04661, section III.B), with hierarchical
// softmax the path of w_t is the same for all anyway. One training pair is one (w_{t+j}, w_t).
void updateSkipGramShared(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                          Word2VecTally& tally) {
  auto& context = tally.context;
  context.assign(window.left.begin(), window.left.end());
  context.insert(context.end(), window.right.begin(), window.right.end());
  std::span<const Target> targets;
  if (tables.negatives == 0) {
    targets = tables.drawTargets(window.centre, rng, tally.targets.data());
  } else {
    if (tally.noise.empty()) drawNoise(tables, rng, tally.noise);
    targets = negativeTargets(window.centre, tally.noise, tally.targets.data());
    drawNoise(tables, rng, tally.noise);
  }
  fetchAhead(tables, window.ahead);
  learnShared(tables.input, context, tables.output, targets, rate, tally.loss);
  tally.cost += costOfShared(tables, context.size(), targets.size());
  tally.examples += context.size();
}

ModelInfo skipGramModel() {
  ModelInfo info;
  info.id = "skip-gram";
  info.title = "Skip-gram";
  info.summary = "Learns a vector for each word by guessing the words around it; good for rare words.";
  info.citation =
      "Mikolov, Chen, Corrado & Dean 2013, arXiv:1301.3781; Mikolov, Sutskever, Chen, Corrado & Dean 2013, "
      "arXiv:1310.4546; shared negatives: Ji, Satish, Li & Dubey 2016, arXiv:1604.04661";
  info.lossLabel = "Loss (mean per training pair)";
  info.params = word2VecParams(0.025);
  ParamSpec share = booleanParam(
      kShareNegatives, "Share negatives",
      "All words around a word are compared with the same random words, which is many times faster at equal "
      "quality; off: each with random words of its own, as first published.",
      true);
  share.enabledBy = "objective=negative-sampling";
  share.advanced = true;
  info.params.push_back(std::move(share));
  info.create = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params, const Execution& execution) {
    const bool onePath = params.getChoice("objective") == kHierarchicalSoftmax;
    const bool shared = onePath || params.getBool(kShareNegatives);
    return createWord2Vec(std::move(corpus), params, execution,
                          shared ? updateSkipGramShared : updateSkipGram);
  };
  return info;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_search.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/models/sampling.h"

namespace lexarium {
namespace {

struct Candidate {
  double logProbability = 0;
  std::size_t beam = 0;
  TokenId token = 0;
};

std::vector<float> softmaxOfColumn(const Matrix& logits, Index column) {
  std::vector<float> values(static_cast<std::size_t>(logits.rows()));
  for (Index i = 0; i < logits.rows(); ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(logits(i, column));
  return softmaxOf(values);
}

/// The likeliest ways on of all beams.
std::vector<Candidate> bestCandidates(const std::vector<Hypothesis>& beams,
                                      const std::vector<std::vector<float>>& p, TokenId begin,
                                      std::size_t count) {
  std::vector<Candidate> all;
  for (std::size_t b = 0; b < beams.size(); ++b) {
    for (TokenId token = 0; token < p[b].size(); ++token) {
      if (token == begin) continue;
      all.push_back({beams[b].logProbability + lnOf(p[b][token]), b, token});
    }
  }
  const auto better = [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.logProbability, a.beam, a.token) < std::tuple(-b.logProbability, b.beam, b.token);
  };
  count = std::min(count, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(), better);
  all.resize(count);
  return all;
}

Hypothesis wentOn(const Hypothesis& beam, const Candidate& candidate, float probability,
                  const Matrix& weights) {
  Hypothesis next = beam;
  next.tokens.push_back(candidate.token);
  next.probabilities.push_back(probability);
  next.logProbability = candidate.logProbability;
  if (weights.size() > 0)
    next.attention.emplace_back(weights.col(static_cast<Index>(candidate.beam)).cast<float>());
  return next;
}

}  // namespace

double lnOf(float probability) { return std::log(std::max(1e-30, static_cast<double>(probability))); }

std::vector<Hypothesis> searchBeams(const PairNet& net, const Parameters& parameters,
                                    std::span<const TokenId> source, TokenId begin, std::size_t width,
                                    std::size_t longest) {
  const TokenId end = begin + 1;
  width = std::max<std::size_t>(1, width);
  Tape tape(parameters);
  DecoderState state;
  const Memory memory = net.encode(tape, source, state);
  std::vector<Hypothesis> beams(1), ended;
  std::vector<TokenId> tokens{begin};
  for (std::size_t step = 0; step < longest && !beams.empty(); ++step) {
    Matrix weights;
    const Matrix logits = net.step(tape, memory, tokens, state, &weights);
    std::vector<std::vector<float>> p;
    for (std::size_t b = 0; b < beams.size(); ++b)
      p.push_back(softmaxOfColumn(logits, static_cast<Index>(b)));
    std::vector<Hypothesis> next;
    std::vector<std::size_t> columns;
    tokens.clear();
    for (const Candidate& candidate : bestCandidates(beams, p, begin, width - ended.size())) {
      Hypothesis beam = wentOn(beams[candidate.beam], candidate, p[candidate.beam][candidate.token], weights);
      if (candidate.token == end) {
        ended.push_back(std::move(beam));
        continue;
      }
      next.push_back(std::move(beam));
      columns.push_back(candidate.beam);
      tokens.push_back(candidate.token);
    }
    state = state.of(columns);
    beams = std::move(next);
    if (ended.size() >= width) break;
  }
  ended.insert(ended.end(), beams.begin(), beams.end());
  std::stable_sort(ended.begin(), ended.end(),
                   [](const Hypothesis& a, const Hypothesis& b) { return a.score() > b.score(); });
  ended.resize(std::min(ended.size(), width));
  return ended;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_search.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/models/sampling.h"

namespace lexarium {
namespace {

struct Candidate {
  double logProbability = 0;  // of all tokens with it
  std::size_t beam = 0;
  TokenId token = 0;
  float probability = 0;

  bool operator<(const Candidate& other) const {
    return std::tuple(-logProbability, beam, token) <
           std::tuple(-other.logProbability, other.beam, other.token);
  }
};

std::vector<float> softmaxOfColumn(const Matrix& logits, Index column) {
  std::vector<float> values(static_cast<std::size_t>(logits.rows()));
  for (Index i = 0; i < logits.rows(); ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(logits(i, column));
  return softmaxOf(values);
}

/// The first ones in order.
void keepBest(std::vector<Candidate>& candidates, std::size_t count) {
  count = std::min(count, candidates.size());
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                    candidates.end());
  candidates.resize(count);
}

class BeamSearch {
 public:
  BeamSearch(const PairNet& net, const Parameters& parameters, std::span<const TokenId> source,
             const SearchOptions& options)
      : net_(net), tape_(parameters), options_(options), width_(std::max<std::size_t>(1, options.beams)) {
    memory_ = net.encode(tape_, source, state_);
    if (options_.tree) options_.tree->nodes.assign(1, {});
  }

  std::vector<Hypothesis> run() {
    std::vector<TokenId> tokens{options_.begin};
    for (std::size_t step = 0; step < options_.longest && !beams_.empty() && ended_.size() < width_; ++step) {
      const Matrix logits = net_.step(tape_, memory_, tokens, state_, &weights_);
      goOn(step, waysOn(logits));
      tokens.clear();
      for (const Hypothesis& beam : beams_) tokens.push_back(beam.tokens.back());
    }
    ended_.insert(ended_.end(), beams_.begin(), beams_.end());
    std::stable_sort(ended_.begin(), ended_.end(),
                     [](const Hypothesis& a, const Hypothesis& b) { return a.score() > b.score(); });
    ended_.resize(std::min(ended_.size(), width_));
    if (options_.tree) markPruned();
    return std::move(ended_);
  }

 private:
  /// Of each beam: its likeliest ways on, as many as could be followed.
  std::vector<Candidate> waysOn(const Matrix& logits) const {
    std::vector<Candidate> all;
    for (std::size_t b = 0; b < beams_.size(); ++b) {
      const std::vector<float> p = softmaxOfColumn(logits, static_cast<Index>(b));
      std::vector<Candidate> ways;
      for (TokenId token = 0; token < p.size(); ++token)
        if (token != options_.begin)
          ways.push_back({beams_[b].logProbability + lnOf(p[token]), b, token, p[token]});
      const TokenId* forced = forcedAt(beams_[b].tokens.size());
      const Candidate chosen = forced ? ways[*forced - (*forced > options_.begin ? 1 : 0)] : Candidate();
      keepBest(ways, width_);
      if (forced &&
          std::none_of(ways.begin(), ways.end(), [&](const Candidate& way) { return way.token == *forced; }))
        ways.push_back(chosen);
      all.insert(all.end(), ways.begin(), ways.end());
    }
    return all;
  }

  const TokenId* forcedAt(std::size_t step) const {
    return step < options_.forced.size() ? &options_.forced[step] : nullptr;
  }

  void goOn(std::size_t step, const std::vector<Candidate>& ways) {
    std::vector<Candidate> followed = ways;
    if (const TokenId* forced = forcedAt(step))
      std::erase_if(followed, [&](const Candidate& way) { return way.token != *forced; });
    else
      keepBest(followed, width_ - ended_.size());
    const std::size_t first = options_.tree ? options_.tree->nodes.size() : 0;
    if (options_.tree)
      for (const Candidate& way : ways) addNode(step, way);
    std::vector<Hypothesis> next;
    std::vector<std::size_t> columns;
    for (const Candidate& way : followed) {
      Hypothesis beam = wentOn(way);
      for (std::size_t i = 0; options_.tree && i < ways.size(); ++i)
        if (ways[i].beam == way.beam && ways[i].token == way.token) beam.node = first + i;
      if (way.token == options_.begin + 1) {
        ended_.push_back(std::move(beam));
        continue;
      }
      next.push_back(std::move(beam));
      columns.push_back(way.beam);
    }
    state_ = state_.of(columns);
    beams_ = std::move(next);
  }

  Hypothesis wentOn(const Candidate& way) const {
    Hypothesis next = beams_[way.beam];
    next.tokens.push_back(way.token);
    next.probabilities.push_back(way.probability);
    next.logProbability = way.logProbability;
    if (weights_.size() > 0)
      next.attention.emplace_back(weights_.col(static_cast<Index>(way.beam)).cast<float>());
    return next;
  }

  void addNode(std::size_t step, const Candidate& way) {
    BeamTree::Node node;
    node.parent = beams_[way.beam].node;
    node.step = step;
    node.token = way.token;
    node.probability = way.probability;
    node.score = way.logProbability / static_cast<double>(step + 1);
    const TokenId* forced = forcedAt(step);
    node.isForced = forced && way.token == *forced;
    node.isEnd = way.token == options_.begin + 1;
    options_.tree->nodes.push_back(std::move(node));
  }

  /// Whatever leads to nothing that is said was given up one step after the last that was followed.
  void markPruned() {
    BeamTree& tree = *options_.tree;
    std::vector<bool> isSaid(tree.nodes.size());
    std::vector<std::size_t> last(tree.nodes.size());  // step of the last node below that was weighed
    tree.said.clear();
    for (const Hypothesis& each : ended_) {
      tree.said.push_back({each.node, {}, each.score()});
      isSaid[each.node] = true;
    }
    isSaid[0] = true;
    for (std::size_t i = tree.nodes.size(); i-- > 1;) {
      const BeamTree::Node& node = tree.nodes[i];
      last[i] = std::max(last[i], node.step);
      last[node.parent] = std::max(last[node.parent], last[i]);
      if (isSaid[i]) isSaid[node.parent] = true;
    }
    for (std::size_t i = 1; i < tree.nodes.size(); ++i)
      if (!isSaid[i]) tree.nodes[i].prunedAt = last[i];
  }

  const PairNet& net_;
  Tape tape_;
  const SearchOptions& options_;
  const std::size_t width_;
  DecoderState state_;
  Memory memory_;
  Matrix weights_;
  std::vector<Hypothesis> beams_{1}, ended_;
};

}  // namespace

double lnOf(float probability) { return std::log(std::max(1e-30, static_cast<double>(probability))); }

std::vector<TokenId> BeamTree::pathTo(std::size_t node) const {
  std::vector<TokenId> path;
  for (; node != 0; node = nodes[node].parent) path.push_back(nodes[node].token);
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<Hypothesis> searchBeams(const PairNet& net, const Parameters& parameters,
                                    std::span<const TokenId> source, const SearchOptions& options) {
  return BeamSearch(net, parameters, source, options).run();
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// Where a model errs: by length and by word.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/analysis/task_evaluation.h"
#include "core/text/corpus.h"

namespace lexarium {
namespace {

/// Mean and variance of some numbers.
struct Moments {
  double count = 0, sum = 0, squares = 0, right = 0, all = 0;

  void add(const ExampleResult& result) {
    all += 1;
    right += result.right ? 1 : 0;
    if (std::isnan(result.loss)) return;
    count += 1;
    sum += result.loss;
    squares += result.loss * result.loss;
  }
  Moments without(const Moments& some) const {
    return {count - some.count, sum - some.sum, squares - some.squares, right - some.right, all - some.all};
  }
  double mean() const { return count > 0 ? sum / count : std::nan(""); }
  double accuracy() const { return all > 0 ? right / all : 0; }
  /// Of the mean.
  double variance() const {
    if (count < 2) return 0;
    const double spread = std::max(0.0, squares - sum * sum / count);
    return spread / (count - 1) / count;
  }
};

/// Inputs of the results as one text each, cut into words.
Expected<std::shared_ptr<const Corpus>> inputsOf(const TaskData& task, std::span<const ExampleResult> results,
                                                 const TaskContext& context) {
  std::vector<NamedText> texts;
  for (const ExampleResult& result : results) {
    const TaskExample& example = task.examples[result.example];
    std::string text = example.input;
    for (const std::string& sentence : example.story) text += '\n' + sentence;
    texts.push_back({std::to_string(texts.size()), std::move(text)});
  }
  SegmentOptions options;
  options.lowerCase = true;
  return corpusFromTexts(task.title, std::move(texts), options, context);
}

}  // namespace

std::vector<LengthBin> errorsByLength(std::span<const ExampleResult> results, std::size_t bins) {
  std::vector<std::size_t> order(results.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return results[a].length < results[b].length; });
  std::vector<LengthBin> found;
  bins = std::max<std::size_t>(1, bins);
  std::size_t at = 0;
  for (std::size_t b = 0; b < bins && at < order.size(); ++b) {
    const std::size_t wanted = order.size() * (b + 1) / bins;
    if (wanted <= at) continue;
    Moments moments;
    LengthBin bin;
    bin.shortest = results[order[at]].length;
    while (at < order.size() && (at < wanted || results[order[at]].length == bin.longest)) {
      bin.longest = results[order[at]].length;
      moments.add(results[order[at++]]);
    }
    bin.examples = static_cast<std::size_t>(moments.all);
    bin.loss = moments.mean();
    bin.accuracy = moments.accuracy();
    found.push_back(bin);
  }
  return found;
}

Expected<std::vector<WordErrors>> errorsByWord(const TaskData& task, std::span<const ExampleResult> results,
                                               const WordErrorOptions& options, const TaskContext& context) {
  std::vector<WordErrors> found;
  const auto read = inputsOf(task, results, context);
  if (context.stopRequested()) return cancelled();
  if (!read) return found;  // not a word in all of them
  const Corpus& corpus = **read;
  std::vector<std::vector<std::size_t>> with(corpus.vocabulary().size());
  Moments all;
  // A text without a word is no document: names tell which one it is.
  for (std::size_t d = 0; d < corpus.documentCount(); ++d) {
    const std::size_t place = std::stoul(corpus.document(d).name);
    const TokenRange range = corpus.document(d).tokens;
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      auto& places = with[corpus.tokens()[t]];
      if (places.empty() || places.back() != place) places.push_back(place);
    }
  }
  for (const ExampleResult& result : results) all.add(result);
  for (TokenId id = 0; id < with.size(); ++id) {
    Moments here;
    for (const std::size_t place : with[id]) here.add(results[place]);
    const Moments others = all.without(here);
    const auto least = static_cast<double>(std::max<std::size_t>(2, options.leastExamples));
    if (here.count < least || others.count < least) continue;
    WordErrors errors;
    errors.word = corpus.vocabulary().word(id);
    errors.with = with[id];
    errors.loss = here.mean();
    errors.accuracy = here.accuracy();
    errors.otherLoss = others.mean();
    const double deviation = std::sqrt(here.variance() + others.variance());
    errors.t = deviation > 0 ? (errors.loss - errors.otherLoss) / deviation : 0;
    found.push_back(std::move(errors));
  }
  const auto looked = static_cast<double>(found.size());
  for (WordErrors& errors : found)
    errors.p = std::min(1.0, looked * std::erfc(std::abs(errors.t) / std::numbers::sqrt2));
  std::stable_sort(found.begin(), found.end(),
                   [](const WordErrors& a, const WordErrors& b) { return a.t > b.t; });
  if (found.size() > options.most) found.resize(options.most);
  return found;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_data.h"

#include <algorithm>
#include <map>

#include "core/autodiff/softmax.h"
#include "core/base/shuffle.h"
#include "core/models/text_tokens.h"

namespace lexarium {
namespace {

constexpr std::size_t kEncodedBetweenReports = 2048;
// In a batch targets of like lengths stand together: examples are drawn in packs of so many batches, which
// are then sorted.
constexpr std::size_t kPack = 8;

}  // namespace

std::vector<TokenId> PairTokens::readSource(std::string_view utf8) const { return readTokens(*source, utf8); }

Expected<PairData> PairData::create(std::shared_ptr<const TaskData> task, const PairOptions& options,
                                    const TaskContext& context) {
  PairData data;
  data.task = std::move(task);
  data.splits = splitExamples(*data.task, options.split);
  const auto& examples = data.task->examples;
  context.report(-1, "Cutting the texts into tokens");
  for (const bool isSource : {true, false}) {
    std::vector<std::string> texts;
    for (const std::uint32_t i : data.splits.train)
      texts.push_back(isSource ? examples[i].input : examples[i].output);
    auto tokenizer = learnTokenizer(texts, options.tokens, options.vocabulary, context);
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    (isSource ? data.tokens.source : data.tokens.target) = std::move(*tokenizer);
  }
  data.sources.resize(examples.size());
  data.targets.resize(examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (i % kEncodedBetweenReports == 0) {
      if (context.stopRequested()) return cancelled();
      context.report(static_cast<double>(i) / static_cast<double>(examples.size()),
                     "Reading the pairs as tokens");
    }
    auto source = data.tokens.readSource(examples[i].input),
         target = data.tokens.readTarget(examples[i].output);
    if (source.size() > options.longest || target.size() > options.longest || target.empty()) {
      ++data.tooLong;
      continue;
    }
    data.sources[i] = std::move(source);
    data.targets[i] = std::move(target);
  }
  const auto left = [&](std::vector<std::uint32_t>& part) {
    std::erase_if(part, [&](std::uint32_t i) { return data.sources[i].empty(); });
  };
  left(data.splits.train);
  left(data.splits.validation);
  left(data.splits.test);
  if (data.splits.train.empty())
    return makeError("All pairs are longer than " + std::to_string(options.longest) + " tokens",
                     data.task->title, "Allow longer ones, or choose larger tokens");
  return data;
}

PairBatch makeBatch(const PairData& data, std::vector<std::uint32_t> examples) {
  PairBatch batch;
  batch.examples = std::move(examples);
  const std::size_t count = batch.examples.size();
  const std::size_t sourceSteps = data.sources[batch.examples[0]].size();
  std::size_t steps = 0;
  for (const std::uint32_t i : batch.examples) steps = std::max(steps, data.targets[i].size() + 1);
  batch.source.resize(sourceSteps * count);
  batch.said.assign(steps * count, data.tokens.end());
  batch.expected.assign(steps * count, kIgnore);
  for (std::size_t b = 0; b < count; ++b) {
    const auto& source = data.sources[batch.examples[b]];
    const auto& target = data.targets[batch.examples[b]];
    for (std::size_t t = 0; t < sourceSteps; ++t) batch.source[t * count + b] = source[t];
    batch.said[b] = data.tokens.begin();
    for (std::size_t t = 0; t <= target.size(); ++t) {
      if (t < target.size()) batch.said[(t + 1) * count + b] = target[t];
      batch.expected[t * count + b] = t < target.size() ? target[t] : data.tokens.end();
    }
    batch.tokens += target.size() + 1;
  }
  return batch;
}

std::vector<std::vector<std::uint32_t>> batchesOf(const PairData& data,
                                                  const std::vector<std::uint32_t>& examples,
                                                  std::size_t size, std::uint64_t seed, std::uint64_t round) {
  std::map<std::size_t, std::vector<std::uint32_t>> byLength;
  for (const std::uint32_t i : examples) byLength[data.sources[i].size()].push_back(i);
  Rng rng = Rng::forStream(seed, round);
  std::vector<std::vector<std::uint32_t>> batches;
  for (auto& [length, group] : byLength) {
    shuffle(group, rng);
    for (std::size_t first = 0; first < group.size(); first += kPack * size) {
      const auto begin = group.begin() + static_cast<std::ptrdiff_t>(first);
      const auto end =
          group.begin() + static_cast<std::ptrdiff_t>(std::min(group.size(), first + kPack * size));
      std::stable_sort(begin, end, [&](std::uint32_t a, std::uint32_t b) {
        return data.targets[a].size() < data.targets[b].size();
      });
      for (auto at = begin; at < end;
           at += std::min<std::ptrdiff_t>(end - at, static_cast<std::ptrdiff_t>(size)))
        batches.emplace_back(at, at + std::min<std::ptrdiff_t>(end - at, static_cast<std::ptrdiff_t>(size)));
    }
  }
  shuffle(batches, rng);
  return batches;
}

}  // namespace lexarium

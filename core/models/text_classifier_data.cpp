// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_data.h"

#include <algorithm>
#include <map>

#include "core/base/shuffle.h"
#include "core/models/text_tokens.h"

namespace lexarium {
namespace {

constexpr std::size_t kReadBetweenReports = 2048;

Expected<void> checkTask(const TaskData& task) {
  const char* const advice = "Choose examples with a text and its class each";
  if (task.kind != TaskKind::Labels) return makeError("The examples have no classes", task.title, advice);
  if (task.labels.size() < 2)
    return makeError("There is only one class, so there is nothing to tell apart", task.title, advice);
  for (const TaskExample& example : task.examples)
    if (example.label >= task.labels.size())
      return makeError("An example is of a class that does not exist", task.title, advice);
  return {};
}

}  // namespace

Expected<LabelData> LabelData::create(std::shared_ptr<const TaskData> task, const LabelOptions& options,
                                      const TaskContext& context) {
  if (auto good = checkTask(*task); !good) return tl::unexpected<Error>(good.error());
  LabelData data;
  data.task = std::move(task);
  data.splits = splitExamples(*data.task, options.split);
  const auto& examples = data.task->examples;
  if (data.splits.train.empty())
    return makeError("There are no examples to learn from", data.task->title, "Choose a file that has some");
  context.report(-1, "Cutting the texts into tokens");
  std::vector<std::string> texts;
  for (const std::uint32_t i : data.splits.train) texts.push_back(examples[i].input);
  auto tokenizer = learnTokenizer(texts, options.tokens, options.vocabulary, context);
  if (!tokenizer) return tl::unexpected(tokenizer.error());
  data.tokenizer = std::move(*tokenizer);
  const std::size_t longest = std::max<std::size_t>(1, options.longest);
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (i % kReadBetweenReports == 0) {
      if (context.stopRequested()) return cancelled();
      context.report(static_cast<double>(i) / static_cast<double>(examples.size()),
                     "Reading the texts as tokens");
    }
    auto ids = readTokens(*data.tokenizer, examples[i].input);
    if (ids.size() > longest) {
      ids.resize(longest);
      ++data.cut;
    }
    data.texts.push_back(std::move(ids));
  }
  return data;
}

LabelBatch makeBatch(const LabelData& data, std::span<const std::uint32_t> examples) {
  LabelBatch batch;
  for (const std::uint32_t i : examples) {
    batch.texts.emplace_back(data.texts[i]);
    batch.labels.push_back(data.task->examples[i].label);
  }
  return batch;
}

std::vector<std::vector<std::uint32_t>> batchesOf(const LabelData& data,
                                                  const std::vector<std::uint32_t>& examples,
                                                  std::size_t size, bool equalLengths, std::uint64_t seed,
                                                  std::uint64_t round) {
  std::map<std::size_t, std::vector<std::uint32_t>> groups;
  for (const std::uint32_t i : examples) groups[equalLengths ? data.texts[i].size() : 0].push_back(i);
  Rng rng = Rng::forStream(seed, round);
  std::vector<std::vector<std::uint32_t>> batches;
  for (auto& [length, group] : groups) {
    shuffle(group, rng);
    for (std::size_t first = 0; first < group.size(); first += size) {
      const auto begin = group.begin() + static_cast<std::ptrdiff_t>(first);
      batches.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, group.size() - first)));
    }
  }
  shuffle(batches, rng);
  return batches;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/file_model.h"

#include <map>
#include <new>
#include <vector>

#include "core/base/file.h"
#include "core/formats/vectors.h"
#include "core/models/model_file.h"
#include "core/models/neural_model.h"
#include "core/models/pair_model.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"

namespace lexarium {
namespace {

std::unique_ptr<Trainer> pastRun(std::shared_ptr<const Corpus> corpus,
                                 std::shared_ptr<const TrainedModel> model,
                                 std::shared_ptr<const EmbeddingTable> vectors) {
  PastRun run;
  run.config.modelId = kFileModelId;
  run.status.state = RunStatus::State::Finished;
  run.vectors = std::move(vectors);
  run.model = std::move(model);
  return Trainer::past(std::move(corpus), std::move(run));
}

/// What the tokens of a model are called, by their number.
std::vector<std::string> tokenLabels(const TrainedModel& model) {
  std::vector<std::string> labels;
  const auto add = [&](const Tokenizer& tokenizer) {
    for (TokenId id = 0; id < tokenizer.size(); ++id) labels.push_back(tokenizer.label(id));
  };
  if (const auto* language = dynamic_cast<const SequenceModel*>(&model)) add(*language->tokenizer());
  if (const auto* pairs = dynamic_cast<const PairModel*>(&model)) add(*pairs->tokens().source);
  if (const auto* classifier = dynamic_cast<const ClassifierModel*>(&model)) add(*classifier->tokenizer());
  if (const auto* stories = dynamic_cast<const StoryModel*>(&model)) labels = stories->words().words();
  return labels;
}

/// Each token as people see it, with its input vector if it is of a language model. Of tokens that look alike
/// the last: single bytes, which stand first, are only used for what has no piece.
NamedVectors tokensOf(const TrainedModel& model) {
  NamedVectors named;
  std::vector<Eigen::Index> columns;
  std::map<std::string, std::size_t> places;
  const std::vector<std::string> labels = tokenLabels(model);
  for (std::size_t id = 0; id < labels.size(); ++id) {
    const std::string& label = labels[id];
    if (label.empty()) continue;
    const auto [place, isNew] = places.try_emplace(label, columns.size());
    if (isNew) {
      named.words.push_back(label);
      columns.push_back(static_cast<Eigen::Index>(id));
    } else {
      columns[place->second] = static_cast<Eigen::Index>(id);
    }
  }
  if (const auto* neural = dynamic_cast<const NeuralModel*>(&model))
    named.vectors = neural->parameters().value(neural->net().table())(Eigen::all, columns);
  return named;
}

Expected<FileVectors> alone(std::shared_ptr<const TrainedModel> model, const std::filesystem::path& path) {
  NamedVectors named = tokensOf(*model);
  FileVectors result;
  result.corpus = corpusOfWords(pathToUtf8(path.filename()), vocabularyOf(named));
  std::shared_ptr<EmbeddingTable> table;
  if (named.vectors.cols() > 0) {
    table = std::make_shared<EmbeddingTable>();
    table->vectors = std::move(named.vectors);
  }
  result.run = pastRun(result.corpus, std::move(model), std::move(table));
  return result;
}

Expected<FileVectors> load(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                           const TaskContext& context) {
  context.report(-1, "Reading the model");
  auto model = readModelFile(path);
  if (!model) return tl::unexpected<Error>(model.error());
  if (context.stopRequested()) return cancelled();
  try {
    if (!corpus) return alone(std::move(*model), path);
    FileVectors result;
    result.run = pastRun(corpus, std::move(*model), nullptr);
    result.corpus = std::move(corpus);
    return result;
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for this model", pathToUtf8(path.filename()),
                     "Close other programs, or choose a smaller one");
  }
}

}  // namespace

Expected<FileVectors> loadFileModel(const std::filesystem::path& path, const TaskContext& context) {
  return load(path, nullptr, context);
}

Expected<FileVectors> loadFileModel(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                                    const TaskContext& context) {
  return load(path, std::move(corpus), context);
}

}  // namespace lexarium

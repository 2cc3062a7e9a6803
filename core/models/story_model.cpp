// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/models/sampling.h"
#include "core/models/story_learner.h"
#include "core/models/text_tokens.h"
#include "core/text/tokenizers.h"

namespace lexarium {
namespace {

constexpr const char* kPrefix = "net.";
constexpr const char* kWords = "words";
constexpr const char* kAnswers = "answers";

bool isPunctuation(char c) { return std::string_view(".,;:!?\"()").find(c) != std::string_view::npos; }

Tensor tensorOfText(const std::string& text) {
  return makeTensor<std::uint8_t>(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()),
                                  {text.size()});
}

Expected<std::vector<std::string>> partsIn(const TensorSet& set, const char* name) {
  const auto found = set.tensors.find(name);
  if (found == set.tensors.end() || found->second.type != TensorType::U8)
    return makeError("A part of the model is missing", name);
  const auto& bytes = found->second.bytes;
  return splitParts({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// Calls work for each word, in lower case (ASCII) and without punctuation.
template <class Work>
void forWords(std::string_view sentence, Work work) {
  std::string word;
  for (const char c : sentence) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!word.empty()) work(word);
      word.clear();
    } else if (!isPunctuation(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  if (!word.empty()) work(word);
}

}  // namespace

std::vector<TokenId> StoryWords::read(std::string_view sentence) const {
  std::vector<TokenId> ids;
  forWords(sentence, [&](const std::string& word) {
    const auto known = ids_.find(word);
    ids.push_back(known == ids_.end() ? 0 : known->second);
  });
  return ids;
}

void StoryWords::learn(std::string_view sentence) {
  forWords(sentence, [&](const std::string& word) {
    if (ids_.try_emplace(word, static_cast<TokenId>(words_.size())).second) words_.push_back(word);
  });
}

StoryWords StoryWords::of(std::vector<std::string> words) {
  StoryWords made;
  made.words_ = std::move(words);
  for (std::size_t i = 1; i < made.words_.size(); ++i) made.ids_[made.words_[i]] = static_cast<TokenId>(i);
  return made;
}

StoryModel::StoryModel(const StoryShape& shape, StoryWords words, std::vector<std::string> answers,
                       const Parameters& parameters)
    : shape_(shape), words_(std::move(words)), answers_(std::move(answers)) {
  auto copy = std::make_shared<Parameters>();
  net_ = std::make_unique<const StoryNet>(shape, *copy);
  std::copy(parameters.values().begin(), parameters.values().end(), copy->values().begin());
  parameters_ = std::move(copy);
}

std::size_t StoryModel::firstRemembered(std::size_t sentences) const {
  return sentences - std::min(sentences, static_cast<std::size_t>(shape_.sentences));
}

/// The probability of each answer.
std::vector<float> StoryModel::read(Tape& tape, const std::vector<std::string>& story,
                                    std::string_view question) const {
  Sentences memories, asked;
  for (std::size_t i = firstRemembered(story.size()); i < story.size(); ++i)
    memories.add(words_.read(story[i]));
  if (memories.count == 0) memories.add({});
  asked.add(words_.read(question));
  const Matrix logits = net_->forward(tape, memories, asked, 1).value();
  std::vector<float> values(static_cast<std::size_t>(logits.rows()));
  for (Index i = 0; i < logits.rows(); ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(logits(i, 0));
  return softmaxOf(values);
}

AttentionTrace StoryModel::look(const Reading& reading) const {
  AttentionTrace trace;
  Tape tape(*parameters_);
  const std::vector<float> p = read(tape, reading.story, reading.input);
  for (std::size_t i = firstRemembered(reading.story.size()); i < reading.story.size(); ++i)
    trace.input.push_back({reading.story[i], {}});
  if (trace.input.empty()) trace.input.push_back({});
  const auto named = std::find(answers_.begin(), answers_.end(), reading.output);
  const auto best = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
  trace.outputText = reading.output.empty() ? answers_[best] : reading.output;
  trace.output.push_back({trace.outputText, {0, trace.outputText.size()}});
  float said = reading.output.empty() ? p[best] : 0;  // it cannot say what it has never heard
  if (!reading.output.empty() && named != answers_.end())
    said = p[static_cast<std::size_t>(named - answers_.begin())];
  trace.probabilities.push_back(said);
  trace.loss = -std::log(std::max(1e-30, static_cast<double>(said)));
  trace.heads.push_back(
      {{"memory", 0, 0}, AttentionAxis::Input, AttentionAxis::Hops, net_->attention(tape, 0)});
  return trace;
}

StoryAnswer StoryModel::answer(const std::vector<std::string>& story, std::string_view question,
                               std::size_t mostOthers) const {
  Tape tape(*parameters_);
  const std::vector<float> p = read(tape, story, question);
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  StoryAnswer answer;
  answer.text = answers_[order[0]];
  answer.probability = p[order[0]];
  for (std::size_t i = 0; i < std::min(mostOthers, order.size()); ++i)
    answer.others.emplace_back(answers_[order[i]], p[order[i]]);
  answer.attention = net_->attention(tape, 0);
  return answer;
}

TensorSet StoryModel::save() const {
  TensorSet set;
  set.metadata[kStoryModelKey] = toJson(shape_);
  set.tensors[kWords] = tensorOfText(joinParts(words_.words()));
  set.tensors[kAnswers] = tensorOfText(joinParts(answers_));
  parameters_->save(set, kPrefix);
  return set;
}

Expected<std::shared_ptr<const StoryModel>> loadStoryModel(const TensorSet& saved) {
  const auto described = saved.metadata.find(kStoryModelKey);
  if (described == saved.metadata.end()) return makeError("It holds no model that answers questions");
  const auto shape = storyShapeFrom(described->second);
  if (!shape) return tl::unexpected(shape.error());
  auto words = partsIn(saved, kWords), answers = partsIn(saved, kAnswers);
  if (!words) return tl::unexpected(words.error());
  if (!answers) return tl::unexpected(answers.error());
  if (static_cast<Index>(words->size()) != shape->words ||
      static_cast<Index>(answers->size()) != shape->answers)
    return makeError("Its words are not as many as its network has");
  // What the file has must be there before memory is taken for it.
  if (countNumbers(*shape) > static_cast<double>(numbersIn(saved)))
    return makeError("It has fewer numbers than its network");
  Parameters parameters;
  const StoryNet net(*shape, parameters);
  if (auto read = parameters.load(saved, kPrefix); !read) return tl::unexpected(read.error());
  return std::make_shared<const StoryModel>(*shape, StoryWords::of(std::move(*words)), std::move(*answers),
                                            parameters);
}

}  // namespace lexarium

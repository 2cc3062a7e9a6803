// SPDX-License-Identifier: GPL-3.0-or-later
// How each kind of model is asked what counted.
#include <algorithm>
#include <numeric>

#include "core/models/neural_model.h"
#include "core/models/pair_model.h"
#include "core/models/saliency_pass.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"
#include "core/models/text_tokens.h"
#include "core/tasks/story_pairs.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostAnswers = 8;

/// Time-major copies.
std::vector<TokenId> copiesOf(const std::vector<TokenId>& ids, Index copies) {
  std::vector<TokenId> all;
  for (const TokenId id : ids) all.insert(all.end(), static_cast<std::size_t>(copies), id);
  return all;
}

/// Runs a pass in which some columns are zeros, and gives its logits.
template <class Forward>
Matrix logitsWith(const Parameters& parameters, std::vector<Index> silent, const StopToken& stop,
                  Forward forward) {
  InputProbe probe;
  probe.silent = std::move(silent);
  Tape tape(parameters);
  tape.stop = stop;
  tape.setProbe(&probe);
  return forward(tape).value();
}

class LanguagePass final : public SaliencyPass {
 public:
  LanguagePass(const NeuralModel& model, std::string_view text, std::size_t mostTokens) : model_(model) {
    if (!model.net().carriesState()) mostTokens = std::min(mostTokens, model.facts().contextLength);
    ids_ = model.tokenizer()->encode(text).ids;
    ids_.resize(std::min(ids_.size(), mostTokens));
    if (ids_.empty()) return;
    input = placedTokens(*model.tokenizer(), text, ids_);
    output.assign(input.begin() + 1, input.end());
    for (std::size_t t = 0; t + 1 < ids_.size(); ++t)
      outputs.push_back({static_cast<Index>(t), static_cast<Index>(ids_[t + 1]), t + 1});
    // What comes next, as it expects.
    Tape tape(model.parameters());
    const MatrixMap said = logits(tape, 1).value();
    Index best = 0;
    said.col(said.cols() - 1).maxCoeff(&best);
    outputs.push_back({said.cols() - 1, best, ids_.size()});
    output.push_back({model.tokenizer()->label(static_cast<TokenId>(best)), {}});
  }

  const Parameters& parameters() const override { return model_.parameters(); }
  Var logits(Tape& tape, Index copies) const override { return read(tape, copiesOf(ids_, copies), copies); }
  Matrix without(std::size_t i, OccludedBy by, const StopToken& stop) const override {
    if (i == 0) by = OccludedBy::Unknown;
    std::vector<Index> silent;
    const auto rest = occluded(ids_, i, by, model_.tokenizer()->unknown(), silent);
    const Matrix said =
        logitsWith(parameters(), std::move(silent), stop, [&](Tape& tape) { return read(tape, rest, 1); });
    if (rest.size() == ids_.size()) return said;
    // The token before now foretells what the one left out foretold.
    Matrix all(said.rows(), said.cols() + 1);
    const auto at = static_cast<Index>(i);
    all << said.leftCols(at), said.rightCols(said.cols() - at + 1);
    return all;
  }

 private:
  Var read(Tape& tape, const std::vector<TokenId>& ids, Index copies) const {
    NetState state = model_.net().zeroState(copies);
    return model_.net().forward(tape, ids, copies, state);
  }

  const NeuralModel& model_;
  std::vector<TokenId> ids_;
};

class PairPass final : public SaliencyPass {
 public:
  PairPass(const PairNet& net, const PairTokens& tokens, const Parameters& parameters, const Reading& reading)
      : net_(net), tokens_(tokens), parameters_(parameters), source_(tokens.readSource(reading.input)) {
    const std::vector<TokenId> target = tokens.readTarget(reading.output);
    input = placedTokens(*tokens.source, reading.input, source_);
    output = placedTokens(*tokens.target, reading.output, target);
    output.push_back({"\u25A0", {}});
    outputText = reading.output;
    said_ = target;
    said_.insert(said_.begin(), tokens.begin());
    for (std::size_t t = 0; t < said_.size(); ++t) {
      const TokenId next = t < target.size() ? target[t] : tokens.end();
      outputs.push_back({static_cast<Index>(t), static_cast<Index>(next), source_.size()});
    }
  }

  const Parameters& parameters() const override { return parameters_; }
  Var logits(Tape& tape, Index copies) const override {
    return net_.forward(tape, copiesOf(source_, copies), copiesOf(said_, copies), copies);
  }
  Matrix without(std::size_t i, OccludedBy by, const StopToken& stop) const override {
    std::vector<Index> silent;
    const auto rest = occluded(source_, i, by, tokens_.source->unknown(), silent);
    return logitsWith(parameters_, std::move(silent), stop,
                      [&](Tape& tape) { return net_.forward(tape, rest, said_, 1); });
  }

 private:
  const PairNet& net_;
  const PairTokens& tokens_;
  const Parameters& parameters_;
  std::vector<TokenId> source_, said_;
};

class ClassifierPass final : public SaliencyPass {
 public:
  ClassifierPass(const ClassifierNet& net, const Tokenizer& tokenizer, const Parameters& parameters,
                 const std::vector<std::string>& labels, std::string_view text)
      : net_(net), tokenizer_(tokenizer), parameters_(parameters), ids_(readTokens(tokenizer, text)) {
    ids_.resize(std::min(ids_.size(), static_cast<std::size_t>(net.shape().longest)));
    input = placedTokens(tokenizer, text, ids_);
    for (std::size_t c = 0; c < labels.size(); ++c) {
      output.push_back({labels[c], {}});
      outputs.push_back({0, static_cast<Index>(c), ids_.size()});
    }
  }

  const Parameters& parameters() const override { return parameters_; }
  bool canCopy() const override { return false; }
  Var logits(Tape& tape, Index) const override { return read(tape, ids_); }
  Matrix without(std::size_t i, OccludedBy by, const StopToken& stop) const override {
    std::vector<Index> silent;
    const auto rest = occluded(ids_, i, by, tokenizer_.unknown(), silent);
    return logitsWith(parameters_, std::move(silent), stop, [&](Tape& tape) { return read(tape, rest); });
  }

 private:
  Var read(Tape& tape, const std::vector<TokenId>& ids) const {
    const std::span<const TokenId> text(ids);
    return net_.forward(tape, {&text, 1});
  }

  const ClassifierNet& net_;
  const Tokenizer& tokenizer_;
  const Parameters& parameters_;
  std::vector<TokenId> ids_;
};

class StoryPass final : public SaliencyPass {
 public:
  StoryPass(const StoryNet& net, const StoryWords& words, const Parameters& parameters,
            const std::vector<std::string>& answers, const Reading& reading)
      : net_(net), parameters_(parameters) {
    const auto& story = reading.story;
    const auto most = static_cast<std::size_t>(net.shape().sentences);
    for (std::size_t i = story.size() - std::min(story.size(), most); i < story.size(); ++i) {
      sentences_.push_back(words.read(story[i]));
      input.push_back({story[i], {}});
    }
    if (sentences_.empty()) return;
    memories_ = together(sentences_);
    asked_.add(words.read(reading.input));
    Tape tape(parameters);
    const Matrix said = logits(tape, 1).value();
    std::vector<std::size_t> order(answers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return said(static_cast<Index>(a), 0) > said(static_cast<Index>(b), 0);
    });
    order.resize(std::min(order.size(), kMostAnswers));
    const auto wanted = std::find(answers.begin(), answers.end(), reading.output);
    if (wanted != answers.end()) {
      const auto place = static_cast<std::size_t>(wanted - answers.begin());
      if (std::find(order.begin(), order.end(), place) == order.end()) order.back() = place;
    }
    for (const std::size_t a : order) {
      output.push_back({answers[a], {}});
      outputs.push_back({0, static_cast<Index>(a), sentences_.size()});
    }
    outputText = answers[order[0]];
  }

  const Parameters& parameters() const override { return parameters_; }
  bool canCopy() const override { return false; }
  Var logits(Tape& tape, Index) const override { return net_.forward(tape, memories_, asked_, 1); }
  std::size_t inputOf(Index column) const override {
    return memories_.sentence[static_cast<std::size_t>(column)];
  }
  Matrix without(std::size_t i, OccludedBy by, const StopToken& stop) const override {
    auto rest = sentences_;
    if (by == OccludedBy::Nothing && rest.size() > 1)
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    else
      rest[i].clear();
    const Sentences memories = together(rest);
    return logitsWith(parameters_, {}, stop,
                      [&](Tape& tape) { return net_.forward(tape, memories, asked_, 1); });
  }

 private:
  static Sentences together(const std::vector<std::vector<TokenId>>& sentences) {
    Sentences all;
    for (const auto& sentence : sentences) all.add(sentence);
    return all;
  }

  const StoryNet& net_;
  const Parameters& parameters_;
  std::vector<std::vector<TokenId>> sentences_;
  Sentences memories_, asked_;
};

}  // namespace

Saliency NeuralModel::explain(const Reading& reading, const SaliencyQuery& query,
                              const StopToken& stop) const {
  return saliencyOf(LanguagePass(*this, reading.input, query.mostTokens), query, stop);
}

Saliency PairModel::explain(const Reading& reading, const SaliencyQuery& query, const StopToken& stop) const {
  Reading whole{askedText(reading.story, reading.input), reading.output};
  if (whole.output.empty()) whole.output = translate(whole.input).front().text;
  Saliency said = saliencyOf(PairPass(*net_, tokens_, *parameters_, whole), query, stop);
  if (!reading.story.empty())
    for (PlacedToken& token : said.input) token.range = {};
  return said;
}

Saliency ClassifierModel::explain(const Reading& reading, const SaliencyQuery& query,
                                  const StopToken& stop) const {
  Saliency said =
      saliencyOf(ClassifierPass(*net_, *tokenizer_, *parameters_, labels_, reading.input), query, stop);
  if (!said.isEmpty()) said.outputText = labels_[classify(reading.input).label];
  return said;
}

Saliency StoryModel::explain(const Reading& reading, const SaliencyQuery& query,
                             const StopToken& stop) const {
  return saliencyOf(StoryPass(*net_, words_, *parameters_, answers_, reading), query, stop);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/ladder.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/models/sequence_learner.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::int64_t kEndless = 100'000;  // epochs: time ends the run
constexpr std::int64_t kLeastUnits = 4, kMostUnits = 2048;
constexpr std::size_t kNotInWords = 20;  // characters between words: spaces, line ends, punctuation

/// About how many tokens a run will have: it makes its tokenizer when it prepares. Characters (the preset)
/// are counted in the words of the text.
std::size_t vocabularyOf(const Corpus& corpus, const ParamSet& params) {
  std::set<char32_t> characters;
  const Vocabulary& words = corpus.vocabulary();
  for (std::size_t id = 0; id < words.size(); ++id) {
    const std::string_view word = words.word(static_cast<TokenId>(id));
    for (std::size_t at = 0; at < word.size();) {
      const Utf8Unit unit = utf8UnitAt(word, at);
      characters.insert(unit.codePoint);
      at += unit.length;
    }
  }
  const std::size_t most = params.contains("vocabulary")
                               ? static_cast<std::size_t>(params.getInt("vocabulary"))
                               : characters.size() + kNotInWords;
  return std::min(most, characters.size() + kNotInWords);
}

std::uint64_t parametersOf(const std::string& kind, const ParamSet& params, std::size_t vocabulary) {
  const auto net = makeSequenceNet(netShapeOf(kind, params, vocabulary));
  return net ? net->countNumbers() : 0;
}

/// Sizes grow with the units: the number of them by bisection.
void fitUnits(const std::string& kind, ParamSet& params, std::size_t vocabulary, std::uint64_t parameters) {
  if (!params.contains("units") || parametersOf(kind, params, vocabulary) == 0) return;
  const std::int64_t heads = params.contains("heads") ? std::max<std::int64_t>(1, params.getInt("heads")) : 1;
  std::int64_t low = kLeastUnits, high = kMostUnits;
  const auto with = [&](std::int64_t units) {
    params.set("units", (units + heads - 1) / heads * heads);
    return parametersOf(kind, params, vocabulary);
  };
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    if (with(middle) < parameters)
      low = middle + 1;
    else
      high = middle;
  }
  const std::uint64_t above = with(low), below = with(std::max(kLeastUnits, low - heads));
  const bool nearerBelow = parameters - std::min(parameters, below) < above - std::min(above, parameters);
  with(nearerBelow ? std::max(kLeastUnits, low - heads) : low);
}

}  // namespace

std::vector<RunConfig> ladderConfigs(const Corpus& corpus, const Execution& execution,
                                     const LadderPlan& plan) {
  std::vector<RunConfig> configs;
  for (const ModelInfo& model : models()) {
    if (model.kind != ModelInfo::Kind::Sequence) continue;
    RunConfig config{model.id, presetFor(model, corpus), execution};
    if (config.params.contains("epochs") && findSpec(model.params, "learning_rate"))
      config.params.set("epochs", kEndless);
    if (plan.parameters > 0)
      fitUnits(model.id, config.params, vocabularyOf(corpus, config.params), plan.parameters);
    configs.push_back(std::move(config));
  }
  return configs;
}

Ladder::Ladder(RunController& runs, QObject* parent) : QObject(parent), runs_(runs) {
  connect(&runs_, &RunController::statusChanged, this, &Ladder::look);
  connect(&runs_, &RunController::stateChanged, this, &Ladder::look);
  connect(&runs_, &RunController::corpusChanged, this, [this] {
    runId_ = 0;
    cancel();
  });
}

void Ladder::start(const LadderPlan& plan) {
  if (isRunning() || runs_.isActive() || !runs_.canTrain()) return;
  plan_ = plan;
  waiting_ = ladderConfigs(*runs_.corpus(), runs_.nextConfig().execution, plan);
  std::reverse(waiting_.begin(), waiting_.end());
  next();
}

void Ladder::cancel() {
  waiting_.clear();
  runId_ = 0;
  stopping_ = false;
  Q_EMIT changed();
}

void Ladder::next() {
  runId_ = 0;
  stopping_ = false;
  if (!waiting_.empty()) {
    const RunConfig config = std::move(waiting_.back());
    waiting_.pop_back();
    runs_.trainWith(config);
    if (runs_.active()) runId_ = runs_.active()->id;
    if (runId_ == 0) waiting_.clear();  // it could not begin, and has said why
  }
  Q_EMIT changed();
}

/// The time is up, or the run has ended by itself.
void Ladder::look() {
  if (runId_ == 0) return;
  const Run* run = nullptr;
  for (const auto& known : runs_.runs())
    if (known->id == runId_) run = known.get();
  if (!run) return cancel();  // removed by a person
  const RunStatus status = run->trainer->status();
  if (isOver(status.state)) {
    // A person who stopped it early wants no more of them.
    if (status.state == RunStatus::State::Stopped && !stopping_) return cancel();
    if (!runs_.isActive()) next();
    return;
  }
  if (status.seconds < plan_.seconds || stopping_) return;
  stopping_ = true;
  runs_.stop();
}

}  // namespace lexarium

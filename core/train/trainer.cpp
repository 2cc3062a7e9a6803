// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <cassert>
#include <new>

#include "core/base/memory.h"
#include "core/train/training_loop.h"

namespace lexarium {
namespace {

/// How many passes over the text the parameters ask for; 0 if the model has no such parameter.
double totalEpochsOf(const ParamSet& params) {
  for (const char* key : {"epochs", "iterations"}) {
    if (params.contains(key)) return static_cast<double>(params.getInt(key));
  }
  return 0;
}

}  // namespace

const char* stateName(RunStatus::State state) {
  switch (state) {
    case RunStatus::State::Preparing:
      return "preparing";
    case RunStatus::State::Running:
      return "running";
    case RunStatus::State::Paused:
      return "paused";
    case RunStatus::State::Finished:
      return "finished";
    case RunStatus::State::Stopped:
      return "stopped";
    case RunStatus::State::Diverged:
      return "diverged";
    case RunStatus::State::Failed:
      return "failed";
  }
  return "failed";
}

double calmerRate(const ParamSpec& spec, double rate) {
  const double* usual = std::get_if<double>(&spec.defaultValue);
  return usual && rate > 2 * *usual ? *usual : rate / 2;
}

Expected<std::unique_ptr<Trainer>> Trainer::create(std::shared_ptr<const Corpus> corpus, RunConfig config) {
  return make(std::move(corpus), std::move(config), nullptr);
}

Expected<std::unique_ptr<Trainer>> Trainer::make(std::shared_ptr<const Corpus> corpus, RunConfig config,
                                                 std::shared_ptr<const Checkpoint> from) {
  const ModelInfo* model = findModel(config.modelId);
  if (!model)
    return makeError("There is no model \"" + config.modelId + "\"", {},
                     "Choose one from the list of models");
  if (const auto valid = validate(model->params, config.params); !valid)
    return tl::unexpected<Error>(valid.error());
  try {
    auto learner = model->create(corpus, config.params, config.execution);
    if (from) learner->expectState();
    if (config.vectors) learner->setVectors(std::exchange(config.vectors, nullptr));
    const double totalEpochs = totalEpochsOf(config.params);
    return createWith(std::move(learner), std::move(corpus), std::move(config), model->params, totalEpochs,
                      std::move(from));
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for this model", {},
                     "Choose fewer dimensions or a higher minimum count");
  }
}

std::unique_ptr<Trainer> Trainer::createWith(std::unique_ptr<Learner> learner,
                                             std::shared_ptr<const Corpus> corpus, RunConfig config,
                                             std::vector<ParamSpec> specs, double totalEpochs,
                                             std::shared_ptr<const Checkpoint> from) {
  std::unique_ptr<Trainer> trainer(new Trainer(std::move(corpus), std::move(config)));
  trainer->loop_ = std::make_unique<TrainingLoop>(std::move(learner), trainer->config_, std::move(specs),
                                                  totalEpochs, trainer->log_, std::move(from));
  return trainer;
}

Expected<std::unique_ptr<Trainer>> Trainer::resumed(std::shared_ptr<const Corpus> corpus,
                                                    std::shared_ptr<const Checkpoint> from,
                                                    const MetricHistory& before,
                                                    std::optional<RunConfig> branch) {
  RunConfig config = branch ? std::move(*branch) : from->config;
  if (auto whole = complete(config); !whole) return tl::unexpected<Error>(whole.error());
  if (config.modelId != from->config.modelId) {
    return makeError("A run of " + from->config.modelId + " cannot go on as " + config.modelId, {},
                     "Start a new run of that model");
  }
  const std::uint64_t step = from->step;
  auto trainer = make(std::move(corpus), std::move(config), std::move(from));
  if (!trainer) return trainer;
  for (const MetricPoint& point : before.points) {
    if (point.step <= step) (*trainer)->log_.append(point);
  }
  for (const MetricFlag& flag : before.flags) {
    if (flag.step <= step) (*trainer)->log_.appendFlag(flag);
  }
  return trainer;
}

std::unique_ptr<Trainer> Trainer::past(std::shared_ptr<const Corpus> corpus, PastRun run) {
  assert(isOver(run.status.state));
  std::unique_ptr<Trainer> trainer(new Trainer(std::move(corpus), std::move(run.config)));
  trainer->history_ = std::move(run.history);
  for (const MetricPoint& point : run.points) trainer->log_.append(point);
  for (MetricFlag& flag : run.flags) trainer->log_.appendFlag(std::move(flag));
  // Frame and whole are one table: whoever wants fewer words takes its first columns.
  std::shared_ptr<const Snapshot> snapshot;
  if (run.vectors || run.model) {
    snapshot = std::make_shared<const Snapshot>(
        Snapshot{run.status.step, run.status.epoch, run.vectors, run.vectors, nullptr, run.model});
  }
  trainer->loop_ = std::make_unique<TrainingLoop>(trainer->config_, std::move(run.status),
                                                  std::move(snapshot), trainer->log_);
  return trainer;
}

Trainer::Trainer(std::shared_ptr<const Corpus> corpus, RunConfig config)
    : corpus_(std::move(corpus)), config_(std::move(config)) {}

Trainer::~Trainer() {
  loop_.reset();
  returnFreeMemory();
}

void Trainer::start() { loop_->run(false); }
void Trainer::startPaused() { loop_->run(true); }
void Trainer::pause() { loop_->pause(); }
void Trainer::resume() { loop_->run(false); }
void Trainer::stepOnce() { loop_->stepOnce(); }
void Trainer::stop() { loop_->stop(); }

Expected<void> Trainer::setLive(const std::string& key, const ParamValue& value) {
  return loop_->setLive(key, value);
}

RunStatus Trainer::status() const { return loop_->status(); }
void Trainer::setProbe(const Probe& probe) { loop_->setProbe(probe); }
void Trainer::requestSnapshot() { loop_->requestSnapshot(); }
std::shared_ptr<const Snapshot> Trainer::snapshot() const { return loop_->snapshot(); }
void Trainer::keepHistory(std::shared_ptr<History> history) {
  history_ = std::move(history);
  loop_->keepHistory(history_);
}

void Trainer::requestCheckpoint() { loop_->requestCheckpoint(); }
void Trainer::keepCheckpoints(bool keep) { loop_->keepCheckpoints(keep); }
std::shared_ptr<const Checkpoint> Trainer::takeCheckpoint() { return loop_->takeCheckpoint(); }

void Trainer::keepGoodStates() { loop_->keepGoodStates(); }
std::shared_ptr<const Checkpoint> Trainer::lastGood() const { return loop_->lastGood(); }

bool Trainer::wait(double timeoutSeconds) {
  return loop_->waitFor([](const RunStatus& status) { return isOver(status.state); }, timeoutSeconds);
}

bool Trainer::waitFor(const std::function<bool(const RunStatus&)>& predicate, double timeoutSeconds) {
  return loop_->waitFor(predicate, timeoutSeconds);
}

}  // namespace lexarium

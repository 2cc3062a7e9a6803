// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>

#include "core/models/learner.h"

namespace lexarium {

/// A learner whose every move a test decides. All vectors hold the number of steps done, so that a table
/// shows of which step it is, and a torn copy would show two.
class FakeLearner final : public Learner {
 public:
  struct Script {
    std::size_t words = 50;
    std::size_t dimensions = 4;
    std::uint64_t steps = 0;  ///< 0: never finishes
    std::function<Expected<void>(const TaskContext&)> prepare;
    std::function<StepReport(StepReport)> step;  ///< changes the default report
    std::function<bool(std::uint64_t)> finite;   ///< by steps done
    std::function<Expected<void>(const std::string&, const ParamValue&)> setLive;
    std::function<void()> copy;  ///< called at the beginning of each copy
    std::function<void()> save;  ///< called at the beginning of each saveState()
  };

  /// What a test may read while the learner works and after it is gone.
  struct Counters {
    std::atomic<std::uint64_t> steps{0};
    std::atomic<std::uint64_t> copies{0};
    std::atomic<std::uint64_t> saves{0};
    std::atomic<bool> gone{false};
  };

  explicit FakeLearner(Script script) : script_(std::move(script)) {}

  ~FakeLearner() override { counters_->gone = true; }

  std::shared_ptr<Counters> counters() const { return counters_; }

  Expected<void> prepare(const TaskContext& context) override {
    return script_.prepare ? script_.prepare(context) : Expected<void>();
  }
  StepReport step() override {
    StepReport report;
    report.step = ++counters_->steps;
    report.lossSum = 30;
    report.examples = 10;
    report.tokens = 100;
    report.epoch =
        script_.steps ? static_cast<double>(report.step) / static_cast<double>(script_.steps) : 0.001;
    report.learningRate = rate_;
    report.finished = script_.steps != 0 && report.step >= script_.steps;
    return script_.step ? script_.step(report) : report;
  }
  std::size_t words() const override { return script_.words; }
  std::size_t dimensions() const override { return script_.dimensions; }
  void copyEmbeddings(std::size_t count, Matrix& out) const override {
    if (script_.copy) script_.copy();
    ++counters_->copies;
    out.setConstant(static_cast<Eigen::Index>(script_.dimensions), static_cast<Eigen::Index>(count),
                    static_cast<Real>(counters_->steps.load()));
  }
  std::uint64_t totalSteps() const override { return script_.steps; }
  Expected<void> setLive(std::string_view key, const ParamValue& value) override {
    if (script_.setLive) {
      if (auto done = script_.setLive(std::string(key), value); !done) return done;
    }
    rate_ = std::get<double>(value);
    return {};
  }
  bool isFinite() const override { return !script_.finite || script_.finite(counters_->steps); }
  TensorSet saveState() const override {
    ++counters_->saves;
    if (script_.save) script_.save();
    TensorSet state;
    const std::uint64_t steps = counters_->steps;
    state.tensors["steps"] = makeTensor<std::uint64_t>({&steps, 1}, {});
    state.tensors["rate"] = makeTensor<double>({&rate_, 1}, {});
    return state;
  }
  Expected<void> restoreState(const TensorSet& state) override {
    std::uint64_t steps = 0;
    if (auto read = readTensor<std::uint64_t>(state, "steps", {}, {&steps, 1}); !read) return read;
    if (auto read = readTensor<double>(state, "rate", {}, {&rate_, 1}); !read) return read;
    counters_->steps = steps;
    return {};
  }

 private:
  Script script_;
  std::shared_ptr<Counters> counters_ = std::make_shared<Counters>();
  double rate_ = 0.025;
};

}  // namespace lexarium

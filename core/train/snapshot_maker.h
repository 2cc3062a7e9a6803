// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/models/learner.h"
#include "core/train/pace.h"
#include "core/train/sequence_moment.h"
#include "core/train/snapshot.h"
#include "core/train/table_pool.h"

namespace lexarium {

/// Copies what pictures need out of a learner, and keeps the last good table. Used by the trainer's thread
/// only. Everything together costs under one per cent of the training time: each kind of copy has a budget by
/// its measured cost (frames 0.6 %, whole tables for a viewer 0.3 %, for safety 0.1 %).
class SnapshotMaker {
 public:
  /// `stop` cuts samples of a language model short.
  explicit SnapshotMaker(const Learner& learner, StopToken stop = {});

  /// Copies the whole table, unless that of `step` is there already. False, and nothing is copied, if a
  /// parameter is no longer finite.
  bool refreshWhole(std::uint64_t step);
  /// The same when the time has come for it; `watched`: somebody looks at the whole table.
  bool refreshWholeIfDue(std::uint64_t step, bool watched);
  /// A step after the newest whole table went well: it is good.
  void confirm() {
    good_ = whole_;
    goodModel_ = wholeModel_;
  }
  /// From now on everything comes from the last good table; returns its step, none if there is no such table.
  std::optional<std::uint64_t> fallBackToGood();
  /// The run is over: from now on everything comes from the newest whole table, and all other copies are let
  /// go. False if there was no memory for that table: then the learner is still needed.
  bool settle();

  bool frameDue() const { return frameBudget_.due(monotonicSeconds()); }
  std::shared_ptr<const Snapshot> make(std::uint64_t step, double epoch, const Probe& probe);
  /// The model as it stands, and what it said last, for the history.
  SequenceMoment sequenceMoment() const;

 private:
  std::shared_ptr<const TrainedModel> modelAt(std::uint64_t step) const;
  void makeSamples(std::uint64_t step, const std::vector<SampleRequest>& requests);
  std::shared_ptr<const EmbeddingTable> makeFrame(std::uint64_t step, std::size_t wanted);
  std::shared_ptr<const ModelRows> makeRows(std::uint64_t step, const RowRequest& request);
  void keepRows();

  const Learner* learner_;  // null: everything comes from whole_
  StopToken stop_;
  bool wholeFits_ = true;  // false: no memory for copies; then there are only frames
  TablePool frames_{2};
  TablePool wholes_{2};
  std::shared_ptr<const EmbeddingTable> frame_;
  std::shared_ptr<const EmbeddingTable> whole_;
  std::shared_ptr<const EmbeddingTable> good_;
  std::shared_ptr<const TrainedModel> wholeModel_;  // of the same step as whole_
  std::shared_ptr<const TrainedModel> goodModel_;
  std::vector<std::shared_ptr<const TextSample>> samples_;
  std::shared_ptr<const ModelRows> rows_;  // of a run that is over: all, in the order of their ids
  // Shares of the training: with FrameClock::kShare all that watching may cost.
  CostBudget frameBudget_{0.004, 0};
  CostBudget watchBudget_{0.002, 0.1};
  CostBudget safetyBudget_{0.001, 1};
  CostBudget sampleBudget_{0.01, 0};
};

}  // namespace lexarium

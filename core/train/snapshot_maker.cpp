// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/snapshot_maker.h"

#include <algorithm>
#include <new>
#include <numeric>

#include "core/train/history_frame.h"

namespace lexarium {
namespace {

// Numbers of one table up to which both are kept at the end of a run: 8 MB a table, so that many runs
// of a session can stay open.
constexpr std::size_t kKeptNumbers = std::size_t{1} << 21;

}  // namespace

SnapshotMaker::SnapshotMaker(const Learner& learner, StopToken stop)
    : learner_(&learner), stop_(std::move(stop)) {}

bool SnapshotMaker::refreshWhole(std::uint64_t step) {
  if (!learner_ || (whole_ && whole_->step == step)) return true;
  const double began = monotonicSeconds();
  if (!learner_->isFinite()) return false;
  if (wholeFits_) {
    try {
      auto table = wholes_.take();
      learner_->copyEmbeddings(learner_->words(), table->vectors);
      table->step = step;
      auto model = learner_->copyModel();
      if (!good_) {
        good_ = table;
        goodModel_ = model;
      }
      whole_ = std::move(table);
      wholeModel_ = std::move(model);
    } catch (const std::bad_alloc&) {
      wholeFits_ = false;  // training goes on without copies
    }
  }
  const double now = monotonicSeconds();
  watchBudget_.spent(now, now - began);
  safetyBudget_.spent(now, now - began);
  return true;
}

bool SnapshotMaker::refreshWholeIfDue(std::uint64_t step, bool watched) {
  const double now = monotonicSeconds();
  if (!safetyBudget_.due(now) && !(watched && watchBudget_.due(now))) return true;
  return refreshWhole(step);
}

std::optional<std::uint64_t> SnapshotMaker::fallBackToGood() {
  learner_ = nullptr;
  whole_ = good_;
  wholeModel_ = goodModel_;
  std::erase_if(samples_, [&](const auto& sample) { return !good_ || sample->step > good_->step; });
  frame_.reset();
  if (!good_) return std::nullopt;
  return good_->step;
}

bool SnapshotMaker::settle() {
  if (!whole_ && learner_) return false;
  if (learner_) keepRows();
  learner_ = nullptr;
  good_.reset();
  goodModel_.reset();
  frame_.reset();
  frames_.close();
  wholes_.close();
  return true;
}

std::shared_ptr<const Snapshot> SnapshotMaker::make(std::uint64_t step, double epoch, const Probe& probe) {
  const double began = monotonicSeconds();
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->step = step;
  snapshot->epoch = epoch;
  snapshot->frame = makeFrame(step, probe.frameWords);
  snapshot->all = whole_;
  snapshot->rows = makeRows(step, probe.rows);
  // Where a copy is there already it costs nothing; at the end of a run it is the result.
  if (probe.model || (whole_ && whole_->step == step)) snapshot->trained = modelAt(step);
  makeSamples(step, probe.samples);
  snapshot->samples = samples_;
  const double now = monotonicSeconds();
  frameBudget_.spent(now, now - began);
  return snapshot;
}

std::shared_ptr<const TrainedModel> SnapshotMaker::modelAt(std::uint64_t step) const {
  const bool wholeIsFresh = whole_ && whole_->step == step;
  return learner_ && !wholeIsFresh ? learner_->copyModel() : wholeModel_;
}

/// New ones when they are others than before, or when the time has come; otherwise those that are there.
void SnapshotMaker::makeSamples(std::uint64_t step, const std::vector<SampleRequest>& requests) {
  const bool same =
      std::equal(requests.begin(), requests.end(), samples_.begin(), samples_.end(),
                 [](const SampleRequest& request, const auto& sample) { return request == sample->request; });
  const double began = monotonicSeconds();
  if (same && (requests.empty() || !learner_ || !sampleBudget_.due(began))) return;
  samples_.clear();
  const auto model = asLanguageModel(requests.empty() ? nullptr : modelAt(step));
  if (!model) return;
  const std::uint64_t said = learner_ ? step : whole_->step;
  for (const SampleRequest& request : requests) {
    auto sample = std::make_shared<TextSample>(speak(*model, request, stop_));
    sample->step = said;
    samples_.push_back(std::move(sample));
  }
  const double now = monotonicSeconds();
  sampleBudget_.spent(now, now - began);
}

SequenceMoment SnapshotMaker::sequenceMoment() const {
  SequenceMoment moment{learner_ ? learner_->copyModel() : wholeModel_, samples_};
  if (moment.model && moment.model->memoryBytes() > HistoryFrame::kMostModelBytes) moment.model.reset();
  return moment;
}

std::shared_ptr<const ModelRows> SnapshotMaker::makeRows(std::uint64_t step, const RowRequest& request) {
  if (request.empty() || (!learner_ && !rows_)) return nullptr;
  auto rows = std::make_shared<ModelRows>();
  if (learner_) {
    learner_->copyRows(request, *rows);
  } else {
    *rows = rows_->selected(request);
  }
  rows->step = step;
  return rows;
}

/// Of a small model all rows, so that it can be looked into when the learner is gone.
void SnapshotMaker::keepRows() {
  if (learner_->words() * learner_->dimensions() > kKeptNumbers) return;
  try {
    RowRequest all;
    all.words.resize(learner_->words());
    std::iota(all.words.begin(), all.words.end(), TokenId{0});
    all.outputs = all.words;
    auto rows = std::make_shared<ModelRows>();
    learner_->copyRows(all, *rows);
    rows_ = std::move(rows);
  } catch (const std::bad_alloc&) {
    // Then there are none.
  }
}

std::shared_ptr<const EmbeddingTable> SnapshotMaker::makeFrame(std::uint64_t step, std::size_t wanted) {
  const bool wholeIsFresh = whole_ && whole_->step == step;
  if (!learner_ && !wholeIsFresh) return nullptr;
  const Eigen::Index words =
      wholeIsFresh ? whole_->vectors.cols() : static_cast<Eigen::Index>(learner_->words());
  const Eigen::Index columns = std::min(static_cast<Eigen::Index>(wanted), words);
  if (columns == 0) return nullptr;
  if (wholeIsFresh && columns == words) return whole_;
  if (frame_ && frame_->step == step && frame_->vectors.cols() == columns) return frame_;
  auto table = frames_.take();
  if (wholeIsFresh) {
    table->vectors = whole_->vectors.leftCols(columns);
  } else {
    learner_->copyEmbeddings(static_cast<std::size_t>(columns), table->vectors);
  }
  table->step = step;
  frame_ = std::move(table);
  return frame_;
}

}  // namespace lexarium

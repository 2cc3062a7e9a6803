// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_embeddings.h"

#include <algorithm>
#include <chrono>

#include "app/cli/bench_machine.h"
#include "app/cli/bench_peer.h"
#include "app/cli/bench_text.h"
#include "app/cli/interrupt.h"
#include "core/models/learner.h"

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

// One thing to measure: a model of ours, and what fasttext calls the same.
struct Contest {
  std::string name;
  std::string model;
  std::string objective;         // empty: the model has none
  std::optional<PeerTask> peer;  // without: cells, not words
  std::string preparing;         // if the preparation is worth a row: its name
};

std::vector<Contest> contests() {
  const char* const negatives = "negative-sampling";
  const char* const tree = "hierarchical-softmax";
  std::vector<Contest> all = {
      {"skip-gram", "skip-gram", negatives, PeerTask{"skipgram", "ns"}, ""},
      {"cbow", "cbow", negatives, PeerTask{"cbow", "ns"}, ""},
      {"skip-gram, hierarchical softmax", "skip-gram", tree, PeerTask{"skipgram", "hs"}, ""},
      {"cbow, hierarchical softmax", "cbow", tree, PeerTask{"cbow", "hs"}, ""},
      {"glove", "glove", "", std::nullopt, "glove, counting"},
  };
  std::erase_if(all, [](const Contest& contest) { return findModel(contest.model) == nullptr; });
  return all;
}

struct Speed {
  double training = 0;   // words of the text (GloVe: non-zero cells) a second, preparation not counted
  double preparing = 0;  // words of the text a second
};

// Once through the text, and on for a second if that was quicker.
Expected<Speed> ourSpeed(const Contest& contest, const std::shared_ptr<const Corpus>& corpus,
                         std::size_t threads) {
  constexpr double kLeastSeconds = 1;
  const ModelInfo& model = *findModel(contest.model);
  ParamSet params = ParamSet::defaultsOf(model.params);
  params.set("epochs", std::int64_t{1000});
  params.set("window", std::int64_t{5});
  if (!contest.objective.empty()) params.set("objective", contest.objective);
  Execution execution;
  execution.threads = threads;
  auto learner = model.create(corpus, params, execution);
  InterruptibleTask task;
  const auto begin = std::chrono::steady_clock::now();
  if (auto prepared = learner->prepare(task.context()); !prepared) {
    return tl::unexpected<Error>(prepared.error());
  }
  Speed speed;
  speed.preparing = static_cast<double>(corpus->tokens().size()) / secondsSince(begin);
  const auto start = std::chrono::steady_clock::now();
  double work = 0;
  while (true) {
    const StepReport report = learner->step();
    work += static_cast<double>(contest.peer ? report.tokens : report.examples);
    if (report.finished || (report.epoch >= 1 && secondsSince(start) >= kLeastSeconds)) break;
    if (interrupted()) return cancelled();
  }
  speed.training = work / secondsSince(start);
  return speed;
}

// What the repetitions of one contest on one number of threads have brought.
struct Times {
  std::vector<double> training, preparing, peer;
};

BenchRow rowOf(const Contest& contest, const Times& times, std::size_t threads) {
  BenchRow row;
  row.name = contest.name;
  row.unit = contest.peer ? "words/s" : "cells/s";
  row.threads = threads;
  row.value = median(times.training);
  if (!times.peer.empty()) {
    row.peer = "fasttext";
    row.peerValue = median(times.peer);
  }
  return row;
}

class Bench {
 public:
  Bench(const BenchRequest& request, std::shared_ptr<const Corpus> corpus, fs::path folder)
      : request_(request), corpus_(std::move(corpus)), folder_(std::move(folder)), peer_(FastText::find()) {}

  Expected<void> prepare() {
    if (!peer_) return {};
    auto written = writeTokens(*corpus_, folder_);
    if (!written) return tl::unexpected<Error>(written.error());
    tokens_ = *written;
    return {};
  }

  /// Everything in turn, so that a machine that slows down slows all.
  Expected<std::vector<BenchRow>> run(const Contest& contest) {
    std::vector<std::size_t> threads = {1};
    if (request_.threads > 1) threads.push_back(request_.threads);
    std::vector<Times> times(threads.size());
    std::vector<double> gains, possibleGains;
    for (std::size_t repetition = 0; repetition < request_.repetitions; ++repetition) {
      for (std::size_t i = 0; i < threads.size(); ++i) {
        if (auto measured = measure(contest, threads[i], times[i]); !measured) {
          return tl::unexpected<Error>(measured.error());
        }
      }
      if (threads.size() == 1) continue;
      gains.push_back(times[1].training.back() / times[0].training.back());
      possibleGains.push_back(registerLoopGain(request_.threads));
    }
    std::vector<BenchRow> rows;
    for (std::size_t i = 0; i < threads.size(); ++i) {
      rows.push_back(rowOf(contest, times[i], threads[i]));
      if (contest.preparing.empty()) continue;
      rows.push_back({contest.preparing, median(times[i].preparing), "words/s", threads[i], "", 0});
    }
    if (!gains.empty()) {
      rows.push_back({contest.name + ", gain", median(gains), "times", request_.threads, "multiply-add loop",
                      median(possibleGains)});
    }
    return rows;
  }

 private:
  Expected<void> measure(const Contest& contest, std::size_t threads, Times& times) const {
    auto speed = ourSpeed(contest, corpus_, threads);
    if (!speed) return tl::unexpected<Error>(speed.error());
    times.training.push_back(speed->training);
    times.preparing.push_back(speed->preparing);
    if (!peer_ || !contest.peer) return {};
    PeerTask task = *contest.peer;
    task.threads = threads;
    auto peer = peer_->wordsPerSecond(task, tokens_, folder_);
    if (!peer) return tl::unexpected<Error>(peer.error());
    times.peer.push_back(*peer);
    return {};
  }

  const BenchRequest& request_;
  std::shared_ptr<const Corpus> corpus_;
  fs::path folder_;
  std::optional<FastText> peer_;
  fs::path tokens_;
};

}  // namespace

Expected<std::vector<BenchRow>> benchEmbeddings(const BenchRequest& request,
                                                const std::function<void(const std::string&)>& onProgress,
                                                const std::function<void(const BenchRow&)>& onRow) {
  auto folder = ScratchFolder::create();
  if (!folder) return tl::unexpected<Error>(folder.error());
  std::vector<BenchRow> rows;
  const auto finished = [&](BenchRow row) {
    onRow(row);
    rows.push_back(std::move(row));
  };
  onProgress("Reading the text");
  const auto start = std::chrono::steady_clock::now();
  auto corpus = loadBenchText(request.corpus, request.megabytes, folder->path());
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  if (!request.corpus.empty()) {
    finished({"reading and cutting text",
              static_cast<double>((*corpus)->textBytes()) / 1e6 / secondsSince(start), "MB/s", 1, "", 0});
  }
  Bench bench(request, *corpus, folder->path());
  if (auto prepared = bench.prepare(); !prepared) return tl::unexpected<Error>(prepared.error());
  for (const auto& contest : contests()) {
    onProgress("Measuring " + contest.name);
    auto measured = bench.run(contest);
    if (!measured) return tl::unexpected<Error>(measured.error());
    for (auto& row : *measured) finished(std::move(row));
  }
  return rows;
}

}  // namespace lexarium::cli

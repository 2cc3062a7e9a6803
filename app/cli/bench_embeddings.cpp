// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_embeddings.h"

#include <algorithm>
#include <chrono>

#include "app/cli/bench_peer.h"
#include "app/cli/interrupt.h"
#include "core/base/file.h"
#include "core/base/thread_pool.h"
#include "core/models/learner.h"
#include "core/text/corpus.h"
#include "core/text/samples.h"

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// The first bytes of the file as a file of its own, cut at white space so that no word is halved.
Expected<fs::path> firstMegabytes(const fs::path& path, std::uint64_t megabytes, const fs::path& folder) {
  auto reader = FileReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  const std::uint64_t limit = megabytes * 1'000'000;
  if (megabytes == 0 || reader->size() <= limit) return path;
  std::string text(static_cast<std::size_t>(limit), '\0');
  auto count = reader->read(text);
  if (!count) return tl::unexpected<Error>(count.error());
  text.resize(*count);
  if (const auto space = text.find_last_of(" \n"); space != std::string::npos) text.resize(space + 1);
  const fs::path part = folder / "part.txt";
  if (auto written = writeFileAtomically(part, text); !written) return tl::unexpected<Error>(written.error());
  return part;
}

Expected<std::shared_ptr<const Corpus>> loadBenchText(const BenchRequest& request, const fs::path& folder) {
  InterruptibleTask task;
  if (request.corpus.empty()) return loadSample(samples().front(), task.context());
  auto path = firstMegabytes(pathFromUtf8(request.corpus), request.megabytes, folder);
  if (!path) return tl::unexpected<Error>(path.error());
  CorpusRequest files;
  files.paths = {*path};
  return loadCorpus(files, task.context());
}

// The very tokens that our models see, a sentence a line.
Expected<fs::path> writeTokens(const Corpus& corpus, const fs::path& folder) {
  const fs::path path = folder / "tokens.txt";
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::string out;
  for (std::size_t sentence = 0; sentence < corpus.sentenceCount(); ++sentence) {
    const TokenRange range = corpus.sentence(sentence);
    for (TokenIndex token = range.begin; token < range.end; ++token) {
      out += corpus.vocabulary().word(corpus.tokens()[token]);
      out += token + 1 < range.end ? ' ' : '\n';
    }
    if (out.size() < (std::size_t{1} << 20)) continue;
    if (auto written = file->write(out); !written) return tl::unexpected<Error>(written.error());
    out.clear();
  }
  if (auto written = file->write(out); !written) return tl::unexpected<Error>(written.error());
  if (auto done = file->commit(); !done) return tl::unexpected<Error>(done.error());
  return path;
}

// One thing to measure: a model of ours, and what fasttext calls the same.
struct Contest {
  std::string name;
  std::string model;
  std::string objective;  // empty: the model has none
  std::size_t threads = 1;
  std::optional<PeerTask> peer;
};

std::vector<Contest> contests() {
  const std::size_t threads = hardwareThreads();
  std::vector<Contest> all = {
      {"skip-gram", "skip-gram", "negative-sampling", 1, PeerTask{"skipgram", "ns", 1}},
      {"cbow", "cbow", "negative-sampling", 1, PeerTask{"cbow", "ns", 1}},
      {"skip-gram, hierarchical softmax", "skip-gram", "hierarchical-softmax", 1,
       PeerTask{"skipgram", "hs", 1}},
      {"glove", "glove", "", 1, std::nullopt},
  };
  if (threads > 1) {
    all.insert(all.begin() + 1,
               {"skip-gram", "skip-gram", "negative-sampling", threads, PeerTask{"skipgram", "ns", threads}});
  }
  std::erase_if(all, [](const Contest& contest) { return findModel(contest.model) == nullptr; });
  return all;
}

// One epoch, preparation not counted: words of the text a second, or pairs (GloVe: non-zero cells) where the
// model does not read the text itself.
Expected<double> ourSpeed(const Contest& contest, const std::shared_ptr<const Corpus>& corpus) {
  const ModelInfo& model = *findModel(contest.model);
  ParamSet params = ParamSet::defaultsOf(model.params);
  params.set("epochs", std::int64_t{1});
  if (!contest.objective.empty()) params.set("objective", contest.objective);
  Execution execution;
  execution.threads = contest.threads;
  auto learner = model.create(corpus, params, execution);
  InterruptibleTask task;
  if (auto prepared = learner->prepare(task.context()); !prepared)
    return tl::unexpected<Error>(prepared.error());
  const auto start = std::chrono::steady_clock::now();
  double work = 0;
  while (true) {
    const StepReport report = learner->step();
    work += static_cast<double>(contest.peer ? report.tokens : report.examples);
    if (report.finished) break;
    if (interrupted()) return cancelled();
  }
  return work / secondsSince(start);
}

Expected<BenchRow> run(const Contest& contest, const BenchRequest& request,
                       const std::shared_ptr<const Corpus>& corpus, const std::optional<FastText>& fastText,
                       const fs::path& tokens, const fs::path& folder) {
  BenchRow row;
  row.name = contest.name;
  row.unit = contest.peer ? "words/s" : "cells/s";
  row.threads = contest.threads;
  std::vector<double> ours, theirs;
  // Interleaved, so that a machine that slows down slows both.
  for (std::size_t repetition = 0; repetition < request.repetitions; ++repetition) {
    auto speed = ourSpeed(contest, corpus);
    if (!speed) return tl::unexpected<Error>(speed.error());
    ours.push_back(*speed);
    if (!fastText || !contest.peer) continue;
    auto peer = fastText->wordsPerSecond(*contest.peer, tokens, folder);
    if (!peer) return tl::unexpected<Error>(peer.error());
    theirs.push_back(*peer);
  }
  row.value = median(ours);
  if (!theirs.empty()) {
    row.peer = "fasttext";
    row.peerValue = median(theirs);
  }
  return row;
}

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
  auto corpus = loadBenchText(request, folder->path());
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  if (!request.corpus.empty()) {
    BenchRow reading;
    reading.name = "reading and cutting text";
    reading.value = static_cast<double>((*corpus)->textBytes()) / 1e6 / secondsSince(start);
    reading.unit = "MB/s";
    finished(reading);
  }

  const auto fastText = FastText::find();
  fs::path tokens;
  if (fastText) {
    auto written = writeTokens(**corpus, folder->path());
    if (!written) return tl::unexpected<Error>(written.error());
    tokens = *written;
  }
  for (const auto& contest : contests()) {
    onProgress("Measuring " + contest.name + ", threads: " + std::to_string(contest.threads));
    auto row = run(contest, request, *corpus, fastText, tokens, folder->path());
    if (!row) return tl::unexpected<Error>(row.error());
    finished(*row);
  }
  return rows;
}

}  // namespace lexarium::cli

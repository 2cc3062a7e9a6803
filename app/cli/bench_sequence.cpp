// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_sequence.h"

#include <chrono>

#include "app/cli/bench_machine.h"
#include "app/cli/bench_peer.h"
#include "app/cli/bench_python.h"
#include "app/cli/bench_rows.h"
#include "app/cli/bench_sequence_peer.h"
#include "app/cli/bench_text.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "core/base/cpu_time.h"
#include "core/models/learner.h"

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

struct SequenceBenchOptions {
  std::string corpus;
  ParamFlags flags;
  bool withoutPeers = false;
  bool json = false;
};

struct SequenceContest {
  std::string name;
  std::string model;
  std::int64_t layers, units, heads, context, batch;
  bool generates = false;  ///< generation is measured too
};

/// The sizes of a lesson, and two for a weekend.
const SequenceContest kSequenceContests[] = {
    {"RNN 128", "rnn", 1, 128, 1, 64, 32},
    {"GRU 128", "gru", 1, 128, 1, 64, 32},
    {"LSTM 128", "lstm", 1, 128, 1, 64, 32, true},
    {"LSTM 512 x 2", "lstm", 2, 512, 1, 128, 64},
    {"Transformer 128 x 4", "transformer", 4, 128, 4, 64, 12, true},
    {"Transformer 384 x 6", "transformer", 6, 384, 6, 256, 16},
};

std::unique_ptr<Learner> learnerFor(const SequenceContest& contest, std::shared_ptr<const Corpus> corpus,
                                    std::size_t threads) {
  const ModelInfo& model = *findModel(contest.model);
  ParamSet params = ParamSet::defaultsOf(model.params);
  const std::pair<const char*, std::int64_t> sizes[] = {
      {"dimensions", contest.units}, {"units", contest.units},     {"layers", contest.layers},
      {"heads", contest.heads},      {"context", contest.context}, {"batch", contest.batch},
      {"epochs", 100'000},           {"validate_every", 0}};
  for (const auto& [key, value] : sizes) {
    if (params.contains(key)) params.set(key, value);
  }
  return model.create(std::move(corpus), params, {.threads = threads});
}

/// Operations of the products that one token needs in a whole step: a multiplication and an addition for each
/// number of a matrix, forward, and twice back; and those of attention. The input side of the first recurrent
/// layer is looked up.
double operationsPerToken(const SequenceContest& contest, double vocabulary) {
  const auto units = static_cast<double>(contest.units), layers = static_cast<double>(contest.layers);
  double products = vocabulary * units;
  if (contest.model == "transformer") {
    products += layers * (12 * units * units + static_cast<double>(contest.context) * units);
  } else {
    const double gates = contest.model == "lstm" ? 4 : contest.model == "gru" ? 3 : 1;
    products += (2 * layers - 1) * gates * units * units;
  }
  return 3 * 2 * products;
}

class SequenceBench {
 public:
  SequenceBench(const SequenceBenchOptions& options, std::shared_ptr<const Corpus> corpus, fs::path folder,
                const BenchProgress& onProgress, const BenchRowSink& onRow)
      : corpus_(std::move(corpus)), folder_(std::move(folder)), onProgress_(onProgress), onRow_(onRow) {
    const auto whole = [&](const char* key) {
      return static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value(key)));
    };
    repetitions_ = whole("repetitions");
    threads_ = whole("threads");
    seconds_ = std::get<double>(options.flags.value("seconds"));
    if (!options.withoutPeers) python_ = pythonWith("torch");
  }

  Expected<std::vector<BenchRow>> run() {
    for (const auto& contest : kSequenceContests) {
      onProgress_("Measuring " + contest.name);
      if (auto done = measureTraining(contest); !done) return tl::unexpected<Error>(done.error());
      if (!contest.generates) continue;
      onProgress_("Measuring what " + contest.name + " says");
      if (auto done = measureGeneration(contest); !done) return tl::unexpected<Error>(done.error());
    }
    return rows_;
  }

 private:
  Expected<double> train(const SequenceContest& contest, std::size_t threads) {
    const auto learner = learnerFor(contest, corpus_, threads);
    InterruptibleTask task;
    if (auto ready = learner->prepare(task.context()); !ready) return tl::unexpected<Error>(ready.error());
    learner->step();
    const auto start = std::chrono::steady_clock::now();
    const double processorStart = threadCpuSeconds();
    double tokens = 0;
    do {
      tokens += static_cast<double>(learner->step().tokens);
      if (interrupted()) return cancelled();
    } while (secondsSince(start) < seconds_);
    perProcessorSecond_ = tokens / (threadCpuSeconds() - processorStart);
    return tokens / secondsSince(start);
  }

  Expected<double> generate(const SequenceContest& contest) const {
    const auto learner = learnerFor(contest, corpus_, 1);
    InterruptibleTask task;
    if (auto ready = learner->prepare(task.context()); !ready) return tl::unexpected<Error>(ready.error());
    const auto model = asLanguageModel(learner->copyModel());
    const auto session = model->start();
    Rng rng(1);
    TokenId token = 0;
    const auto start = std::chrono::steady_clock::now();
    double tokens = 0;
    do {
      for (int i = 0; i < 100; ++i) token = sampleToken(session->feed(token), {}, rng);
      tokens += 100;
      if (interrupted()) return cancelled();
    } while (secondsSince(start) < seconds_);
    return tokens / secondsSince(start);
  }

  Expected<double> peer(const SequenceContest& contest, const char* task) const {
    const auto figures = runPython(
        *python_, kTorchScript,
        {contest.model, std::to_string(contest.layers), std::to_string(contest.units),
         std::to_string(contest.heads), std::to_string(contest.context), std::to_string(contest.batch),
         std::to_string(vocabulary()), std::to_string(seconds_), task},
        folder_, "PyTorch");
    if (!figures) return tl::unexpected<Error>(figures.error());
    if (!figures->contains("speed")) return makeError("PyTorch told no speed", *python_, "Give --no-peers");
    return figures->at("speed");
  }

  /// In turn with the peer, so that a machine that slows down slows both.
  Expected<void> measureTraining(const SequenceContest& contest) {
    std::vector<double> ours, theirs, shares, gains, possible;
    for (std::size_t i = 0; i < repetitions_; ++i) {
      const auto speed = train(contest, 1);
      if (!speed) return tl::unexpected<Error>(speed.error());
      ours.push_back(*speed);
      // Both in processor time: what else the machine does must not count.
      shares.push_back(100 * perProcessorSecond_ *
                       operationsPerToken(contest, static_cast<double>(vocabulary())) / registerLoopSpeed());
      if (python_) {
        const auto other = peer(contest, "train");
        if (!other) return tl::unexpected<Error>(other.error());
        theirs.push_back(*other);
      }
      if (threads_ == 1) continue;
      const auto together = train(contest, threads_);
      if (!together) return tl::unexpected<Error>(together.error());
      gains.push_back(*together / *speed);
      possible.push_back(registerLoopGain(threads_));
    }
    add({contest.name, median(ours), "tokens/s", 1, theirs.empty() ? "" : "PyTorch",
         theirs.empty() ? 0 : median(theirs)});
    add({contest.name + ", of the peak", median(shares), "%", 1, "", 0});
    if (!gains.empty()) {
      add({contest.name + ", gain", median(gains), "times", threads_, "multiply-add loop", median(possible)});
    }
    return {};
  }

  Expected<void> measureGeneration(const SequenceContest& contest) {
    std::vector<double> ours, theirs;
    for (std::size_t i = 0; i < repetitions_; ++i) {
      const auto speed = generate(contest);
      if (!speed) return tl::unexpected<Error>(speed.error());
      ours.push_back(*speed);
      if (!python_) continue;
      const auto other = peer(contest, "generate");
      if (!other) return tl::unexpected<Error>(other.error());
      theirs.push_back(*other);
    }
    add({contest.name + ", generating", median(ours), "tokens/s", 1, theirs.empty() ? "" : "PyTorch",
         theirs.empty() ? 0 : median(theirs)});
    return {};
  }

  void add(BenchRow row) {
    onRow_(row);
    rows_.push_back(std::move(row));
  }

  std::size_t vocabulary() const {
    if (vocabulary_ == 0) {
      const auto learner = learnerFor(kSequenceContests[0], corpus_, 1);
      if (learner->prepare({})) vocabulary_ = asLanguageModel(learner->copyModel())->tokenizer()->size();
    }
    return std::max<std::size_t>(vocabulary_, 1);
  }

  std::shared_ptr<const Corpus> corpus_;
  fs::path folder_;
  const BenchProgress& onProgress_;
  const BenchRowSink& onRow_;
  std::optional<std::string> python_;
  std::size_t repetitions_ = 1, threads_ = 1;
  double seconds_ = 1;
  double perProcessorSecond_ = 0;  // tokens, of the newest training on one thread
  mutable std::size_t vocabulary_ = 0;
  std::vector<BenchRow> rows_;
};

ExitCode benchSequence(const SequenceBenchOptions& options) {
  auto folder = ScratchFolder::create();
  if (!folder) return fail(folder.error());
  auto corpus = loadBenchText(options.corpus, 4, folder->path());
  if (!corpus) return fail(corpus.error());
  return runBenchmark(
      [&](const BenchProgress& onProgress, const BenchRowSink& onRow) {
        return SequenceBench(options, *corpus, folder->path(), onProgress, onRow).run();
      },
      options.json);
}

}  // namespace

void addSequenceBench(CLI::App& bench, Action& action) {
  auto options = std::make_shared<SequenceBenchOptions>();
  CLI::App* command = bench.add_subcommand(
      "sequence",
      "Train language models over characters and let them speak, in turn with PyTorch if a python3 has it.");
  command->allow_extras();
  command->add_option("--corpus", options->corpus, "Text to learn; a built-in sample if not given.")
      ->type_name("FILE");
  options->flags.add(
      *command,
      integerParam("repetitions", "Repetitions", "", "Each figure is the median of so many.", 1, 1, 99),
      "Options");
  options->flags.add(*command,
                     integerParam("threads", "Threads", "",
                                  "What so many threads gain is measured too; 1: it is not.", 1, 1, 1024),
                     "Options");
  options->flags.add(
      *command, numberParam("seconds", "Time", "s", "How long each is measured at least.", 2, 0.01, 3600),
      "Options");
  command->add_flag("--no-peers", options->withoutPeers, "Measure Lexarium alone.");
  command->add_flag(
      "--json", options->json,
      "Print an array of {name, value, unit, threads, peer, peer_value, ratio}; ratio is ours over the "
      "peer's.");
  command->footer(
      "\"Of the peak\" is the share of what this core can do in a loop that needs nothing but registers.\n\n"
      "Example:\n  taskset -c 0 lexarium-cli bench sequence --corpus tinyshakespeare.txt");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return benchSequence(*options);
    };
  });
}

}  // namespace lexarium::cli

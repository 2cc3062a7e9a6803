// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_run.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli/analogy_scores.h"
#include "app/cli/interrupt.h"
#include "app/cli/vectors_output.h"
#include "core/base/file.h"
#include "core/base/thread_pool.h"
#include "core/text/corpus_image.h"
#include "core/train/checkpoint_file.h"
#include "core/train/fingerprint.h"

namespace lexarium::cli {
namespace {

/// Writes checkpoints while the trainer goes on.
class CheckpointWriter {
 public:
  /// keepsLast: the last one is wanted in memory too, whether there is a file or not.
  CheckpointWriter(Trainer& trainer, const TrainOutput& output, ProgressLine& progress, bool keepsLast)
      : trainer_(trainer), output_(output), progress_(progress), keepsLast_(keepsLast) {
    if (isWanted() || keepsLast_) trainer_.keepCheckpoints(true);
  }

  /// To be called a few times a second.
  void work(const RunStatus& status) {
    if (!isWanted()) return;
    if (status.seconds - asked_ >= output_.checkpointSeconds) {
      asked_ = status.seconds;
      trainer_.requestCheckpoint();
    }
    write();
  }
  /// The last one. True if the run can go on from a file.
  bool finish() {
    if (isWanted() || keepsLast_) write();
    return written_;
  }
  /// After finish(); null if there is none or it is not kept.
  const std::shared_ptr<const Checkpoint>& last() const { return last_; }

  static CheckpointFile fileOf(const Trainer& trainer, const Checkpoint& checkpoint) {
    CheckpointFile file{checkpoint, trainer.corpus()->options(), {}};
    trainer.metrics().read(0, file.before.points);
    trainer.metrics().readFlags(0, file.before.flags);
    std::erase_if(file.before.points, [&](const MetricPoint& point) { return point.step > checkpoint.step; });
    std::erase_if(file.before.flags, [&](const MetricFlag& flag) { return flag.step > checkpoint.step; });
    return file;
  }

 private:
  bool isWanted() const { return !output_.checkpoint.empty(); }

  void write() {
    const auto checkpoint = trainer_.takeCheckpoint();
    if (!checkpoint) return;
    if (keepsLast_) last_ = checkpoint;
    if (!isWanted()) return;
    const auto done = writeCheckpointFile(pathFromUtf8(output_.checkpoint), fileOf(trainer_, *checkpoint));
    written_ = written_ || done;
    if (!done && !failed_) {  // said once until it works again
      progress_.clear();
      printError("No checkpoint: " + done.error().message());
    }
    failed_ = !done;
  }

  Trainer& trainer_;
  const TrainOutput& output_;
  ProgressLine& progress_;
  bool keepsLast_;
  std::shared_ptr<const Checkpoint> last_;
  double asked_ = 0;  // seconds of training
  bool written_ = false;
  bool failed_ = false;
};

// Runs until the end or Ctrl+C, showing how it goes.
RunStatus watch(Trainer& trainer, CheckpointWriter& checkpoints, ProgressLine& progress) {
  EpochLosses losses;
  const std::string unit = speedUnit(trainer.config());
  losses.read(trainer.metrics());
  (void)losses.takeFinished(trainer.status(), unit);  // said already, when the run was at that point
  trainer.start();
  while (true) {
    const bool over =
        trainer.waitFor([](const RunStatus& status) { return isOver(status.state) || interrupted(); }, 0.1);
    const RunStatus status = trainer.status();
    if (isOver(status.state)) break;
    if (over && interrupted()) trainer.stop();
    checkpoints.work(status);
    losses.read(trainer.metrics());
    for (const auto& line : losses.takeFinished(status, unit)) progress.note(line);
    progress.update(fractionDone(status), describe(status, unit));
  }
  progress.clear();
  losses.read(trainer.metrics());
  losses.finish();
  const RunStatus status = trainer.status();
  for (const auto& line : losses.takeFinished(status, unit)) progress.note(line);
  return status;
}

Expected<AnalogyScore> scoreSample(const Sample& sample, const Corpus& corpus, const EmbeddingTable& table,
                                   ProgressLine& progress) {
  const auto questions = sample.questions();
  auto scores = scoreAnalogies(table, corpus.vocabulary(), questions, 0, progress);
  if (!scores) return tl::unexpected<Error>(scores.error());
  return scores->back();
}

Expected<void> writeRecipe(const Trainer& trainer, const std::string& path, const std::string& fingerprint) {
  Recipe recipe = recipeOf(trainer.config(), *trainer.corpus());
  recipe.fingerprint = fingerprint;
  return writeFileAtomically(pathFromUtf8(path), recipeToJson(recipe));
}

/// Vectors and recipe of a run that has finished.
Expected<void> writeResults(const Trainer& trainer, const TrainOutput& output, const VectorFormat& format,
                            const EmbeddingTable& table, const std::string& fingerprint,
                            ProgressLine& progress) {
  auto written =
      writeVectors(format, output.vectors, trainer.corpus()->vocabulary(), table.vectors, progress);
  if (!written || output.recipe.empty()) return written;
  return writeRecipe(trainer, output.recipe, fingerprint);
}

/// The same of a language model: the output is a checkpoint.
Expected<void> writeModel(const Trainer& trainer, const TrainOutput& output, const Checkpoint& checkpoint,
                          const std::string& fingerprint) {
  auto written =
      writeCheckpointFile(pathFromUtf8(output.vectors), CheckpointWriter::fileOf(trainer, checkpoint));
  if (!written || output.recipe.empty()) return written;
  return writeRecipe(trainer, output.recipe, fingerprint);
}

void noteDifference(const Trainer& trainer, const Recipe& recipe, const std::string& fingerprint,
                    ProgressLine& progress) {
  if (recipe.fingerprint.empty() || recipe.fingerprint == fingerprint) return;
  const auto tokens = trainer.corpus()->tokens().size();
  std::string why = "another text, version or processor, or fastest mode";
  if (!recipe.wordsHash.empty()) {
    const bool same = recipe.wordsHash == wordsHash(*trainer.corpus());
    why = same ? "another version or processor, or fastest mode" : "its text was another one";
  }
  if (recipe.tokens > 0 && recipe.tokens != tokens) {
    why = "its text had " + grouped(recipe.tokens) + " words, this one has " + grouped(tokens);
  }
  progress.note("Note: The result is another one than the recipe's (fingerprint " + fingerprint +
                " instead of " + recipe.fingerprint + "): " + why + ".");
}

std::string interruptedSentence(const TrainOutput& output, bool canGoOn) {
  if (!canGoOn) return "Interrupted; no vectors were written.";
  return "Interrupted; no vectors were written, but `lexarium-cli resume " + output.checkpoint +
         " TEXT` goes on from here.";
}

}  // namespace

void TrainOutput::addTo(CLI::App& command) {
  command
      .add_option("-o,--output", vectors,
                  "Where the vectors are written; of a language model the model itself.")
      ->type_name("FILE")
      ->required()
      ->group("Run");
  command
      .add_option("--write-recipe", recipe,
                  "Where all that repeats the run is written as JSON, for `train --recipe`.")
      ->type_name("FILE")
      ->group("Run");
  command
      .add_option("--checkpoint", checkpoint,
                  "Where the run's state is written now and then and at the end, also after Ctrl+C, for "
                  "`lexarium-cli resume`.")
      ->type_name("FILE")
      ->group("Run");
  command
      .add_option("--checkpoint-every", checkpointSeconds,
                  "How many seconds of training lie between two of them at least. [0.1 to 86400; default 60]")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86400.0))
      ->group("Run");
  command.add_flag("--json", json, "Print one JSON object about the run.")->group("Run");
  command.add_flag("--quiet", quiet, "Print nothing but errors.")->group("Run");
}

std::vector<ParamSpec> executionParamSpecs() {
  return {
      integerParam("threads", "Threads", "", "How many threads train.",
                   static_cast<std::int64_t>(hardwareThreads()), 1, 1024),
      choiceParam("mode", "Mode",
                  "Reproducible gives the same vectors for the same seed, on any number of threads.",
                  modeName(Execution::Mode::Fastest),
                  {{modeName(Execution::Mode::Reproducible), "Reproducible"},
                   {modeName(Execution::Mode::Fastest), "Fastest"}}),
      integerParam("seed", "Seed", "", "Where the random numbers begin.", 1, 0, INT64_MAX / 1024),
  };
}

void applyExecution(const ParamFlags& flags, Execution& execution) {
  const auto& given = flags.given();
  if (given.contains("threads")) {
    execution.threads = static_cast<std::size_t>(std::get<std::int64_t>(given.at("threads")));
  }
  if (given.contains("seed")) {
    execution.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(given.at("seed")));
  }
  if (given.contains("mode")) {
    const bool reproducible =
        std::get<std::string>(given.at("mode")) == modeName(Execution::Mode::Reproducible);
    execution.mode = reproducible ? Execution::Mode::Reproducible : Execution::Mode::Fastest;
  }
}

Expected<void> checkOutput(const TrainOutput& output, const VectorFormat& format,
                           const std::vector<std::string>& inputs) {
  std::vector<std::pair<std::filesystem::path, const char*>> files;
  for (const auto& path : format.files(pathFromUtf8(output.vectors))) files.emplace_back(path, "vectors");
  if (!output.recipe.empty()) files.emplace_back(pathFromUtf8(output.recipe), "recipe");
  if (!output.checkpoint.empty()) files.emplace_back(pathFromUtf8(output.checkpoint), "checkpoint");
  for (const auto& [path, what] : files) {
    std::error_code ignored;
    for (const auto& input : inputs) {
      if (std::filesystem::equivalent(pathFromUtf8(input), path, ignored)) {
        return makeError("The " + std::string(what) + " would overwrite what is read", pathToUtf8(path),
                         "Choose another output file");
      }
    }
    auto file = AtomicFile::create(path);
    if (!file) return tl::unexpected<Error>(file.error());
  }
  return {};
}

ExitCode runTraining(Trainer& trainer, const TrainOutput& output, const VectorFormat& format,
                     const Sample* sample, const Recipe* recipe, ProgressLine& progress) {
  const bool isWhole = findModel(trainer.config().modelId)->kind != ModelInfo::Kind::Embedding;
  if (isWhole) trainer.setProbe({.model = true});
  CheckpointWriter checkpoints(trainer, output, progress, isWhole);
  const RunStatus status = watch(trainer, checkpoints, progress);
  const bool canGoOn = checkpoints.finish();
  TrainReport report(trainer, status);
  if (canGoOn) report.setCheckpoint(output.checkpoint);
  const auto snapshot = trainer.snapshot();
  const auto table = snapshot ? snapshot->all : nullptr;
  const auto model = snapshot ? snapshot->trained : nullptr;
  ExitCode code = kSuccess;
  if (status.state == RunStatus::State::Stopped) {
    printError(interruptedSentence(output, canGoOn));
    code = kInterrupted;
  } else if (status.state != RunStatus::State::Finished || !table) {
    printError(status.message.empty() ? "The training failed." : status.message);
    code = kFailure;
  } else if (isWhole && model && checkpoints.last()) {
    const std::string print = fingerprint(*model);
    if (auto written = writeModel(trainer, output, *checkpoints.last(), print); !written) {
      code = fail(written.error());
    } else {
      report.setModelOutput(output.vectors);
      report.setFingerprint(print);
      if (recipe) noteDifference(trainer, *recipe, print, progress);
    }
  } else {
    const std::string print = fingerprint(table->vectors);
    if (auto written = writeResults(trainer, output, format, *table, print, progress); !written) {
      code = fail(written.error());
    } else {
      report.setOutput(output.vectors, format, *table);
      report.setFingerprint(print);
      if (recipe) noteDifference(trainer, *recipe, print, progress);
      if (sample) {
        auto score = scoreSample(*sample, *trainer.corpus(), *table, progress);
        if (score) report.setAnalogies(*score);
      }
    }
  }
  if (output.json) {
    printJson(report.json());
  } else if (code == kSuccess && !output.quiet) {
    print(report.text());
  }
  return code;
}

}  // namespace lexarium::cli

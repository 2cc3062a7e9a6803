// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_embeddings.h"
#include "app/cli/bench_projection.h"
#include "app/cli/bench_rows.h"
#include "app/cli/bench_sequence.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "core/base/thread_pool.h"

namespace lexarium::cli {
namespace {

struct BenchOptions {
  std::string corpus;
  ParamFlags flags;
  bool json = false;
};

ExitCode bench(const BenchOptions& options) {
  BenchRequest request;
  request.corpus = options.corpus;
  request.megabytes = static_cast<std::uint64_t>(std::get<std::int64_t>(options.flags.value("megabytes")));
  request.repetitions = static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("repetitions")));
  request.threads = static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("threads")));
  return runBenchmark([&](const BenchProgress& onProgress,
                          const BenchRowSink& onRow) { return benchEmbeddings(request, onProgress, onRow); },
                      options.json);
}

}  // namespace

void addBenchCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* command = app.add_subcommand("bench", "Measure the speed of this machine.");
  command->require_subcommand(1);
  addProjectionBench(*command, action);
  addSequenceBench(*command, action);
  CLI::App* embeddings = command->add_subcommand(
      "embeddings",
      "Train each embedding model once through a text, in turn with fasttext if it is installed.");
  embeddings->allow_extras();
  embeddings
      ->add_option("--corpus", options->corpus,
                   "Text to train on; a built-in sample, several times over, if not given.")
      ->type_name("FILE");
  options->flags.add(*embeddings,
                     integerParam("megabytes", "Size", "MB",
                                  "Only so much from the beginning of the corpus (0: all), or of the sample.",
                                  4, 0, 1'000'000),
                     "Options");
  options->flags.add(
      *embeddings,
      integerParam("repetitions", "Repetitions", "", "Each figure is the median of so many.", 3, 1, 99),
      "Options");
  options->flags.add(
      *embeddings,
      integerParam("threads", "Threads", "", "Each model is measured on one thread and on so many.",
                   static_cast<std::int64_t>(hardwareThreads()), 1, 1024),
      "Options");
  embeddings->add_flag(
      "--json", options->json,
      "Print an array of {name, value, unit, threads, peer, peer_value, ratio}; ratio is ours over "
      "the peer's.");
  embeddings->footer(
      "Example:\n  taskset -c 0 lexarium-cli bench embeddings --corpus wiki8.txt --threads 1 --json");
  embeddings->callback([options, embeddings, &action] {
    action = [options, embeddings]() -> ExitCode {
      if (const auto unknown = unknownOption(*embeddings); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return bench(*options);
    };
  });
}

}  // namespace lexarium::cli

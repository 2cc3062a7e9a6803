// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/layout_file.h"
#include "app/cli/param_flags.h"
#include "app/cli/unicode.h"
#include "app/cli/vectors_input.h"
#include "core/analysis/kmeans.h"
#include "core/analysis/trustworthiness.h"
#include "core/base/file.h"
#include "core/base/thread_pool.h"

namespace lexarium::cli {
namespace {

constexpr Eigen::Index kTrustworthyNeighbours = 12;
constexpr const char* kUsualMethod = "tsne";

struct MapOptions {
  std::string file;
  std::string output;
  ParamFlags flags;
  bool trustworthiness = false;
  bool json = false;
  bool quiet = false;
};

std::vector<ParamSpec> runParamSpecs() {
  std::vector<ParamSpec::Option> methods;
  for (const auto& method : projections()) methods.push_back({method.id, method.title});
  return {
      choiceParam("method", "Method",
                  "How the words are laid out; `--method NAME --help` shows its parameters.", kUsualMethod,
                  methods),
      integerParam("count", "Count", "words", "Only so many words from the top of the file (0: all).", 10'000,
                   0, 4'000'000'000),
      choiceParam("format", "Format", "How the map is written; told by the file's name if not given.", "tsv",
                  {{"tsv", "Tab-separated"}, {"csv", "Comma-separated"}, {"json", "JSON"}}),
      integerParam("clusters", "Clusters", "",
                   "Adds the cluster of each word, by k-means in the real space (0: none).", 0, 0, 1000),
      integerParam("threads", "Threads", "", "How many threads work; the map is the same for any number.",
                   static_cast<std::int64_t>(hardwareThreads()), 1, 1024),
      integerParam("seed", "Seed", "", "Where the random numbers begin.", 1, 0, INT64_MAX / 1024),
  };
}

std::int64_t integer(const ParamFlags& flags, std::string_view key) {
  return std::get<std::int64_t>(flags.value(key));
}

LayoutFormat formatOf(const MapOptions& options) {
  const auto& given = options.flags.given();
  const auto extension = pathFromUtf8(options.output).extension();
  const std::string name = given.contains("format") ? std::get<std::string>(given.at("format"))
                           : extension == ".csv"    ? "csv"
                           : extension == ".json"   ? "json"
                                                    : "tsv";
  return name == "csv" ? LayoutFormat::Csv : name == "json" ? LayoutFormat::Json : LayoutFormat::Tsv;
}

// What stands on the progress line, and in the report.
std::string describeMap(const ProjectionInfo& method, Projection& projection, bool withObjective) {
  std::string text = "Iteration " + grouped(projection.iteration());
  const auto objective = withObjective ? projection.objective() : std::nullopt;
  if (objective) text += ", " + method.objective + ' ' + fixedNumber(*objective, 3);
  return text;
}

struct Projected {
  Layout layout;
  std::vector<std::int32_t> clusters;
  std::optional<double> trustworthiness;
  nlohmann::ordered_json report;
};

// Works in pieces of about a tenth of a second, so that Ctrl+C is soon heard.
Expected<void> advanceToEnd(const ProjectionInfo& method, Projection& projection, ProgressLine& progress) {
  int piece = 1;
  auto shown = std::chrono::steady_clock::now();
  for (bool more = true; more;) {
    const auto before = std::chrono::steady_clock::now();
    more = projection.advance(piece);
    if (interrupted()) return cancelled();
    const auto now = std::chrono::steady_clock::now();
    if (now - before < std::chrono::milliseconds(50)) piece = std::min(2 * piece, 1000);
    if (now - before > std::chrono::milliseconds(200)) piece = std::max(piece / 2, 1);
    if (!progress.onTerminal() || now - shown < std::chrono::milliseconds(500)) continue;
    shown = now;
    const auto last = std::max<std::uint64_t>(1, projection.lastIteration());
    progress.update(static_cast<double>(projection.iteration()) / static_cast<double>(last),
                    describeMap(method, projection, true));
  }
  return {};
}

Expected<Projected> project(const MapOptions& options, const ProjectionInfo& method, const Matrix& points,
                            ProgressLine& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const auto threads = static_cast<std::size_t>(integer(options.flags, "threads"));
  const auto seed = static_cast<std::uint64_t>(integer(options.flags, "seed"));
  ParamSet params = ParamSet::defaultsOf(method.params);
  options.flags.applyTo(params);
  const auto projection = method.create(params, seed, threads);
  InterruptibleTask task;
  const auto context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  if (auto started = projection->start(points, {}, context); !started)
    return tl::unexpected<Error>(started.error());
  if (auto done = advanceToEnd(method, *projection, progress); !done)
    return tl::unexpected<Error>(done.error());

  Projected result;
  result.layout = projection->layout();
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.report = {
      {"method", method.id}, {"words", points.cols()}, {"dimensions", points.rows()}, {"seed", seed}};
  for (const auto& [key, value] : params.values()) {
    std::visit([&](const auto& plain) { result.report["params"][key] = plain; }, value);
  }
  result.report["iterations"] = projection->iteration();
  result.report["seconds"] = seconds;
  if (const auto objective = projection->objective()) {
    result.report["objective"] = {{"name", method.objective}, {"value", *objective}};
  }
  if (const auto shares = projection->varianceShares(); !shares.empty())
    result.report["variance_shares"] = shares;

  ThreadPool pool(threads);
  if (const auto clusters = integer(options.flags, "clusters"); clusters > 0) {
    KMeansOptions kMeansOptions;
    kMeansOptions.clusters = clusters;
    kMeansOptions.seed = seed;
    auto found = kMeans(points, kMeansOptions, pool, context);
    if (!found) return tl::unexpected<Error>(found.error());
    result.clusters = std::move(found->cluster);
  }
  if (options.trustworthiness) {
    auto value = trustworthiness(points, result.layout, kTrustworthyNeighbours, pool, context);
    if (!value) return tl::unexpected<Error>(value.error());
    result.trustworthiness = *value;
    result.report["trustworthiness"] = *value;
  }
  return result;
}

std::string summary(const MapOptions& options, const ProjectionInfo& method, const Projected& projected) {
  const auto& report = projected.report;
  std::string text = method.title + " of " + grouped(static_cast<std::uint64_t>(projected.layout.cols())) +
                     " words: " + grouped(report["iterations"].get<std::uint64_t>()) + " iterations in " +
                     fixedNumber(report["seconds"].get<double>(), 1) + " s";
  if (report.contains("objective")) {
    text += ", " + method.objective + ' ' + fixedNumber(report["objective"]["value"].get<double>(), 3);
  }
  if (projected.trustworthiness) text += ", trustworthiness " + fixedNumber(*projected.trustworthiness, 4);
  return text + (options.output.empty() ? "." : ". Wrote " + options.output + ".");
}

// Better now than after minutes of work: can the output be written, and is it not the file of vectors?
Expected<void> checkOutput(const MapOptions& options) {
  if (options.output.empty()) return {};
  const auto output = pathFromUtf8(options.output);
  std::error_code ignored;
  if (std::filesystem::is_directory(output, ignored)) {
    return makeError("This is a folder", options.output, "Give a file in it");
  }
  if (std::filesystem::equivalent(pathFromUtf8(options.file), output, ignored)) {
    return makeError("The map would overwrite the vectors", options.output, "Choose another output file");
  }
  auto file = AtomicFile::create(output);
  if (!file) return tl::unexpected<Error>(file.error());
  return {};
}

ExitCode makeMap(const MapOptions& options, const ProjectionInfo& method) {
  if (options.json && options.output.empty()) {
    return usageError(
        "--json prints a report on the map, so the map itself needs a file: give --output FILE.");
  }
  if (auto possible = checkOutput(options); !possible) return fail(possible.error());
  ProgressLine progress(options.quiet);
  auto vectors = loadVectors(options.file, progress);
  if (!vectors) return fail(vectors.error());
  const auto count = integer(options.flags, "count");
  auto& table = vectors->table.vectors;
  if (count > 0 && count < table.cols()) table.conservativeResize(Eigen::NoChange, count);
  auto projected = project(options, method, table, progress);
  progress.clear();
  if (!projected) return fail(projected.error());

  const std::string text = layoutText(*vectors, projected->layout, projected->clusters, formatOf(options));
  if (options.output.empty()) {
    print(text);
  } else if (auto written = writeFileAtomically(pathFromUtf8(options.output), text); !written) {
    return fail(written.error());
  }
  if (options.json) {
    projected->report["output"] = options.output;
    printJson(projected->report);
  } else {
    progress.note(summary(options, method, *projected));
  }
  return kSuccess;
}

std::string methodList() {
  std::string text = "Methods:\n";
  for (const auto& method : projections()) text += "  " + padded(method.id, 8) + method.summary + '\n';
  return text +
         "\nExample:\n  lexarium-cli map vectors.bin --method tsne --count 10000 -o map.tsv\n"
         "  lexarium-cli map vectors.bin --method umap --min-dist 0.3 --clusters 12 -o map.csv";
}

}  // namespace

void addMapCommand(CLI::App& app, Action& action, std::span<const std::string> arguments) {
  auto options = std::make_shared<MapOptions>();
  CLI::App* command = app.add_subcommand("map", "Lay words out on a map and write their places.");
  command->allow_extras();
  addVectorsArgument(*command, options->file);
  options->flags.add(*command, runParamSpecs(), "Options");
  const std::string asked = valueAskedFor(arguments, "--method");
  const ProjectionInfo* method = findProjection(asked.empty() ? kUsualMethod : asked);
  if (method) options->flags.add(*command, method->params, "Parameters of " + method->id);
  command
      ->add_option("-o,--output", options->output,
                   "Where the map is written: word, x, y a line, or JSON; standard output if not given.")
      ->type_name("FILE")
      ->group("Options");
  command
      ->add_flag(
          "--trustworthiness", options->trustworthiness,
          "Measure how far the 12 nearest words on the map are so in the real space (Venna & Kaski 2001).")
      ->group("Options");
  command->add_flag("--json", options->json, "Print one JSON object about the map.")->group("Options");
  command->add_flag("--quiet", options->quiet, "Print nothing but the map and errors.")->group("Options");
  command->footer(methodList());
  command->callback([options, command, method, &action] {
    action = [options, command, method]() -> ExitCode {
      // A wrong method first: without it, its flags are unknown too.
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      return makeMap(*options, *method);
    };
  });
}

}  // namespace lexarium::cli

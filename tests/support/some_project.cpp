// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/some_project.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/base/rng.h"
#include "core/formats/safetensors.h"
#include "core/text/corpus_image.h"

namespace lexarium::test {
namespace {

template <class T>
T must(Expected<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

RunRecord someRun(RecordId corpus, const std::string& name) {
  RunRecord run;
  run.corpus = corpus;
  run.name = name;
  run.colour = "#0072b2";
  run.notes = "As in the lesson.";
  run.config.modelId = "skip-gram";
  run.config.params.set("dimensions", std::int64_t{100});
  run.config.params.set("learning_rate", 0.1 + 0.2);
  run.config.params.set("objective", std::string("negative-sampling"));
  run.config.params.set("shrink", true);
  run.config.params.set("whole", 5.0);
  run.config.execution = {Execution::Mode::Reproducible, 2, ~std::uint64_t{0}, false};
  run.versions = programVersions();
  run.state = RunStatus::State::Finished;
  run.step = 1200;
  run.loss = 1.0 / 3.0;
  return run;
}

std::string hashOf(const Bytes& bytes) { return toHex(sha256(bytes)); }

void describeRun(const Project& project, const RunRecord& run, std::ostream& out) {
  for (const auto& checkpoint : must(project.checkpoints(run.id))) {
    const auto state = project.readCheckpoint(checkpoint.id);
    out << "checkpoint " << checkpoint.step << ' ' << checkpoint.about << ' '
        << (state ? hashOf(*safetensorsBytes(*state)) : "missing") << '\n';
  }
  for (const auto& frame : must(project.frames(run.id))) {
    const auto content = project.readFrame(frame.id);
    out << "frame " << frame.step << ' ' << frame.words << ' ' << (content ? hashOf(*content) : "missing")
        << '\n';
  }
  for (const auto& layout : must(project.layouts(run.id))) out << "layout " << layout.method << '\n';
  const auto points = project.metrics(run.id);
  out << "points " << (points ? std::to_string(points->size()) : "missing");
  if (points && !points->empty()) out << ' ' << points->back().loss;
  out << '\n';
  for (const auto& flag : must(project.flags(run.id)))
    out << "flag " << flag.step << ' ' << flag.text << '\n';
}

void fill(Project& project) {
  const RecordId corpus = must(project.addCorpus(*someCorpus(), "test"));
  const RecordId first = must(project.addRun(someRun(corpus, "First")));
  RunRecord fork = someRun(corpus, "Fork 国");
  fork.parent = first;
  fork.parentStep = 600;
  const RecordId second = must(project.addRun(fork));
  for (const RecordId run : {first, second}) {
    must(project.appendMetrics(run, somePoints(1, 400)));
    must(project.appendMetrics(run, somePoints(401, 100)));
    must(project.appendFlag(run, {300, "Learning rate 0.025 to 0.01"}));
    for (const std::uint64_t step : {600u, 1200u}) {
      CheckpointRecord checkpoint;
      checkpoint.run = run;
      checkpoint.step = step;
      checkpoint.about = "{\"why\":\"pause\"}";
      must(project.addCheckpoint(checkpoint, someState(step + static_cast<std::uint64_t>(run))));
    }
    for (std::uint64_t step = 0; step < 1200; step += 300) {
      FrameRecord frame;
      frame.run = run;
      frame.step = step;
      frame.words = 50;
      frame.dimensions = 20;
      must(project.addFrame(frame, someBytes(1000, step)));
    }
  }
  LayoutRecord layout;
  layout.run = first;
  layout.method = "tsne";
  layout.params.set("perplexity", 30.0);
  must(project.addLayout(layout, someState(9)));
  SelectionRecord selection;
  selection.corpus = corpus;
  selection.name = "royals";
  selection.words = {1, 3};
  must(project.addSelection(selection));
  BookmarkRecord bookmark;
  bookmark.run = second;
  bookmark.name = "corner";
  bookmark.view = "{\"x\":1}";
  must(project.addBookmark(bookmark));
  NoteRecord note;
  note.title = "Lesson 1";
  note.text = "Ask about queens.";
  must(project.addNote(note));
  must(project.setState("window", "{\"dock\":\"left\"}"));
}

}  // namespace

std::string describe(const Project& project) {
  std::ostringstream out;
  out.precision(17);
  for (const auto& corpus : must(project.corpora())) {
    const auto read = project.readCorpus(corpus.id);
    out << "corpus " << corpus.title << ' ' << corpus.tokens << ' '
        << (read ? toHex(corpusHash(**read)) : "missing") << '\n';
  }
  for (const auto& run : must(project.runs())) {
    out << "run " << run.name << ' ' << run.parent << ' ' << run.step << ' ' << run.loss << '\n';
    describeRun(project, run, out);
  }
  for (const auto& one : must(project.selections())) out << "selection " << one.name << '\n';
  for (const auto& one : must(project.bookmarks())) out << "bookmark " << one.name << ' ' << one.view << '\n';
  for (const auto& one : must(project.notes())) out << "note " << one.title << ' ' << one.text << '\n';
  out << "window " << must(project.state("window")).value_or("none") << '\n';
  return out.str();
}

std::shared_ptr<const Corpus> someCorpus() {
  SegmentOptions options;
  options.keepPunctuation = true;
  return must(corpusFromTexts("Two texts",
                              {{"one.txt", "The king and the queen. The king rules!\nThe queen rules."},
                               {"two.txt", "国王和王后。" + std::string(300, ' ') + "the end"}},
                              options));
}

TensorSet someState(std::uint64_t step) {
  TensorSet set;
  std::vector<float> table(600);
  Rng rng(step);
  for (float& value : table) value = static_cast<float>(rng.normal());
  set.tensors["table_in"] = makeTensor<float>(table, {30, 20});
  set.tensors["step"] = makeTensor<std::uint64_t>(std::vector{step}, {1});
  set.metadata["model"] = "skip-gram";
  return set;
}

std::vector<MetricPoint> somePoints(std::uint64_t firstStep, std::size_t count) {
  std::vector<MetricPoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    const auto step = static_cast<double>(firstStep + i);
    points.push_back({firstStep + i, step / 100, step / 50, 5 / (1 + step), 0.025, 1e5 + step});
  }
  return points;
}

Bytes someBytes(std::size_t size, std::uint64_t seed) {
  Bytes bytes(size);
  Rng rng(seed);
  for (auto& byte : bytes) byte = static_cast<std::byte>(rng.below(256));
  return bytes;
}

void fillProject(Project& project) {
  must(project.together([&]() -> Expected<void> {
    fill(project);
    return {};
  }));
}

void writeSomeProject(const std::filesystem::path& path) {
  Project project = must(Project::create(path));
  fillProject(project);
}

std::string readAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void writeAll(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace lexarium::test

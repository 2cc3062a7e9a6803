// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_python.h"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "core/base/file.h"

#ifndef _WIN32
#include <sys/wait.h>
#endif

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

// Parameters as ours; the descent of t-SNE is timed apart from finding neighbours, and umap-learn once on a
// few points, so that its compiler's time does not count.
constexpr const char* kScript = R"(import sys, time
import numpy as np
task, folder, n, dimensions = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
points = np.fromfile(folder + "/points.f32", dtype=np.float32).reshape(n, dimensions)
layout = None

def timed(work):
    start = time.perf_counter()
    result = work()
    print("seconds", time.perf_counter() - start)
    return result

if task == "neighbours":
    from sklearn.neighbors import NearestNeighbors
    timed(lambda: NearestNeighbors(n_neighbors=90, algorithm="brute", n_jobs=1).fit(points).kneighbors())
elif task == "kmeans":
    from sklearn.cluster import KMeans
    print("inertia", timed(lambda: KMeans(20, n_init=1, random_state=1).fit(points)).inertia_)
elif task == "tsne":
    from sklearn.manifold import TSNE
    descent = TSNE._tsne
    def timed_descent(self, *args, **kwargs):
        start = time.perf_counter()
        result = descent(self, *args, **kwargs)
        print("iteration", (time.perf_counter() - start) / (self.n_iter_ + 1))
        return result
    TSNE._tsne = timed_descent
    model = TSNE(perplexity=30, init="pca", learning_rate="auto", n_iter=1000, random_state=1, n_jobs=1)
    layout = timed(lambda: model.fit_transform(points))
    print("kl", model.kl_divergence_)
elif task == "umap":
    import umap
    umap.UMAP(random_state=1).fit_transform(np.random.RandomState(1).randn(5000, 8).astype(np.float32))
    layout = timed(lambda: umap.UMAP(random_state=1).fit_transform(points))
if layout is not None:
    np.ascontiguousarray(layout, dtype=np.float32).tofile(folder + "/layout.f32")
)";

std::string shellWord(const std::string& text) {
  std::string word = "'";
  for (const char c : text) c == '\'' ? word += "'\\''" : word += c;
  return word + '\'';
}

bool endedByCtrlC([[maybe_unused]] int status) {
#ifdef _WIN32
  return false;
#else
  return (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) ||
         (WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGINT);
#endif
}

bool canImport(const std::string& python, const std::string& module) {
  return std::system((python + " -c " + shellWord("import " + module) + " > /dev/null 2>&1").c_str()) == 0;
}

bool writePoints(const Matrix& points, const fs::path& folder) {
  const Eigen::MatrixXf plain = points.cast<float>();
  const auto bytes = static_cast<std::size_t>(plain.size()) * sizeof(float);
  return writeFileAtomically(folder / "points.f32", {reinterpret_cast<const char*>(plain.data()), bytes})
      .has_value();
}

// Lines "name number".
std::map<std::string, double> figuresIn(std::string_view text) {
  std::map<std::string, double> figures;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto space = line.find(' ');
    double value = 0;
    if (space == std::string_view::npos) continue;
    const auto result = std::from_chars(line.data() + space + 1, line.data() + line.size(), value);
    if (result.ec == std::errc{}) figures[std::string(line.substr(0, space))] = value;
  }
  return figures;
}

}  // namespace

std::optional<std::string> pythonWith(const std::string& module) {
#ifndef _WIN32
  for (const char* python : {"/usr/bin/python3", "python3"}) {
    if (canImport(python, module)) return python;
  }
#endif
  return std::nullopt;
}

Expected<std::map<std::string, double>> runPython(const std::string& python, const std::string& script,
                                                  const std::vector<std::string>& arguments,
                                                  const fs::path& folder, const std::string& what) {
  const fs::path file = folder / "script.py", log = folder / "script.log";
  if (auto written = writeFileAtomically(file, script); !written)
    return tl::unexpected<Error>(written.error());
  std::string command =
      "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 " + python + " -W ignore " + shellWord(pathToUtf8(file));
  for (const std::string& argument : arguments) command += ' ' + shellWord(argument);
  const int status = std::system((command + " > " + shellWord(pathToUtf8(log)) + " 2>&1").c_str());
  if (endedByCtrlC(status)) return cancelled();
  const auto output = readFile(log, std::uint64_t{1} << 24);
  if (status != 0 || !output) {
    return makeError("The comparison with " + what + " failed", python,
                     "Give --no-peers to measure Lexarium alone");
  }
  return figuresIn(*output);
}

std::optional<PythonPeers> PythonPeers::find(const Matrix& points, const fs::path& folder) {
#ifndef _WIN32
  for (const char* python : {"/usr/bin/python3", "python3"}) {
    if (!canImport(python, "sklearn.manifold")) continue;
    PythonPeers peers;
    peers.python_ = python;
    peers.folder_ = folder;
    peers.points_ = points.cols();
    peers.hasUmap_ = canImport(python, "umap");
    if (!writePoints(points, folder) || !writeFileAtomically(folder / "peer.py", kScript))
      return std::nullopt;
    return peers;
  }
#endif
  return std::nullopt;
}

Expected<PythonPeers::Result> PythonPeers::run(const std::string& task) const {
  const fs::path log = folder_ / "peer.log", file = folder_ / "layout.f32";
  std::error_code ignored;
  fs::remove(file, ignored);
  const auto bytes = fs::file_size(folder_ / "points.f32", ignored);
  const auto dimensions =
      bytes / sizeof(float) / static_cast<std::uint64_t>(std::max<Eigen::Index>(1, points_));
  const std::string command =
      "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 NUMBA_NUM_THREADS=1 NUMBA_CACHE_DIR=" +
      shellWord(pathToUtf8(folder_)) + ' ' + python_ + " -W ignore " +
      shellWord(pathToUtf8(folder_ / "peer.py")) + ' ' + task + ' ' + shellWord(pathToUtf8(folder_)) + ' ' +
      std::to_string(points_) + ' ' + std::to_string(dimensions) + " > " + shellWord(pathToUtf8(log)) +
      " 2>&1";
  const int status = std::system(command.c_str());
  if (endedByCtrlC(status)) return cancelled();
  Result result;
  if (auto output = readFile(log, std::uint64_t{1} << 24)) result.figures = figuresIn(*output);
  if (status != 0 || !result.figures.contains("seconds")) {
    return makeError("The comparison with " + task + " of python3 failed", python_,
                     "Give --no-peers to measure Lexarium alone");
  }
  if (auto plain = readFile(file, std::uint64_t{1} << 32)) {
    result.layout.resize(2, points_);
    if (plain->size() != static_cast<std::size_t>(result.layout.size()) * sizeof(float))
      result.layout.resize(2, 0);
    std::memcpy(result.layout.data(), plain->data(),
                static_cast<std::size_t>(result.layout.size()) * sizeof(float));
  }
  return result;
}

}  // namespace lexarium::cli

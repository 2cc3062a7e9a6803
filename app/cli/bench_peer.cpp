// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_peer.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include "core/base/file.h"
#include "core/base/rng.h"

#ifndef _WIN32
#include <sys/wait.h>
#endif

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

// For /bin/sh.
std::string shellWord(const std::string& text) {
  std::string word = "'";
  for (const char c : text) c == '\'' ? word += "'\\''" : word += c;
  return word + '\'';
}

bool endedByCtrlC(int status) {
#ifdef _WIN32
  (void)status;
  return false;
#else
  return (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) ||
         (WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGINT);
#endif
}

// The last "words/sec/thread: 62000" of what it printed.
std::optional<double> lastSpeed(std::string_view output) {
  static constexpr std::string_view kLabel = "words/sec/thread:";
  const auto place = output.rfind(kLabel);
  if (place == std::string_view::npos) return std::nullopt;
  output.remove_prefix(place + kLabel.size());
  output.remove_prefix(std::min(output.find_first_not_of(' '), output.size()));
  double value = 0;
  const auto result = std::from_chars(output.data(), output.data() + output.size(), value);
  if (result.ec != std::errc{}) return std::nullopt;
  return value;
}

}  // namespace

Expected<ScratchFolder> ScratchFolder::create() {
  std::error_code error;
  const fs::path base = fs::temp_directory_path(error);
  Rng rng(static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()));
  for (int attempt = 0; !error && attempt < 8; ++attempt) {
    const fs::path path = base / ("lexarium-bench-" + std::to_string(rng.next() % 1'000'000'000));
    if (fs::create_directory(path, error)) return ScratchFolder(path);
  }
  return makeError("No folder for temporary files can be made", pathToUtf8(base));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::optional<FastText> FastText::find() {
#ifndef _WIN32
  const char* const variable = std::getenv("PATH");
  std::string_view folders = variable ? variable : "";
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    const fs::path program = fs::path(folders.substr(0, end)) / "fasttext";
    std::error_code error;
    if (end > 0 && fs::is_regular_file(program, error)) return FastText(program);
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
#endif
  return std::nullopt;
}

Expected<double> FastText::wordsPerSecond(const PeerTask& task, const fs::path& text,
                                          const fs::path& folder) const {
  const fs::path log = folder / "fasttext.log";
  const std::string command =
      shellWord(pathToUtf8(program_)) + ' ' + task.model + " -input " + shellWord(pathToUtf8(text)) +
      " -output " + shellWord(pathToUtf8(folder / "fasttext")) +
      " -dim 100 -ws 5 -neg 5 -t 1e-3 -minCount 5 -epoch 1 -lr 0.025" + " -minn 0 -maxn 0 -bucket 1 -loss " +
      task.loss + " -thread " + std::to_string(task.threads) + " > " + shellWord(pathToUtf8(log)) + " 2>&1";
  const int status = std::system(command.c_str());
  if (endedByCtrlC(status)) return cancelled();
  auto output = readFile(log, std::uint64_t{1} << 24);
  if (!output) return tl::unexpected<Error>(output.error());
  const auto speed = lastSpeed(*output);
  if (status != 0 || !speed) {
    return makeError("fasttext did not finish", pathToUtf8(program_),
                     "Run without it to measure Lexarium alone");
  }
  return *speed * static_cast<double>(task.threads);
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/expected.h"

namespace lexarium::cli {

/// A folder for one run of the program, removed with all that is in it.
class ScratchFolder {
 public:
  static Expected<ScratchFolder> create();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

/// What fasttext is asked to do; all else as in word2vec: no character n-grams, rate 0.025, min count 5.
struct PeerTask {
  std::string model = "skipgram";  ///< or "cbow"
  std::string loss = "ns";         ///< or "hs"
  std::size_t threads = 1;
};

/// fasttext (Bojanowski et al. 2017) as installed on this machine, to compare with.
class FastText {
 public:
  /// nullopt if it is not on the PATH.
  static std::optional<FastText> find();

  /// Trains on `text` (words separated by spaces) for one epoch and returns its own count of words a second,
  /// of all threads. Writes into `folder`. Errors: it failed, or printed something else than expected;
  /// interrupted.
  Expected<double> wordsPerSecond(const PeerTask& task, const std::filesystem::path& text,
                                  const std::filesystem::path& folder) const;

 private:
  explicit FastText(std::filesystem::path program) : program_(std::move(program)) {}
  std::filesystem::path program_;
};

}  // namespace lexarium::cli

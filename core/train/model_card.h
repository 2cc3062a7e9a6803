// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/expected.h"
#include "core/formats/tensor.h"
#include "core/train/trainer.h"

namespace lexarium {

/// What belongs to a model that leaves the program: what it is, how it came to be and how well it did. The
/// text that it learned is named, not held.
struct ModelCard {
  std::string title;  ///< the person's name for it
  RunConfig run;      ///< model, settings, mode and seed; no model: only the network is known
  // The text.
  std::string text;       ///< its title; empty: not known
  std::string wordsHash;  ///< wordsHash() of it; empty: not known
  std::uint64_t textTokens = 0, textWords = 0;
  // The training.
  std::string state;  ///< stateName(); empty: not known
  std::uint64_t steps = 0;
  double epochs = 0, seconds = 0;
  std::vector<std::pair<std::string, double>> metrics;  ///< "loss", "validation_loss", "perplexity" ...
  std::uint64_t numbers = 0;                            ///< that were learned; 0: not known
  std::string fingerprint;                              ///< of the result; empty: not known
};

/// Of a run, or of what is left of one: `corpus` and `snapshot` may be null.
ModelCard cardOf(std::string title, const RunConfig& run, const RunStatus& status,
                 std::span<const MetricPoint> points, const Corpus* corpus, const Snapshot* snapshot);
/// Which text it was, for a card that is saved: reads all of it.
void addTextHash(ModelCard& card, const Corpus* corpus);
/// Both.
ModelCard cardOf(std::string title, const Trainer& trainer);

/// All that a run has learned, for a file: its model, or "vectors" [words x dimensions] with their "words",
/// each ended by a zero. Errors: there is nothing yet.
Expected<TensorSet> resultOf(const Snapshot* snapshot, const Corpus* corpus);

/// The words of a network's formula, a line each; empty: none is known. (With its paper in ModelInfo.)
const char* formulaOf(std::string_view modelId);
/// How the command line uses the saved model of such a run; empty: it does not read it.
std::string commandFor(std::string_view modelId, const std::string& file);
/// Of what kind a saved model is: "lstm", "encoder-decoder", "classifier", "memory-network", "vectors";
/// empty: none.
std::string kindOf(const TensorSet& model);

/// The card as JSON, with what the tensors say themselves: the network's shape, its tokens, names and sizes.
/// `file`: the name of the safetensors file.
std::string cardToJson(const ModelCard& card, const TensorSet& model, const std::string& file);

/// Where the card of a model lies: the same name, ending in .json.
std::filesystem::path cardPath(const std::filesystem::path& model);
/// Writes both, each atomically. Errors: what writing a file may say.
Expected<void> saveModelWithCard(const std::filesystem::path& path, const TensorSet& model,
                                 const ModelCard& card);

}  // namespace lexarium

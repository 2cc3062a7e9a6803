// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/base/rng.h"
#include "core/models/alias_table.h"
#include "core/models/hogwild.h"
#include "core/models/huffman.h"
#include "core/models/model_rows.h"
#include "core/models/training_text.h"

namespace lexarium {

/// One training example, chosen as the model chooses its own; enough to know which rows it touches.
struct TeachingPair {
  enum class Kind { SkipGram, Cbow, Cell };

  Kind kind = Kind::SkipGram;
  TokenId centre = kNoToken;  ///< skip-gram and cells: the word whose vector is used; CBOW: the word to find
  TokenIndex centrePlace = 0;
  std::vector<TokenId> context;           ///< skip-gram: the word to find; cells: one word; CBOW: the window
  std::vector<TokenIndex> contextPlaces;  ///< of `context`
  std::vector<TokenIndex> window;         ///< skip-gram: all words of the window but the one in the middle
  /// Skip-gram whose windows share their targets (updateSkipGramShared()): the other words that find the same
  /// word in the same step.
  std::vector<TokenId> others;
  std::vector<Target> targets;  ///< Word2Vec: what is to be told apart; the positive one first
  bool tree = false;            ///< hierarchical softmax: targets are inner nodes
  double count = 0;             ///< cells: X_ij
  double weight = 0;            ///< cells: f(X_ij)
  double maximum = 0;           ///< cells: x_max

  /// The word that is predicted (Word2Vec).
  TokenId predicted() const { return kind == Kind::Cbow ? centre : context.front(); }
  RowRequest rows() const;
};

/// Chooses examples from the text: windows, subsampling and noise words by the run's own parameters and
/// distributions. Immutable but for the random numbers of the caller; any thread.
class TeachingSampler {
 public:
  /// `modelId` as in the registry. Errors: the parameters leave no words; a model that is not taught so.
  static Expected<std::shared_ptr<const TeachingSampler>> create(const std::string& modelId,
                                                                 const ParamSet& params,
                                                                 std::shared_ptr<const Corpus> corpus);

  /// A random example; with `centre` one around a place of this word, with `other` too one of both words.
  /// Errors: the word is left out by the parameters; the two never stand together; cancelled.
  Expected<TeachingPair> pick(Rng& rng, std::optional<TokenId> centre, std::optional<TokenId> other,
                              const TaskContext& context = {}) const;

  std::size_t words() const { return text_.words(); }

 private:
  explicit TeachingSampler(TrainingText text) : text_(std::move(text)) {}
  Expected<TokenIndex> choosePlace(Rng& rng, std::optional<TokenId> centre, std::optional<TokenId> other,
                                   const TaskContext& context) const;
  bool walk(TokenIndex& place, TokenIndex end, bool left, Rng& rng, std::optional<TokenId> other) const;
  std::optional<TeachingPair> pairAt(TokenIndex place, Rng& rng, std::optional<TokenId> other) const;
  void turnAround(TeachingPair& pair) const;
  void drawTargets(TeachingPair& pair, Rng& rng) const;
  Expected<void> countCell(TeachingPair& pair, const TaskContext& context) const;

  TrainingText text_;
  std::shared_ptr<const Corpus> corpus_;
  ParamSet params_;
  TeachingPair::Kind kind_ = TeachingPair::Kind::SkipGram;
  std::uint32_t window_ = 1;
  std::vector<std::uint32_t> thresholds_;  // Word2Vec
  std::size_t negatives_ = 0;              // 0: hierarchical softmax
  bool shared_ = false;                    // skip-gram by windows
  AliasTable noise_;
  HuffmanTree tree_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/formats/tensor.h"
#include "core/models/pair_data.h"
#include "core/models/pair_net.h"
#include "core/models/pair_search.h"
#include "core/models/trained_model.h"

namespace lexarium {

/// Key of the metadata of a saved model that holds its shape.
inline constexpr const char* kPairModelKey = "lexarium.pair_network";

/// One way to say it, with what was looked at.
struct Translation {
  std::vector<std::string> source, target;  ///< tokens for people; the last of target is the end, if it came
  std::string text;
  Eigen::MatrixXf attention;         ///< [source x target], columns sum to 1; empty without attention
  std::vector<float> probabilities;  ///< of each token of target
  double score = 0;                  ///< mean of ln p per token
};

struct TranslateOptions {
  std::size_t beams = 1;      ///< 1: always the likeliest token
  std::size_t longest = 200;  ///< tokens
};

/// An encoder-decoder at one moment. Immutable; any number of threads may use it at once.
class PairModel final : public TrainedModel {
 public:
  /// Copies the numbers.
  PairModel(const PairShape& shape, PairTokens tokens, const Parameters& parameters);

  const PairShape& shape() const { return shape_; }
  const PairTokens& tokens() const { return tokens_; }
  std::uint64_t parameters() const { return parameters_->count(); }
  const Parameters& numbers() const { return *parameters_; }

  /// The best first; as many as there are beams. Beam search keeps the likeliest beginnings; hypotheses are
  /// compared by their mean of ln p, so that short ones have no advantage.
  std::vector<Translation> translate(std::string_view source, const TranslateOptions& options = {}) const;
  /// The same as a tree, with all that was weighed on the way. `forced` are the target's tokens that are said
  /// first (BeamTree::pathTo() of a node): the search goes on after them.
  BeamTree searchTree(std::string_view source, const TranslateOptions& options,
                      std::span<const TokenId> forced = {}) const;
  /// How it would say just this: its alignment while the target is given (teacher forcing).
  Translation align(std::string_view source, std::string_view target) const;

  Saliency explain(const Reading& reading, const SaliencyQuery& query,
                   const StopToken& stop = {}) const override;
  std::string modelId() const override { return "encoder-decoder"; }
  TensorSet save() const override;
  std::size_t memoryBytes() const override { return parameters_->values().size_bytes(); }
  AttentionTrace look(const Reading& reading) const override;
  std::vector<HeadPlace> heads() const override { return net_->heads(); }
  std::shared_ptr<const TrainedModel> without(std::span<const HeadPlace> heads) const override;

 private:
  /// Reads all of it at once; the probability of each token of the target, which ends in the end.
  std::vector<float> read(Tape& tape, const std::vector<TokenId>& source,
                          const std::vector<TokenId>& target) const;
  Translation finish(const std::vector<TokenId>& source, const Hypothesis& said) const;
  /// Without the end.
  std::span<const TokenId> wordsOf(const std::vector<TokenId>& said) const;

  PairShape shape_;
  PairTokens tokens_;
  std::shared_ptr<const Parameters> parameters_;
  std::unique_ptr<const PairNet> net_;
};

/// What save() wrote. Errors: it is none, something is missing, sizes do not fit.
Expected<std::shared_ptr<const PairModel>> loadPairModel(const TensorSet& saved);

}  // namespace lexarium

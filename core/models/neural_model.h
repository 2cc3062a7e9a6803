// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/models/sequence_net.h"

namespace lexarium {

/// A network with its numbers at one moment.
class NeuralModel final : public SequenceModel {
 public:
  /// Copies the numbers.
  NeuralModel(std::shared_ptr<const SequenceNet> net, std::shared_ptr<const Tokenizer> tokenizer,
              double charactersPerToken, const Parameters& parameters);

  const std::shared_ptr<const Tokenizer>& tokenizer() const override { return tokenizer_; }
  const SequenceFacts& facts() const override { return facts_; }
  std::unique_ptr<SequenceSession> start() const override;
  SequenceTrace trace(std::string_view utf8, bool withProbabilities, std::size_t mostTokens) const override;
  double lossSum(std::span<const TokenId> ids, const StopToken& stop) const override;
  Saliency explain(const Reading& reading, const SaliencyQuery& query,
                   const StopToken& stop = {}) const override;
  TensorSet save() const override;
  std::size_t memoryBytes() const override { return parameters_->values().size_bytes(); }
  /// Attends: a Transformer, whose heads are of the part "self". At most kMostLooked tokens.
  AttentionTrace look(const Reading& reading) const override;
  static constexpr std::size_t kMostLooked = 400;
  std::vector<HeadPlace> heads() const override;
  std::shared_ptr<const TrainedModel> without(std::span<const HeadPlace> heads) const override;

  const SequenceNet& net() const { return *net_; }
  const Parameters& parameters() const { return *parameters_; }

 private:
  std::shared_ptr<const SequenceNet> net_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::shared_ptr<const Parameters> parameters_;
  SequenceFacts facts_;
};

/// What save() wrote; tensors of other names do not matter.
Expected<std::shared_ptr<const SequenceModel>> loadNeuralModel(const TensorSet& saved);

/// Tokenizer, and how many characters a token has, in the metadata of a saved model; and back.
void saveTokenizer(const Tokenizer& tokenizer, double charactersPerToken, TensorSet& set);
struct SavedTokens {
  std::shared_ptr<const Tokenizer> tokenizer;
  double charactersPerToken = 1;
};
Expected<SavedTokens> tokensIn(const TensorSet& set);

/// Key of the metadata that says which kind of model a set holds: that of a ModelInfo.
inline constexpr const char* kSequenceModelKey = "lexarium.sequence_model";

}  // namespace lexarium

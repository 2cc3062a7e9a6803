// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/formats/tensor.h"
#include "core/models/text_classifier_net.h"
#include "core/models/trained_model.h"
#include "core/text/tokenizer.h"

namespace lexarium {

/// Key of the metadata of a saved model that holds its shape.
inline constexpr const char* kClassifierModelKey = "lexarium.text_classifier";

/// What a model says of a text.
struct Classification {
  std::vector<float> probabilities;  ///< of each class; they sum to 1
  std::uint32_t label = 0;           ///< the likeliest class
  std::vector<std::string> tokens;   ///< that were read, for people
  std::vector<float> attention;      ///< of each token; they sum to 1. Empty without attention
  std::size_t cut = 0;               ///< tokens at the end that were not read
};

/// A classifier at one moment. Immutable; any number of threads may use it at once.
class ClassifierModel final : public TrainedModel {
 public:
  /// Copies the numbers. labels: names of the classes, as many as the shape has.
  ClassifierModel(const ClassifierShape& shape, std::shared_ptr<const Tokenizer> tokenizer,
                  std::vector<std::string> labels, const Parameters& parameters);

  const ClassifierShape& shape() const { return shape_; }
  const std::shared_ptr<const Tokenizer>& tokenizer() const { return tokenizer_; }
  const std::vector<std::string>& labels() const { return labels_; }
  std::uint64_t parameters() const { return parameters_->count(); }
  const Parameters& numbers() const { return *parameters_; }

  /// Any text: one without a known token, or empty, is read as one token.
  Classification classify(std::string_view utf8) const;

  Saliency explain(const Reading& reading, const SaliencyQuery& query,
                   const StopToken& stop = {}) const override;
  std::string modelId() const override { return "classifier"; }
  TensorSet save() const override;
  std::size_t memoryBytes() const override { return parameters_->values().size_bytes(); }
  /// Its loss is that of the class that Reading::output names; of the likeliest if it names none. A
  /// token that stands for the class comes after those of the text.
  AttentionTrace look(const Reading& reading) const override;
  std::vector<HeadPlace> heads() const override { return net_->heads(); }
  std::shared_ptr<const TrainedModel> without(std::span<const HeadPlace> heads) const override;

 private:
  ClassifierShape shape_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::vector<std::string> labels_;
  std::shared_ptr<const Parameters> parameters_;
  std::unique_ptr<const ClassifierNet> net_;
};

/// What save() wrote. Errors: it is none, something is missing, sizes do not fit.
Expected<std::shared_ptr<const ClassifierModel>> loadClassifier(const TensorSet& saved);

}  // namespace lexarium

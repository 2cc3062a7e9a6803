// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/models/recurrent_stack.h"
#include "core/models/trained_model.h"
#include "core/models/transformer_stack.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Of what kind and size a classifier of texts is.
struct ClassifierShape {
  enum class Kind { Flatten, Mean, Rnn, Lstm, Gru, Transformer };
  enum class Pooling { Last, Mean, Attention };

  Kind kind = Kind::Lstm;
  Pooling pooling = Pooling::Attention;  ///< of layers
  Index vocabulary = 0;                  ///< tokens
  Index classes = 0;
  Index longest = 200;  ///< tokens of a text; Flatten: what all are filled up to
  Index dimensions = 64;
  Index units = 64;  ///< of a layer; of cells both directions together
  Index layers = 1;
  bool bidirectional = true;  ///< cells
  Index heads = 4;            ///< Transformer
  Index feedForward = 128;    ///< Transformer: units inside a feed-forward layer
  double dropout = 0;         ///< while it learns: on what enters a layer or leaves it, and before the output
  bool operator==(const ClassifierShape&) const = default;

  /// Cells or a Transformer's: what reads texts of one length at once.
  bool hasLayers() const { return kind != Kind::Flatten && kind != Kind::Mean; }
  bool isTransformer() const { return kind == Kind::Transformer; }
  bool poolsByAttention() const { return hasLayers() && pooling == Pooling::Attention; }
  /// A token after the text that stands for its class (Devlin et al. 2019, arXiv:1810.04805): what the last
  /// step of a Transformer is.
  bool hasClassToken() const { return isTransformer() && pooling == Pooling::Last; }
  /// Numbers that a text becomes before the output.
  Index features() const;
};

/// "flatten", "mean", "rnn", "lstm", "gru", "transformer"; "last", "mean", "attention".
const char* classifierKindName(ClassifierShape::Kind kind);
const char* poolingName(ClassifierShape::Pooling pooling);
/// Sizes that no network has. As text for a file; and back, checked.
Expected<void> checkShape(const ClassifierShape& shape);
std::string toJson(const ClassifierShape& shape);
Expected<ClassifierShape> classifierShapeFrom(std::string_view json);

/// A classifier of texts of tokens w_1 ... w_T. E: a vector for each token.
///   flatten   f = [E(w_1); ...; E(w_L)]                the first network of Chollet 2017, chapter 6: L is
///                                                      fixed, shorter texts end in a token for padding
///   mean      f = sum over t of E(w_t) / T             Iyyer et al. 2015 without hidden layers; Joulin et
///   al.
///                                                      2016, arXiv:1607.01759
///   layers    h_t = what the last layer of cells, or of a Transformer's encoder (transformer_stack.h), says
///                   at step t
///             f = h_T, of cells that read backwards h_1; a Transformer reads
///                 one token more there, which stands for the class            last
///               = sum over t of h_t / T                                        mean
///               = sum over t of a_t h_t, a = softmax over t of v' tanh(W h_t + b)   attention: Yang et al.
///                                                      2016, Hierarchical Attention Networks (NAACL)
///   p = softmax(W_o f + b_o), learned by cross-entropy
/// With two classes this is the sigmoid with binary cross-entropy: softmax gives 1 / (1 + exp(z_1 - z_2)), a
/// sigmoid of the one number z_2 - z_1.
class ClassifierNet {
 public:
  /// Adds its matrices to `parameters`: they are found by their order.
  ClassifierNet(const ClassifierShape& shape, Parameters& parameters);

  const ClassifierShape& shape() const { return shape_; }
  void setDropout(double share) { shape_.dropout = share; }
  /// [dimensions x vocabulary], of Flatten one more for padding, or one for the class.
  ParameterId table() const { return table_; }
  static void initialise(const ClassifierShape& shape, Parameters& parameters, Rng& rng);

  /// Logits [classes x texts]. No text is empty or longer than `longest`; with layers all are equally long.
  /// What attention looked at is watched as "pooling". A tape with a probe reads one text at a time.
  Var forward(Tape& tape, std::span<const std::span<const TokenId>> texts) const;
  /// What forward() has left on the tape: where it looked in the first text, head by head.
  std::vector<AttentionHead> headsOf(const Tape& tape) const;
  /// Heads that silence() knows.
  std::vector<HeadPlace> heads() const;
  /// Leaves out what a head adds; false: there is no such head.
  bool silence(Parameters& parameters, const HeadPlace& head) const;

 private:
  /// Flattened or averaged.
  Var probed(Tape& tape, std::span<const TokenId> text) const;
  Var flattened(Tape& tape, std::span<const std::span<const TokenId>> texts) const;
  Var averaged(Tape& tape, std::span<const std::span<const TokenId>> texts) const;
  Var vectorsOf(Tape& tape, std::span<const TokenId> ids, Index batch) const;
  Var readByLayers(Tape& tape, std::span<const std::span<const TokenId>> texts) const;
  Real share() const { return static_cast<Real>(shape_.dropout); }

  ClassifierShape shape_;
  ParameterId table_;
  RecurrentStack cells_;
  TransformerStack stack_;
  ParameterId attentionWeights_, attentionBias_, attentionVector_, outWeights_, outBias_;
};

/// Of a Transformer's layers.
StackShape stackOf(const ClassifierShape& shape);
/// Numbers that its matrices take together, however large the sizes are.
double parametersOf(const ClassifierShape& shape);

}  // namespace lexarium

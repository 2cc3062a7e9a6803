// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/train/snapshot.h"

// Questions to one's own text, without a model that was trained on questions: the sentences whose words mean
// on average what the question's words mean.
//   v_s = sum over words w of s of idf_w v_w / |v_w|         idf_w = ln(sentences / sentences with w)
//   v'_s = v_s - u (u . v_s)                                 u: what all sentences have in common, the first
//                                                            singular vector (Arora, Liang & Ma 2017, "A
//                                                            simple but tough-to-beat baseline for sentence
//                                                            embeddings")
//   score = cosine of v'_s and v'_q
// No v_s is kept: v'_q . v_s is a sum of one number a word, idf_w v'_q . v_w / |v_w|, so that a question is
// one pass over the text's token ids, and a sentence costs eight bytes.

namespace lexarium {

/// A word of an answer, and how much it looks like what was asked for.
struct WeightedWord {
  ByteRange range;   ///< in the document's text
  float weight = 0;  ///< softmax over the sentence's words that the question does not have; 0 of those it has
};

/// A sentence that may answer.
struct CorpusAnswer {
  std::size_t sentence = 0, document = 0;
  ByteRange range;   ///< of the sentence in the document's text
  double score = 0;  ///< cosine
  ByteRange span;    ///< words that stand out, of those that the question does not have; empty: none
  std::vector<WeightedWord> words;
};

struct CorpusQuestion {
  std::size_t answers = 10;    ///< at most
  std::size_t leastWords = 4;  ///< with vectors, of a sentence: headings answer nothing
  bool operator==(const CorpusQuestion&) const = default;
};

/// All sentences of a text, ready to be asked through one table of vectors. Immutable; any number of threads.
class QuestionIndex {
 public:
  /// commonPart: takes u away. Errors: the text has no sentences, or none of its words a vector; cancelled.
  static Expected<std::shared_ptr<const QuestionIndex>> create(std::shared_ptr<const Corpus> corpus,
                                                               std::shared_ptr<const EmbeddingTable> table,
                                                               bool commonPart = true,
                                                               const TaskContext& context = {});

  /// Best first; equal sentences once. Errors: no word of the question has a vector; cancelled.
  Expected<std::vector<CorpusAnswer>> ask(std::string_view question, const CorpusQuestion& how = {},
                                          const TaskContext& context = {}) const;
  const std::shared_ptr<const Corpus>& corpus() const { return corpus_; }
  const std::shared_ptr<const EmbeddingTable>& table() const { return table_; }
  /// Beside text and table.
  std::size_t memoryBytes() const;

 private:
  bool weighWords(const TaskContext& context);
  bool findCommonPart(const TaskContext& context);
  bool measureSentences(const TaskContext& context);
  /// v_s; how many of its words have vectors.
  std::size_t sentenceVector(std::size_t sentence, Vector& sum) const;
  Vector withoutCommon(Vector vector) const;
  std::vector<TokenId> wordsOf(std::string_view question) const;
  void mark(const std::vector<TokenId>& asked, CorpusAnswer& answer) const;

  std::shared_ptr<const Corpus> corpus_;
  std::shared_ptr<const EmbeddingTable> table_;
  std::vector<float> weights_;  // idf_w / |v_w|, 0: no vector
  std::vector<float> idf_;
  Vector common_;                // u, or zeros
  std::vector<float> shared_;    // u . v_s
  std::vector<float> inverses_;  // 1 / |v'_s|, 0: too short
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/sha256.h"
#include "core/text/corpus.h"

namespace lexarium {

/// A corpus as plain lists, to be kept in a file and opened again without cutting the text.
struct CorpusImage {
  std::string title;
  SegmentOptions options;
  std::vector<std::string> notes;
  std::vector<Document> documents;  ///< with their texts
  std::vector<std::string> words;   ///< of the vocabulary, in its order; counts follow from the tokens
  std::vector<TokenId> tokens;
  std::vector<TokenIndex>
      sentenceStarts;  ///< as Corpus::sentenceStarts(), but without the last, tokens.size()
  /// Bytes between a token and the one before it in the document (or the document's start), and of the token:
  /// a byte each. Where that is not enough both are 255, and the next entry of `wide...` has begin and
  /// length.
  std::vector<std::uint8_t> gaps;
  std::vector<std::uint8_t> lengths;
  std::vector<std::uint64_t> wideBegins;
  std::vector<std::uint32_t> wideLengths;
  std::shared_ptr<const TaskData> task{};  ///< Corpus::task()
};

/// Copies all of it, the texts too.
CorpusImage imageOf(const Corpus& corpus);

/// The corpus of an image that may come from a stranger: everything is checked, so that no later use can go
/// wrong. Errors: what does not fit together.
Expected<std::shared_ptr<const Corpus>> corpusFromImage(CorpusImage image);

/// Equal for corpora with equal texts (not their paths), cut in the same way. Reads all of it.
Sha256::Digest corpusHash(const Corpus& corpus);

/// As hexadecimal digits: equal for corpora from which a model learns the same, the same words in the same
/// order and sentences, whatever the files are called and whatever stands between the words. Reads all of it.
std::string wordsHash(const Corpus& corpus);

}  // namespace lexarium

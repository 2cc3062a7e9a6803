// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "core/base/rng.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Words parted by spaces; a line is a sentence, an element of `documents` a document.
inline std::shared_ptr<const Corpus> toyCorpus(const std::vector<std::string>& documents) {
  std::vector<NamedText> texts;
  for (const std::string& text : documents)
    texts.push_back({"document " + std::to_string(texts.size()), text});
  auto corpus = corpusFromTexts(
      "Toy", std::move(texts),
      {.method = SegmentOptions::Method::Whitespace, .lineEnds = SegmentOptions::LineEnds::EndSentence});
  if (!corpus) {
    std::fprintf(stderr, "toy corpus: %s\n", corpus.error().message().c_str());
    std::abort();
  }
  return *corpus;
}

/// Sentences of two words, each of which is only ever seen with its partner, so that everything can be
/// learned and the least loss is 0. Pair i stands 2 i + 2 times in the text: all counts differ.
inline std::shared_ptr<const Corpus> pairsCorpus(std::size_t pairs) {
  std::string text;
  for (std::size_t round = 0; round < 2 * pairs; ++round) {
    for (std::size_t i = 0; i < pairs; ++i) {
      if (round < 2 * i + 2) text += "left" + std::to_string(i) + " right" + std::to_string(i) + "\n";
    }
  }
  return toyCorpus({text});
}

/// A drunkard's walk through `words` words on a circle: a word's neighbours in the text are its neighbours on
/// the circle. Sentences of 1 to 30 words, documents of `tokens` / `documents` words.
inline std::shared_ptr<const Corpus> circleCorpus(std::size_t words, std::size_t tokens,
                                                  std::size_t documents = 1, std::uint64_t seed = 1) {
  Rng rng(seed);
  std::vector<std::string> texts(documents);
  std::size_t place = 0;
  for (std::string& text : texts) {
    for (std::size_t left = tokens / documents, length = 0; left > 0; --left) {
      if (length == 0) length = 1 + rng.below(30);
      place = (place + words + rng.below(7) - 3) % words;
      text += "w" + std::to_string(place) + (--length == 0 ? "\n" : " ");
    }
  }
  return toyCorpus(texts);
}

}  // namespace lexarium

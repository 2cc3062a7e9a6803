// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/concordance/concordance.h"

namespace lexarium {

/// Why two words lie close: the contexts they share, and the places of the text that hold the most of them.
///
/// The measure. A word is the row of its weights with all contexts,
///   M(w, c) = d(w, c) * max(0, log( p(c | w) / p'(c) )),
/// where p(c | w) is the share of c among the words within the window around w (a word at distance r counts
/// (L + 1 - r) / L, as word2vec draws its windows), and p'(c) is proportional to count(c)^0.75. Up to d and a
/// constant the logarithm is what skip-gram with negative sampling brings the product of the two vectors of w
/// and c to, since that is the noise it is trained against (Levy & Goldberg 2014, "Neural word embedding as
/// implicit matrix factorization"; positive part and smoothing: Levy, Goldberg & Dagan 2015, "Improving
/// distributional similarity with lessons learned from word embeddings"). With few events the estimate is too
/// high by chance, and a model of some hundred dimensions does not follow it either; so each weight is
/// discounted by
///   d(w, c) = n/(n + 1) * m/(m + 1),  n = times together, m = the smaller of the counts of w and c
/// (Pantel & Lin 2002, "Discovering word senses from text").
/// The product of two rows is a sum over contexts, so a context's share in the closeness of a and b is
///   share(c) = M(a, c) M(b, c) / sum over c' of M(a, c') M(b, c'),
/// and a place's share is the sum over the different contexts in its window. a and b themselves are no
/// contexts here: how often they meet is told separately. It is a measure of the text, not of one run's
/// vectors, so it also serves for vectors that came from a file.
struct WhyCloseRequest {
  TokenId a = kNoToken;
  TokenId b = kNoToken;
  std::size_t window = 5;         ///< words each side, 1 to 100
  bool crossSentences = false;    ///< windows may cross sentences, but never documents
  std::size_t words = 0;          ///< contexts are ids [0, words), others are passed over; 0: all
  std::size_t contexts = 40;      ///< shared contexts given at most
  std::size_t places = 12;        ///< places given at most for each of the two words
  std::size_t sample = 200'000;   ///< more places of a word than this are sampled evenly
  TokenId mustHave = kNoToken;    ///< only places with this context
  std::size_t longestShown = 40;  ///< tokens of a sentence given at most
};

/// A context that both words have.
struct SharedContext {
  TokenId id = kNoToken;
  double share = 0;                         ///< of the closeness, 0 to 1
  std::array<std::uint32_t, 2> together{};  ///< times in the window of a, of b; among the places looked at
  std::array<double, 2> weight{};           ///< M(a, c), M(b, c)
};

/// A place of a or b that holds shared contexts.
struct EvidencePlace {
  TokenId word = kNoToken;  ///< a or b
  TokenIndex token = 0;     ///< where it stands
  TokenRange shown;         ///< its sentence and contexts beyond it; of a very long one the part around it
  double share = 0;         ///< of the closeness, 0 to 1
  std::vector<TokenIndex> contexts;  ///< of the window: the shared contexts that weigh, in reading order
};

struct WhyClose {
  std::array<std::uint64_t, 2> places{};    ///< of a, of b, in the text
  std::array<std::uint64_t, 2> lookedAt{};  ///< fewer than places: an even sample
  double contextCosine = 0;                 ///< of M(a, .) and M(b, .)
  std::size_t sharedContexts = 0;           ///< all, not only those given
  std::uint64_t meetings = 0;               ///< times that b stands in a window of a, among those looked at
  std::vector<SharedContext> contexts;      ///< largest share first
  /// Largest share first; around the same word no two read the same or overlap.
  std::vector<EvidencePlace> evidence;
};

/// Reads only the places of the two words. Errors: cancelled; a word that the text does not have.
Expected<WhyClose> whyClose(const PositionIndex& index, const WhyCloseRequest& request,
                            const TaskContext& context = {});

/// A piece of a place's sentence.
struct TextPiece {
  enum class Kind { Plain, Word, Partner, Context };

  std::string text;  ///< white space as single spaces
  Kind kind = Kind::Plain;
  TokenId id = kNoToken;  ///< of the word, if it is one that stands out
};

/// The sentence as written, cut into what is the word, the other word, a shared context, or neither. U+2026
/// where a very long sentence is cut.
std::vector<TextPiece> evidenceText(const Corpus& corpus, const EvidencePlace& place, TokenId partner);

}  // namespace lexarium

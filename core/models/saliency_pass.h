// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/ops.h"
#include "core/models/saliency.h"
#include "core/text/tokenizer.h"

// Internal to core/models.

namespace lexarium {

/// A reading as a network meets it; each kind of model has one.
class SaliencyPass {
 public:
  /// One number of the logits.
  struct Output {
    Index column = 0;    ///< of the logits of one copy
    Index target = 0;    ///< row
    std::size_t of = 0;  ///< inputs [0, of) are seen by it
  };
  virtual ~SaliencyPass() = default;

  virtual const Parameters& parameters() const = 0;
  /// Reads `copies` copies of it side by side; the logits of copy c are columns column * copies + c.
  virtual Var logits(Tape& tape, Index copies) const = 0;
  /// May there be more than one copy?
  virtual bool canCopy() const { return true; }
  /// Whose vector is a column of what entered (of one copy)?
  virtual std::size_t inputOf(Index column) const { return static_cast<std::size_t>(column); }
  /// Logits of one copy without an input, in the same columns.
  virtual Matrix without(std::size_t input, OccludedBy by, const StopToken& stop) const = 0;

  std::vector<PlacedToken> input, output;
  std::string outputText;
  std::vector<Output> outputs;  ///< one for each of `output`
};

/// Asks as the query says. Empty: it was stopped, or there is nothing to ask.
Saliency saliencyOf(const SaliencyPass& pass, const SaliencyQuery& query, const StopToken& stop);

/// Ids without one of them as `by` says: silent receives it where only zeros can take its place.
std::vector<TokenId> occluded(std::vector<TokenId> ids, std::size_t which, OccludedBy by, TokenId unknown,
                              std::vector<Index>& silent);
/// Tokens of a text as they are read, with their places; those that stand for nothing there have none.
std::vector<PlacedToken> placedTokens(const Tokenizer& tokenizer, std::string_view utf8,
                                      const std::vector<TokenId>& ids);

}  // namespace lexarium

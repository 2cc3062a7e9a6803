// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/sequence_model.h"
#include "core/text/corpus.h"

namespace lexarium {

/// The last tenth of a text is what sequence models do not learn from; bytes from the beginning of all
/// documents on.
std::uint64_t heldBackFrom(const Corpus& corpus);

/// Mean of -ln p per token over the beginning of the text held back, for models whose run was too short to
/// measure it: at most `mostTokens`. NaN if there is nothing to read, or it was stopped.
double heldBackLoss(const SequenceModel& model, const Corpus& corpus, std::size_t mostTokens,
                    const StopToken& stop = {});

}  // namespace lexarium

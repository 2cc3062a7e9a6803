// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/text/corpus.h"

namespace lexarium {

/// In which order the `words` most frequent words deserve a label on a map: by frequency, but grammatical
/// words last. A word counts as grammatical if it is so frequent that subsampling thins it out (more than
/// 1e-3 of the text; Mikolov et al. 2013, section 2.3) and spread evenly, unlike a frequent name or topic,
/// whose occurrences come in bursts (Church and Gale 1995). Returns a permutation of [0, words); by frequency
/// alone if it was stopped. One pass over the text.
std::vector<std::uint32_t> labelOrder(const Corpus& corpus, std::size_t words,
                                      const TaskContext& context = {});

}  // namespace lexarium

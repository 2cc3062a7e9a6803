// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/models/trained_model.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Texts to give a model: sentences of the last tenth of the text, which models do not learn from, neither
/// very short nor very long, evenly spread; of a corpus of examples those that are kept for the test. At most
/// `most`. Without a text one of our own.
std::vector<Reading> readingExamples(const Corpus* corpus, std::size_t most);

}  // namespace lexarium

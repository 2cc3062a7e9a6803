// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/text/corpus.h"
#include "core/train/trainer.h"
#include "ui/session/run_controller.h"

namespace lexarium {

/// "UTF-8", "UTF-16LE, by its mark", "GB18030, detected 80 %", "Big5, chosen"
QString encodingText(const Encoding& encoding);
/// The encodings of all documents, each once: "UTF-8, GB18030 (detected 80 %)".
QString encodingsText(const Corpus& corpus);
/// "300,123 words, 1,024 of them different, in 20,000 sentences"
QString sizeText(const Corpus& corpus);
/// "king", made fit for one line.
QString wordText(const Corpus& corpus, TokenId id);

/// "36,759"; a dash for words without a text, whose counts nobody knows.
QString countText(const Corpus& corpus, TokenId id);
/// The count for a table of data: empty where nobody knows it.
std::string csvCount(const Corpus& corpus, TokenId id);
/// "Occurs 36,759 times", or that nobody knows.
QString occurrenceText(const Corpus& corpus, TokenId id);
/// What a view says that needs the text when there are only vectors from a file.
QString withoutText();

/// The words that get a vector: ids [0, words).
struct KeptWords {
  std::size_t words = 0;
  std::uint64_t minimumCount = 0;
  std::size_t maximumWords = 0;  ///< 0: no limit
};
KeptWords keptWords(const RunConfig& config, const Vocabulary& vocabulary);
/// By the run that is shown, or by what the next one will use.
KeptWords keptWords(const RunController& runs, const Vocabulary& vocabulary);

/// "Preparing", "Running", "Paused" ... for people.
QString stateText(RunStatus::State state);

}  // namespace lexarium

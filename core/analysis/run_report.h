// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/report_html.h"
#include "core/train/model_card.h"

namespace lexarium {

/// A phrase of a report, or a label of a parameter, in the language of the person.
using Translate = std::function<std::string(const std::string&)>;

/// What a report shows beside the card.
struct ReportParts {
  std::string language = "en";
  std::vector<ReportFigure> curves{}, pictures{};
  std::vector<std::pair<std::string, std::string>>
      samples{};  ///< prompt or word, and what the model makes of it
};

/// A run for people who were not there: what was learned from what, with which settings, how it went, and
/// what came of it.
Report runReport(const ModelCard& card, const ReportParts& parts, const Translate& translate);
/// All phrases that runReport() and samplesOf() translate, but for those of the models' parameters.
std::span<const char* const> reportPhrases();

/// Some words with their nearest neighbours, or some texts that a language model says (seed 1): a line of
/// what was asked, and the answer.
std::vector<std::pair<std::string, std::string>> samplesOf(const Snapshot& snapshot, const Corpus* corpus,
                                                           const Translate& translate,
                                                           const StopToken& stop = {});

}  // namespace lexarium

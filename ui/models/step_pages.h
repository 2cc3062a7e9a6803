// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <variant>
#include <vector>

#include "core/analysis/teaching_step.h"
#include "core/text/corpus.h"
#include "ui/look/theme.h"

namespace lexarium {

using StepTrace = std::variant<PredictionTrace, CellTrace>;

/// One page of a training step: what happens, the formula, and the very numbers.
struct StepPage {
  QString title;     ///< "Scores"
  QString sentence;  ///< plain text, for screen readers too
  QString html;      ///< formula, text and table
};

/// What the two tables show on a page.
enum class StepTables { Before, Gradient, After };

/// The pages are always these, whatever the model.
enum StepNumber : int {
  kStepPair,
  kStepRows,
  kStepScores,
  kStepProbabilities,
  kStepLoss,
  kStepGradients,
  kStepUpdate
};
inline constexpr int kStepPages = kStepUpdate + 1;
StepTables tablesOf(int page);

/// "fox" or, for an inner node of the tree, "node 17".
QString outputName(const Corpus& corpus, const TeachingPair& pair, std::uint32_t row);
/// The pair with the words around it as HTML; the words are links "token:N".
QString pairHtml(const Corpus& corpus, const TeachingPair& pair, const Theme& theme);
/// All pages of one traced step.
std::vector<StepPage> stepPages(const Corpus& corpus, const TeachingPair& pair, const StepTrace& trace,
                                const Theme& theme);

/// Colours of the roles: the word whose vector is used, what is to be found, noise.
QColor centreColor(const Theme& theme);
QColor rightColor(const Theme& theme);
QColor noiseColor(const Theme& theme);

}  // namespace lexarium

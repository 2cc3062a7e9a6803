// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/cli/vectors_input.h"
#include "core/analysis/neighbours.h"

namespace lexarium::cli {

/// Asks all questions, with progress; the last score is the total. Errors: Ctrl+C.
Expected<std::vector<AnalogyScore>> scoreAnalogies(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                                   std::span<const AnalogyQuestion> questions,
                                                   std::size_t maximumWords, ProgressLine& progress);

/// A line a category: "capital-country  91.0 %  91 of 100, 4 with unknown words".
std::string toText(std::span<const AnalogyScore> scores);
nlohmann::ordered_json toJson(const AnalogyScore& score);
nlohmann::ordered_json toJson(std::span<const AnalogyScore> scores);

}  // namespace lexarium::cli

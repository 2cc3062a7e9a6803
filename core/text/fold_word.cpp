// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/fold_word.h"

#include "core/text/decode.h"
#include "core/text/segment.h"

namespace lexarium {

std::vector<std::string> foldedForms(std::string_view word) {
  std::vector<std::string> forms{std::string(word)};
  if (findInvalidUtf8(word) != std::string_view::npos) return forms;
  for (const auto& [lowerCase, normalise] : {std::pair(false, true), {true, true}, {true, false}}) {
    SegmentOptions options;
    options.lowerCase = lowerCase;
    options.normalise = normalise;
    std::string form = normalForm(word, options);
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  }
  return forms;
}

std::optional<TokenId> findFolded(const Vocabulary& vocabulary, std::string_view word) {
  for (const std::string& form : foldedForms(word)) {
    if (const auto id = vocabulary.find(form)) return id;
  }
  return std::nullopt;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/models/cbow.h"
#include "core/models/glove.h"
#include "core/models/learner.h"
#include "core/models/ngram.h"
#include "core/models/sequence_learner.h"
#include "core/models/skip_gram.h"

namespace lexarium {

std::span<const ModelInfo> models() {
  static const std::vector<ModelInfo> all = {
      skipGramModel(), cbowModel(), gloveModel(), ngramModel(),       mlpModel(),
      rnnModel(),      lstmModel(), gruModel(),   transformerModel(),
  };
  return all;
}

const ModelInfo* findModel(std::string_view id) {
  const auto all = models();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ModelInfo& model) { return model.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace lexarium

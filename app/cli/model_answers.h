// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cli/line_input.h"
#include "core/base/expected.h"
#include "core/models/pair_model.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"

namespace lexarium::cli {

/// What a model says to one line, for people and for programs. All objects have "output" and "probability".
struct ModelAnswer {
  std::string plain;
  nlohmann::ordered_json object;
};

ModelAnswer answerOf(const PairModel& model, const Reading& reading, const TranslateOptions& options);
ModelAnswer answerOf(const ClassifierModel& model, const Reading& reading);
ModelAnswer answerOf(const StoryModel& model, const Reading& reading);
/// The likeliest next tokens.
ModelAnswer answerOf(const SequenceModel& model, const Reading& reading);
/// Whatever it is.
ModelAnswer answerOf(const TrainedModel& model, const Reading& reading);

/// Any model from a file that this program wrote. Errors: it is none; with the path.
Expected<std::shared_ptr<const TrainedModel>> readTrainedModel(const std::string& path);
/// The same of one kind. `command` writes such files.
template <class Model>
Expected<std::shared_ptr<const Model>> readModelOf(const std::string& path, const char* command) {
  auto model = readTrainedModel(path);
  if (!model) return tl::unexpected<Error>(model.error());
  if (auto right = std::dynamic_pointer_cast<const Model>(*model)) return right;
  return makeError("It holds another kind of model", path,
                   std::string("Choose a file that `lexarium-cli ") + command + "` has written");
}

}  // namespace lexarium::cli

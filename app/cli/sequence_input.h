// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium::cli {

/// A language model from a file: what `train` wrote, or one that others trained (llama2.c's checkpoints with
/// their tokenizer, GPT-2 with the folder of its tokens). Errors: it is none.
Expected<std::shared_ptr<const SequenceModel>> loadLanguageModel(const std::string& path,
                                                                 const std::string& tokenizer);

}  // namespace lexarium::cli

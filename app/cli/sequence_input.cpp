// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sequence_input.h"

#include "core/base/file.h"
#include "core/models/model_file.h"

namespace lexarium::cli {

Expected<std::shared_ptr<const SequenceModel>> loadLanguageModel(const std::string& path,
                                                                 const std::string& tokenizer) {
  return readLanguageModelFile(pathFromUtf8(path), pathFromUtf8(tokenizer));
}

}  // namespace lexarium::cli

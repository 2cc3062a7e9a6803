// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sequence_input.h"

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/llama2c.h"

namespace lexarium::cli {

Expected<std::shared_ptr<const SequenceModel>> loadLanguageModel(const std::string& path,
                                                                 const std::string& tokenizer) {
  if (!tokenizer.empty()) return readLlama2c(pathFromUtf8(path), pathFromUtf8(tokenizer));
  auto set = readSafetensors(pathFromUtf8(path));
  if (!set) return tl::unexpected<Error>(set.error());
  auto model = loadSequenceModel(*set);
  if (model) return model;
  Error error = model.error();
  error.where = path + (error.where.empty() ? "" : ", " + error.where);
  return tl::unexpected<Error>(error);
}

}  // namespace lexarium::cli

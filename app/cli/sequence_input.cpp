// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sequence_input.h"

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/gpt2.h"
#include "core/models/llama2c.h"

namespace lexarium::cli {

Expected<std::shared_ptr<const SequenceModel>> loadLanguageModel(const std::string& path,
                                                                 const std::string& tokenizer) {
  const auto file = pathFromUtf8(path), tokens = pathFromUtf8(tokenizer);
  std::error_code ignored;
  const bool isFolder = std::filesystem::is_directory(tokens, ignored);
  if (!tokenizer.empty() && !isFolder) return readLlama2c(file, tokens);
  if (isFolder) return readGpt2(file, tokens);
  auto set = readSafetensors(file);
  if (!set) return tl::unexpected<Error>(set.error());
  if (looksLikeGpt2(*set)) return readGpt2(file, file.has_parent_path() ? file.parent_path() : ".");
  auto model = loadSequenceModel(*set);
  if (model) return model;
  Error error = model.error();
  error.where = path + (error.where.empty() ? "" : ", " + error.where);
  return tl::unexpected<Error>(error);
}

}  // namespace lexarium::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// A model with GPT-2's names of tensors (wte.weight, h.0.attn.c_attn.weight ...) from a safetensors file. In
/// `tokenizer`, a folder, lie its tokens: encoder.json and vocab.bpe, or vocab.json and merges.txt. How many
/// heads it has stands in config.json beside the model ("n_head"); without it a head has 64 units, as in all
/// of GPT-2. Errors: it is none, something is missing or of another size.
Expected<std::shared_ptr<const SequenceModel>> readGpt2(const std::filesystem::path& model,
                                                        const std::filesystem::path& tokenizer);
/// Is this the name of the table of its tokens?
bool isTokenTableOfGpt2(std::string_view tensor);
/// Does the set hold tensors of such names?
bool looksLikeGpt2(const TensorSet& set);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// Is this a language model, by its content: a checkpoint of llama2.c, or safetensors with GPT-2's names or
/// with what `lexarium-cli train` writes? Reads the beginning only; whether it is whole,
/// readLanguageModelFile() tells.
bool looksLikeLanguageModel(const std::filesystem::path& path);

/// The same for any model that this program writes.
bool looksLikeModel(const std::filesystem::path& path);

/// A model of any kind from a file; otherwise like readLanguageModelFile().
Expected<std::shared_ptr<const TrainedModel>> readModelFile(const std::filesystem::path& path,
                                                            const std::filesystem::path& tokenizer = {});

/// A language model from a file. `tokenizer`: a tokenizer.bin of llama2.c, or the folder with GPT-2's tokens;
/// empty: found beside the model (tokenizer.bin, tok*.bin; encoder.json and vocab.bpe, vocab.json and
/// merges.txt). Errors, one sentence each: it is none, it is damaged, its tokenizer is missing, there is too
/// little memory.
Expected<std::shared_ptr<const SequenceModel>> readLanguageModelFile(
    const std::filesystem::path& path, const std::filesystem::path& tokenizer = {});

}  // namespace lexarium

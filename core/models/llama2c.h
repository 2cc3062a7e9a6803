// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// A checkpoint of llama2.c (github.com/karpathy/llama2.c, version 0: seven whole numbers, then all matrices
/// in single precision) with its tokenizer.bin. Errors: it is none, it ends early, the tokenizer is not its
/// own.
Expected<std::shared_ptr<const SequenceModel>> readLlama2c(const std::filesystem::path& checkpoint,
                                                           const std::filesystem::path& tokenizer);

/// How many tokens a checkpoint has, by its first bytes; 0: these sizes are no such network's.
std::size_t vocabularyOfLlama2c(std::span<const std::byte> head);

}  // namespace lexarium

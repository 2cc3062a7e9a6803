// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/expected.h"
#include "core/models/sequence_model.h"

namespace lexarium {

/// A checkpoint of llama2.c (github.com/karpathy/llama2.c, version 0: seven whole numbers, then all matrices
/// in single precision) with its tokenizer.bin. Errors: it is none, it ends early, the tokenizer is not its
/// own.
Expected<std::shared_ptr<const SequenceModel>> readLlama2c(const std::filesystem::path& checkpoint,
                                                           const std::filesystem::path& tokenizer);

}  // namespace lexarium

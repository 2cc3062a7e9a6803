// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/text/tokenizer.h"

namespace lexarium {

/// -log2 p: the surprise of something that had that probability.
double bitsOf(float probability);
/// A token as it stands in a running text: words bring their space with them.
QString runningText(const Tokenizer& tokenizer, TokenId id);

}  // namespace lexarium

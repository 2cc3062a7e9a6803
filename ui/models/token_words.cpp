// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/token_words.h"

#include <cmath>

#include "ui/widgets/helpers.h"

namespace lexarium {

double bitsOf(float probability) { return -std::log2(static_cast<double>(probability)); }

QString runningText(const Tokenizer& tokenizer, TokenId id) {
  const QString text = toQString(tokenizer.text(id));
  return tokenizer.kind() == Tokenizer::Kind::Words ? text + u' ' : text;
}

}  // namespace lexarium

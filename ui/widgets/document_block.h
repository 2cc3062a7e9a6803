// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextLayout>

#include "ui/widgets/document_reader.h"

namespace lexarium {

/// A block that is laid out. Units are UTF-16 units of decoded.text, pixels count from the block's top left.
struct DocumentReader::Block {
  struct Token {
    TokenIndex index;
    ByteRange bytes;  ///< in the document
  };

  std::uint64_t index = 0;
  ByteRange bytes;  ///< in the document
  DecodedText decoded;
  QTextLayout layout;
  int height = 0;
  std::vector<Token> tokens;  ///< that begin in this block

  int unitOf(std::uint64_t byte) const { return decoded.unitAt(byte < bytes.begin ? 0 : byte - bytes.begin); }
  std::uint64_t byteOf(int unit) const { return bytes.begin + decoded.byteAt(unit); }
};

}  // namespace lexarium

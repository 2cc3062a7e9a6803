// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lexarium {

enum class ContextSide { Left, Node, Right };

/// How many bytes a context of that many tokens may have before it is cut: far more than any ordinary text
/// needs.
std::size_t contextByteLimit(std::size_t tokens);

/// A piece of a text (valid UTF-8) for one line of a concordance: white space and control characters become
/// single spaces, none at the outer end. Longer than `limit` bytes it is cut at a code point, on the side
/// away from the node, and U+2026 stands at the cut.
std::string contextText(std::string_view text, ContextSide side, std::size_t limit);

}  // namespace lexarium

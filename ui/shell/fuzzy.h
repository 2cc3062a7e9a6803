// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace lexarium {

/// How well `query` matches `text`: its letters in this order, spaces do not count, case does not matter.
/// Letters at the start of a word and letters in a row count more, a long text less. None: no match. An empty
/// query matches all.
std::optional<int> fuzzyScore(const QString& query, const QString& text);

}  // namespace lexarium

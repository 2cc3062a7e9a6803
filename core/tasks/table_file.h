// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"

namespace lexarium {

/// How the cells of a table are parted in a file.
enum class TableFormat {
  Tabs,        ///< a line a row; quotation marks are part of the text (as Tatoeba's files are written)
  Commas,      ///< RFC 4180: quoted cells may hold separators, line ends and doubled quotation marks
  Semicolons,  ///< the same with semicolons
  JsonLines,   ///< a JSON object a line; its keys are the columns
};

/// "tabs", "commas", "semicolons", "json lines".
const char* tableFormatName(TableFormat format);

struct TableRow {
  std::uint64_t line = 0;  ///< of the file, from 1
  std::vector<std::string> cells;
};

/// A row that was left out, and why.
struct SkippedRow {
  std::uint64_t line = 0;
  std::string why;
};

/// All rows of a file, still without a meaning.
struct Table {
  TableFormat format = TableFormat::Tabs;
  std::vector<std::string> header;  ///< JSON Lines: keys in the order in which they first occur; else empty
  std::vector<TableRow> rows;       ///< empty lines are left out
  std::vector<SkippedRow> skipped;  ///< rows that are none: JSON that cannot be read
};

/// By the first lines: JSON Lines if most begin with "{", else the separator that stands in most of them.
TableFormat guessTableFormat(std::string_view utf8);

/// Errors: cancelled. A quotation mark that begins a cell and is never closed is a character like others.
Expected<Table> readTable(std::string_view utf8, TableFormat format, const TaskContext& context = {});

}  // namespace lexarium

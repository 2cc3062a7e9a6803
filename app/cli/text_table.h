// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace lexarium::cli {

/// A table for a terminal: columns as wide as they must be, two spaces apart; a column of numbers stands to
/// the right.
class TextTable {
 public:
  struct Column {
    std::string heading;
    bool isNumber = false;
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// As many cells as columns.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// With a heading, each line ended and indented by two spaces.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lexarium::cli

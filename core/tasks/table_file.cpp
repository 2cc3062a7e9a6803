// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/table_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/tasks/import_parts.h"

namespace lexarium {
namespace {

constexpr std::size_t kGuessLines = 50;
constexpr std::size_t kMostColumns = 256;  // of objects, whose keys may all differ; further ones are not read
constexpr std::size_t kLinesBetweenReports = 4096;

bool isBlank(std::string_view line) {
  return line.find_first_not_of(" \t\xEF\xBB\xBF") == std::string_view::npos;
}

std::vector<std::string> cut(std::string_view line, char separator) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(separator, at), line.size());
    cells.emplace_back(line.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

/// Where the quotation that begins at `at` ends: the place of its closing mark; npos if it never ends.
std::size_t closingMark(std::string_view text, std::size_t at) {
  for (at = text.find('"', at + 1); at != std::string_view::npos; at = text.find('"', at + 2))
    if (at + 1 >= text.size() || text[at + 1] != '"') return at;
  return at;
}

/// A row of RFC 4180; moves `at` behind it, and counts its lines.
std::vector<std::string> takeQuotedRow(std::string_view text, std::size_t& at, char separator,
                                       std::uint64_t& line, bool& marksEnd) {
  std::vector<std::string> cells(1);
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && cells.back().empty() && marksEnd) {
      const std::size_t end = closingMark(text, at);
      // Looking for it again at each mark of a large file would take for ever.
      if (end == std::string_view::npos) {
        marksEnd = false;
        continue;
      }
      for (std::size_t i = at + 1; i < end; ++i) {
        cells.back() += text[i];
        if (text[i] == '"') ++i;  // doubled
        if (text[i] == '\n') ++line;
      }
      at = end + 1;
    } else if (c == separator) {
      cells.emplace_back();
      ++at;
    } else if (c == '\n' || c == '\r') {
      at += text.substr(at, 2) == "\r\n" ? 2 : 1;
      break;
    } else {
      cells.back() += c;
      ++at;
    }
  }
  ++line;
  return cells;
}

Expected<void> readLines(std::string_view text, Table& table, const TaskContext& context) {
  const bool tabs = table.format == TableFormat::Tabs;
  const char separator = tabs ? '\t' : table.format == TableFormat::Commas ? ',' : ';';
  std::uint64_t line = 0;
  bool marksEnd = true;
  for (std::size_t at = 0; at < text.size();) {
    if (table.rows.size() % kLinesBetweenReports == 0) {
      if (context.stopRequested()) return cancelled();
      context.report(static_cast<double>(at) / static_cast<double>(text.size()), "Reading rows");
    }
    TableRow row;
    row.line = line + 1;
    if (tabs) {
      const std::string_view content = takeLine(text, at);
      ++line;
      if (isBlank(content)) continue;
      row.cells = cut(content, separator);
    } else {
      row.cells = takeQuotedRow(text, at, separator, line, marksEnd);
      if (row.cells.size() == 1 && isBlank(row.cells[0])) continue;
    }
    table.rows.push_back(std::move(row));
  }
  return {};
}

/// A cell of JSON as text; nothing for what has parts of its own.
std::string textOf(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null() || value.is_structured()) return {};
  return value.dump();
}

Expected<void> readJsonLines(std::string_view text, Table& table, const TaskContext& context) {
  std::uint64_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (line % kLinesBetweenReports == 0) {
      if (context.stopRequested()) return cancelled();
      context.report(static_cast<double>(at) / static_cast<double>(text.size()), "Reading rows");
    }
    const std::string_view content = takeLine(text, at);
    ++line;
    if (isBlank(content)) continue;
    // Hostile nesting ends at the first bracket: the parser is told to keep nothing below the second level.
    const auto shallow = [](int depth, nlohmann::ordered_json::parse_event_t event, nlohmann::ordered_json&) {
      using Event = nlohmann::ordered_json::parse_event_t;
      return depth <= 1 || (event != Event::object_start && event != Event::array_start);
    };
    const auto json = nlohmann::ordered_json::parse(content, shallow, false);
    if (!json.is_object()) {
      table.skipped.push_back({line, "is no JSON object"});
      continue;
    }
    TableRow row;
    row.line = line;
    for (const auto& [key, value] : json.items()) {
      auto column = std::find(table.header.begin(), table.header.end(), key);
      if (column == table.header.end()) {
        if (table.header.size() >= kMostColumns) continue;
        column = table.header.insert(column, key);
      }
      const auto index = static_cast<std::size_t>(column - table.header.begin());
      row.cells.resize(std::max(row.cells.size(), index + 1));
      row.cells[index] = textOf(value);
    }
    table.rows.push_back(std::move(row));
  }
  return {};
}

}  // namespace

const char* tableFormatName(TableFormat format) {
  static constexpr std::array kNames{"tabs", "commas", "semicolons", "json lines"};
  return kNames[static_cast<std::size_t>(format)];
}

TableFormat guessTableFormat(std::string_view utf8) {
  std::array<std::size_t, 3> lines{};  // in which each separator stands
  std::size_t braces = 0, seen = 0;
  for (std::size_t at = 0; at < utf8.size() && seen < kGuessLines;) {
    const std::string_view line = takeLine(utf8, at);
    if (isBlank(line)) continue;
    ++seen;
    braces += line.find_first_not_of(" \t\xEF\xBB\xBF") == line.find('{') ? 1 : 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
      lines[i] += line.find("\t,;"[i]) != std::string_view::npos ? 1 : 0;
  }
  if (braces > 0 && braces * 2 >= seen) return TableFormat::JsonLines;
  // A tab is never part of a sentence; commas are.
  if (lines[0] * 2 >= seen && lines[0] > 0) return TableFormat::Tabs;
  if (lines[2] > lines[1]) return TableFormat::Semicolons;
  return lines[1] > 0 ? TableFormat::Commas : TableFormat::Tabs;
}

Expected<Table> readTable(std::string_view utf8, TableFormat format, const TaskContext& context) {
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  Table table;
  table.format = format;
  auto read = format == TableFormat::JsonLines ? readJsonLines(utf8, table, context)
                                               : readLines(utf8, table, context);
  if (!read) return tl::unexpected(read.error());
  return table;
}

}  // namespace lexarium

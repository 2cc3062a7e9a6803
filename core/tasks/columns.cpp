// SPDX-License-Identifier: GPL-3.0-or-later
// What the columns of a table are: found out by what stands in them.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "core/tasks/import_parts.h"

namespace lexarium {
namespace {

constexpr std::size_t kLooksAtRows = 1000;
constexpr std::size_t kMostClasses = 50;  // of a column that is taken for labels
constexpr std::size_t kLongestName = 40;  // bytes of a column's or class's name
constexpr std::size_t kMostLabels = 10'000;

struct Column {
  std::size_t filled = 0;
  std::size_t bytes = 0;
  std::size_t longest = 0;
  std::set<std::string> values;  // up to kMostClasses + 1 of them

  double meanBytes() const { return filled ? static_cast<double>(bytes) / static_cast<double>(filled) : 0; }
};

std::vector<Column> lookAt(const Table& table, bool header) {
  std::vector<Column> columns(table.header.size());
  const std::size_t first = header && table.header.empty() ? 1 : 0;
  for (std::size_t r = first; r < std::min(table.rows.size(), kLooksAtRows); ++r) {
    const auto& cells = table.rows[r].cells;
    columns.resize(std::max(columns.size(), std::min<std::size_t>(cells.size(), 256)));
    for (std::size_t c = 0; c < std::min(cells.size(), columns.size()); ++c) {
      const std::string_view text = trimmed(cells[c]);
      if (text.empty()) continue;
      ++columns[c].filled;
      columns[c].bytes += text.size();
      columns[c].longest = std::max(columns[c].longest, text.size());
      if (columns[c].values.size() <= kMostClasses) columns[c].values.emplace(text);
    }
  }
  return columns;
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  const std::string lower = lowerCase(trimmed(name));
  return std::find(names.begin(), names.end(), lower) != names.end();
}

bool namesLabel(std::string_view name) {
  return isOneOf(name, {"label", "class", "category", "sentiment", "polarity", "target class", "y", "stars",
                        "rating", "tag", "topic", "intent"});
}
bool namesText(std::string_view name) {
  return isOneOf(name, {"text", "sentence", "review", "phrase", "comment", "content", "document", "tweet",
                        "source", "src", "input", "question", "english", "en", "x"});
}
bool namesTarget(std::string_view name) {
  return isOneOf(name, {"target", "tgt", "output", "translation", "answer", "reference"});
}

/// A row of names: short, all different, at least one of them a usual name; or its last cell is never seen
/// again in a column of few values.
bool isNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,-+") == std::string_view::npos;
}

/// A word over nothing but numbers is a name.
bool standsOverNumbers(const Table& table, std::size_t column) {
  if (isNumber(trimmed(table.rows[0].cells[column]))) return false;
  for (std::size_t r = 1; r < std::min(table.rows.size(), kLooksAtRows); ++r)
    if (column >= table.rows[r].cells.size() || !isNumber(trimmed(table.rows[r].cells[column]))) return false;
  return true;
}

bool looksLikeHeader(const Table& table) {
  if (!table.header.empty() || table.rows.size() < 2) return false;
  const auto& cells = table.rows[0].cells;
  std::set<std::string> different;
  bool known = false;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string_view name = trimmed(cells[c]);
    if (name.empty() || name.size() > kLongestName) return false;
    different.insert(lowerCase(name));
    known = known || namesLabel(name) || namesText(name) || namesTarget(name) || standsOverNumbers(table, c);
  }
  return different.size() == cells.size() && known && cells.size() > 1;
}

std::vector<std::string> namesOf(const Table& table, bool header) {
  if (!table.header.empty()) return table.header;
  std::size_t columns = 0;
  for (std::size_t r = 0; r < std::min(table.rows.size(), kLooksAtRows); ++r)
    columns = std::max(columns, std::min<std::size_t>(table.rows[r].cells.size(), 256));
  std::vector<std::string> names;
  for (std::size_t c = 0; c < columns; ++c) {
    const bool named = header && c < table.rows[0].cells.size() && !trimmed(table.rows[0].cells[c]).empty();
    names.emplace_back(named ? trimmed(table.rows[0].cells[c]) : std::to_string(c + 1));
  }
  return names;
}

/// The column of fewest different short values, each seen several times; a name that says so wins.
std::optional<std::size_t> labelColumn(const std::vector<Column>& columns,
                                       const std::vector<std::string>& names, bool named) {
  std::optional<std::size_t> best;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column& column = columns[c];
    const bool few = column.values.size() >= 2 && column.values.size() <= kMostClasses &&
                     column.values.size() * 3 <= column.filled && column.longest <= kLongestName;
    if (!few) continue;
    if (named && namesLabel(names[c])) return c;
    if (!best || column.values.size() < columns[*best].values.size()) best = c;
  }
  return best;
}

std::optional<std::size_t> longestColumn(const std::vector<Column>& columns, std::optional<std::size_t> but) {
  std::optional<std::size_t> best;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (c != but && columns[c].filled > 0 && (!best || columns[c].meanBytes() > columns[*best].meanBytes()))
      best = c;
  return best;
}

/// Columns with something else than numbers, but not `but`; of a table without two of them all columns.
std::optional<std::size_t> firstTextColumn(const Table& table, std::size_t columns, bool header,
                                           std::optional<std::size_t> but) {
  const std::size_t first = header && table.header.empty() ? 1 : 0;
  const auto isText = [&](std::size_t c) {
    for (std::size_t r = first; r < std::min(table.rows.size(), kLooksAtRows); ++r)
      if (c < table.rows[r].cells.size() && !isNumber(trimmed(table.rows[r].cells[c]))) return true;
    return false;
  };
  for (std::size_t c = 0; c < columns; ++c)
    if (c != but && isText(c)) return c;
  return std::nullopt;
}

std::optional<std::size_t> namedColumn(const std::vector<std::string>& names, bool (*is)(std::string_view)) {
  for (std::size_t c = 0; c < names.size(); ++c)
    if (is(names[c])) return c;
  return std::nullopt;
}

}  // namespace

void findRoles(const Table& table, ImportOptions& options) {
  if (!options.header) options.header = looksLikeHeader(table);
  const bool named = *options.header || !table.header.empty();
  const std::vector<Column> columns = lookAt(table, *options.header);
  std::vector<std::string> names = namesOf(table, *options.header);
  names.resize(columns.size());
  const auto label = labelColumn(columns, names, named);
  const auto textName = named ? namedColumn(names, namesText) : std::nullopt;
  const auto targetName = named ? namedColumn(names, namesTarget) : std::nullopt;
  if (!options.kind) options.kind = label && !targetName ? TaskKind::Labels : TaskKind::Pairs;
  if (*options.kind == TaskKind::Labels) {
    if (!options.output) options.output = label;
    if (!options.input) options.input = textName ? textName : longestColumn(columns, options.output);
    if (!options.output && options.input)  // every value is its own class, which the import will refuse
      options.output = *options.input == 0 ? 1 : 0;
  } else {
    // Numbers of rows are neither source nor target, if there is anything else.
    const auto textBeside = [&](std::optional<std::size_t> other) {
      const auto found = firstTextColumn(table, columns.size(), *options.header, other);
      return found ? *found : other == 0 ? std::size_t{1} : std::size_t{0};
    };
    if (!options.input)
      options.input = textName && textName != options.output
                          ? *textName
                          : textBeside(options.output ? options.output : targetName);
    if (!options.output) options.output = targetName ? *targetName : textBeside(options.input);
    if (*options.input == *options.output) options.output = *options.input + 1;
  }
}

TaskData examplesFrom(const Table& table, ImportReport& report) {
  const ImportOptions& roles = report.used;
  TaskData data;
  data.kind = *roles.kind;
  report.columns = namesOf(table, *roles.header);
  report.rows += table.rows.size() + table.skipped.size();
  for (const SkippedRow& row : table.skipped) skip(report, row.line, row.why);
  const std::size_t first = *roles.header && table.header.empty() ? 1 : 0;
  report.rows -= first;
  const std::size_t input = roles.input.value_or(0), output = roles.output.value_or(1);
  std::map<std::string, std::uint32_t> labels;
  for (std::size_t r = first; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    const auto cell = [&](std::size_t c) {
      return c < row.cells.size() ? trimmed(row.cells[c]) : std::string_view();
    };
    TaskExample example;
    example.input = cell(input);
    example.output = cell(output);
    if (example.input.empty() || example.output.empty()) {
      const std::size_t missing = example.input.empty() ? input : output;
      skip(report, row.line, "has nothing in column " + std::to_string(missing + 1));
      continue;
    }
    if (data.kind == TaskKind::Labels) {
      if (labels.size() >= kMostLabels && !labels.contains(example.output)) {
        skip(report, row.line, "would be one more class; there are too many");
        continue;
      }
      labels.try_emplace(example.output, 0);
    }
    data.examples.push_back(std::move(example));
  }
  for (auto& [name, index] : labels) {
    index = static_cast<std::uint32_t>(data.labels.size());
    data.labels.push_back(name);
  }
  if (data.kind == TaskKind::Labels)
    for (TaskExample& example : data.examples) example.label = labels[example.output];
  return data;
}

}  // namespace lexarium

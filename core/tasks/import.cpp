// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/import.h"

#include <algorithm>
#include <set>

#include "core/base/file.h"
#include "core/tasks/import_parts.h"
#include "core/text/read_text.h"

namespace lexarium {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownRows = 50;
constexpr std::size_t kShownSkipped = 20;
constexpr double kReadShare = 0.5;  // of the progress

/// Decoded, with what a person is told of it.
Expected<std::string> readText(const fs::path& path, ImportReport& report, const ImportOptions& options,
                               const TaskContext& context) {
  auto document =
      readDocument({path, pathToUtf8(path.filename())}, options.encoding, {context, 0, kReadShare});
  if (!document) return tl::unexpected(document.error());
  if (report.encoding.empty()) report.encoding = document->encoding.name;
  report.replacedSequences += document->replacedSequences;
  std::string text = std::move(document->text);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

void keepFirstRows(const Table& table, ImportReport& report) {
  const auto count = static_cast<std::ptrdiff_t>(std::min(table.rows.size(), kShownRows));
  report.firstRows.assign(table.rows.begin(), table.rows.begin() + count);
}

Expected<TaskData> importTable(const fs::path& path, ImportReport& report, const TaskContext& context) {
  const auto text = readText(path, report, report.used, context);
  if (!text) return tl::unexpected(text.error());
  const bool stories = report.used.kind ? *report.used.kind == TaskKind::Stories : looksLikeStories(*text);
  if (stories) {
    report.used.kind = TaskKind::Stories;
    return storiesFrom(*text, report);
  }
  if (!report.used.format) report.used.format = guessTableFormat(*text);
  const auto table = readTable(*text, *report.used.format, context);
  if (!table) return tl::unexpected(table.error());
  findRoles(*table, report.used);
  keepFirstRows(*table, report);
  return examplesFrom(*table, report);
}

std::vector<std::string> linesOf(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) lines.emplace_back(trimmed(takeLine(text, at)));
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

/// Two files, line by line.
Expected<TaskData> importAligned(const std::vector<fs::path>& paths, ImportReport& report,
                                 const TaskContext& context) {
  std::vector<std::vector<std::string>> sides;
  for (const fs::path& path : paths) {
    const auto text = readText(path, report, report.used, context);
    if (!text) return tl::unexpected(text.error());
    sides.push_back(linesOf(*text));
  }
  if (sides[0].size() != sides[1].size()) {
    return makeError("The two files have " + std::to_string(sides[0].size()) + " and " +
                         std::to_string(sides[1].size()) + " lines, so their lines do not belong together",
                     pathToUtf8(paths[0].filename()) + " and " + pathToUtf8(paths[1].filename()),
                     "Choose two files with as many lines each, or one with both texts in every line");
  }
  Table table;
  for (std::size_t i = 0; i < sides[0].size(); ++i) {
    if (sides[0][i].empty() && sides[1][i].empty()) continue;
    table.rows.push_back({i + 1, {std::move(sides[0][i]), std::move(sides[1][i])}});
  }
  report.used.header = false;
  report.used.input = report.used.input.value_or(0);
  report.used.output = report.used.output.value_or(1);
  keepFirstRows(table, report);
  TaskData data = examplesFrom(table, report);
  report.columns = {pathToUtf8(paths[0].filename()), pathToUtf8(paths[1].filename())};
  return data;
}

/// A class of texts: a name and files, of which each or each line is one.
struct ClassFiles {
  std::string name;
  std::vector<fs::path> files;
  bool byLine = false;
};

Expected<TaskData> importClasses(const std::vector<ClassFiles>& classes, ImportReport& report,
                                 const TaskContext& context) {
  Table table;
  report.used.kind = TaskKind::Labels;
  report.used.header = false;
  report.used.input = 0;
  report.used.output = 1;
  for (const ClassFiles& one : classes) {
    for (const fs::path& file : one.files) {
      if (context.stopRequested()) return cancelled();
      const auto text = readText(file, report, report.used, context);
      if (!text && !one.byLine) {  // one text of many
        ++report.rows;
        skip(report, 0, text.error().message());
        continue;
      }
      if (!text) return tl::unexpected(text.error());
      if (!one.byLine) {
        table.rows.push_back({1, {*text, one.name}});
        continue;
      }
      std::uint64_t line = 0;
      for (std::string& sentence : linesOf(*text))
        table.rows.push_back({++line, {std::move(sentence), one.name}});
    }
  }
  keepFirstRows(table, report);
  TaskData data = examplesFrom(table, report);
  report.columns = {"text", "class"};
  return data;
}

/// Each folder in it is a class.
Expected<TaskData> importFolder(const fs::path& folder, ImportReport& report, const TaskContext& context) {
  std::vector<ClassFiles> classes;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_directory(error)) continue;
    ClassFiles one{pathToUtf8(entry->path().filename()), {}, false};
    std::vector<std::string> notes;
    for (const TextFile& file : findTextFiles({entry->path()}, notes)) one.files.push_back(file.path);
    if (!one.files.empty()) classes.push_back(std::move(one));
  }
  std::sort(classes.begin(), classes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  if (classes.size() < 2) {
    return makeError("The folder has no two folders with texts in them", pathToUtf8(folder),
                     "Put the texts of each class into a folder of its own");
  }
  return importClasses(classes, report, context);
}

/// Files a class: rt-polarity.pos and rt-polarity.neg.
bool areClasses(const std::vector<fs::path>& paths) {
  const auto ending = [](const fs::path& path) {
    std::string name = pathToUtf8(path.extension());
    if (name == ".txt" || name.empty()) name = pathToUtf8(path.stem());
    return name;
  };
  const auto has = [&](std::string_view what) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const fs::path& path) { return ending(path).find(what) != std::string::npos; });
  };
  return has("pos") && has("neg");
}

Expected<TaskData> importFiles(const std::vector<fs::path>& paths, ImportReport& report,
                               const TaskContext& context) {
  std::error_code error;
  if (paths.size() == 1 && fs::is_directory(paths[0], error)) return importFolder(paths[0], report, context);
  if (paths.size() == 1) return importTable(paths[0], report, context);
  if (report.used.kind ? *report.used.kind == TaskKind::Labels : areClasses(paths)) {
    std::vector<ClassFiles> classes;
    std::set<std::string> stems;
    for (const fs::path& path : paths) stems.insert(pathToUtf8(path.stem()));
    // Of files that differ in their endings alone the ending is the name.
    for (const fs::path& path : paths) {
      std::string name = pathToUtf8(stems.size() == paths.size() ? path.stem() : path.extension());
      if (name.starts_with('.')) name.erase(0, 1);
      classes.push_back({name, {path}, true});
    }
    return importClasses(classes, report, context);
  }
  if (paths.size() != 2) {
    return makeError("Examples come from one file, from two files line by line, or from one file a class",
                     std::to_string(paths.size()) + " files", "Choose fewer files");
  }
  report.used.kind = TaskKind::Pairs;
  return importAligned(paths, report, context);
}

}  // namespace

const char* taskKindName(TaskKind kind) {
  return kind == TaskKind::Pairs ? "pairs" : kind == TaskKind::Labels ? "labels" : "stories";
}

std::string_view takeLine(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = end;
  if (at < text.size()) at += text.substr(at, 2) == "\r\n" ? 2 : 1;
  return line;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

void skip(ImportReport& report, std::uint64_t line, std::string why) {
  ++report.skippedRows;
  if (report.skipped.size() < kShownSkipped) report.skipped.push_back({line, std::move(why)});
}

Expected<TaskImport> importTask(const std::vector<fs::path>& paths, const ImportOptions& options,
                                const TaskContext& context) {
  TaskImport result;
  result.report.used = options;
  if (paths.empty()) return makeError("No file was chosen", {}, "Choose a file with examples in it");
  auto data = importFiles(paths, result.report, context);
  if (!data) return tl::unexpected(data.error());
  result.data = std::move(*data);
  result.data.title = pathToUtf8(paths[0].stem().empty() ? paths[0].filename() : paths[0].stem());
  const std::string where = pathToUtf8(paths[0].filename());
  if (result.data.examples.empty()) {
    const auto& skipped = result.report.skipped;
    const std::string reason =
        skipped.empty() ? std::string() : "; line " + std::to_string(skipped[0].line) + " " + skipped[0].why;
    return makeError("There is no example in it" + reason, where, "Choose the columns, or another file");
  }
  if (result.data.kind == TaskKind::Labels && result.data.labels.size() < 2) {
    return makeError("All texts are of one class, so there is nothing to tell apart", where,
                     "Choose another column for the class");
  }
  return result;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/tasks/table_file.h"
#include "core/text/task_data.h"

namespace lexarium {

/// How files become examples; what is not said is found out.
struct ImportOptions {
  std::optional<TaskKind> kind;
  std::optional<TableFormat> format;
  std::optional<bool> header;         ///< is the first row one of names?
  std::optional<std::size_t> input;   ///< column of the source, or of the text; from 0
  std::optional<std::size_t> output;  ///< column of the target, or of the label
  std::string encoding;               ///< empty: found out for each file
};

/// What an import has found, for people.
struct ImportReport {
  ImportOptions used;                ///< with all that was found out
  std::string encoding;              ///< of the first file
  std::vector<std::string> columns;  ///< their names, or "1", "2" ...
  std::vector<TableRow> firstRows;   ///< as they stand in the file, some dozens
  std::uint64_t rows = 0;            ///< in the files
  std::uint64_t skippedRows = 0;
  std::vector<SkippedRow> skipped;      ///< the first of them
  std::uint64_t replacedSequences = 0;  ///< ill-formed bytes that are shown as U+FFFD
};

struct TaskImport {
  TaskData data;
  ImportReport report;
};

/// Reads examples from files:
/// - one table: tabs (as ManyThings and Tatoeba distribute them), commas, semicolons, JSON Lines;
/// - two files with as many lines each: what stands in the same line belongs together (Pairs); of files whose
///   names end in pos and neg, and whenever `kind` says Labels, each file is a class with a text a line;
/// - a folder: each folder in it is a class, each file there a text (Labels);
/// - stories in the format of bAbI (Weston et al. 2015, arXiv:1502.05698).
/// Errors: those of reading; no example was found (with the reason of the first row); lines that do not
/// match; cancelled.
Expected<TaskImport> importTask(const std::vector<std::filesystem::path>& paths, const ImportOptions& options,
                                const TaskContext& context = {});

/// Do these files look like examples rather than text: a table (by its name's end: tsv, csv, jsonl, ndjson,
/// or because nearly all of its first lines have as many tabs), stories, two files of classes (names that end
/// in pos and neg), a folder of folders of texts? Reads the beginning of the first.
bool looksLikeExamples(const std::vector<std::filesystem::path>& paths);

/// Does the text look like stories in the format of bAbI: numbered lines, some with a question, a tab and an
/// answer?
bool looksLikeStories(std::string_view utf8);
/// Its stories. Lines that are none are left out and told of.
TaskData storiesFrom(std::string_view utf8, ImportReport& report);

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/project/kept_run.h"
#include "core/project/project.h"

namespace lexarium {

/// Keys of Project::state(): ids of the text and the run that were shown last.
inline constexpr const char* kShownCorpus = "shown.corpus";
inline constexpr const char* kShownRun = "shown.run";
/// What the window showed, in its own JSON.
inline constexpr const char* kWindow = "window";

/// The text that was shown last, or else the newest. Errors: there is none.
Expected<CorpusRecord> shownCorpus(const Project& project);

/// A project with one of its texts and the runs on it, ready to be looked at.
struct OpenedProject {
  Project project;
  RecordId corpusId = 0;
  std::shared_ptr<const Corpus> corpus;
  std::vector<KeptRun> runs;          ///< in the order in which they were made; their histories are empty
  RecordId shownRun = 0;              ///< 0: none
  std::vector<std::string> warnings;  ///< sentences: what could not be read
  // What the person kept; of the selections those on this text, with words that it has.
  std::vector<SelectionRecord> selections{};
  std::vector<BookmarkRecord> bookmarks{};
  std::vector<NoteRecord> notes{};
  std::string window{};  ///< kWindow; empty: not kept
};

/// Reads a text of the project (0: the one shown last) and its runs. Errors: there is no text in it, it
/// cannot be read, cancelled.
Expected<OpenedProject> readOpened(Project project, RecordId corpus, const TaskContext& context = {});

}  // namespace lexarium

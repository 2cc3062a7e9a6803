// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/opened_project.h"

#include <algorithm>
#include <charconv>
#include <future>

#include "core/base/file.h"

namespace lexarium {
namespace {

RecordId shownLast(const Project& project, const char* key) {
  const auto text = project.state(key);
  if (!text || !*text) return 0;
  RecordId id = 0;
  std::from_chars((*text)->data(), (*text)->data() + (*text)->size(), id);
  return id;
}

}  // namespace

Expected<CorpusRecord> shownCorpus(const Project& project) {
  auto corpora = project.corpora();
  if (!corpora) return tl::unexpected<Error>(corpora.error());
  if (corpora->empty()) {
    return makeError("There is no text in this project", pathToUtf8(project.path().filename()),
                     "Open a text instead");
  }
  const RecordId shown = shownLast(project, kShownCorpus);
  const auto found =
      std::find_if(corpora->begin(), corpora->end(), [&](const auto& corpus) { return corpus.id == shown; });
  return found == corpora->end() ? corpora->back() : *found;
}

namespace {

/// Without them the project can be looked at all the same.
void readKeptThings(OpenedProject& opened) {
  const auto take = [&](auto result, auto& value) {
    if (result) {
      value = std::move(*result);
    } else {
      opened.warnings.push_back(result.error().message());
    }
  };
  take(opened.project.selections(), opened.selections);
  take(opened.project.bookmarks(), opened.bookmarks);
  take(opened.project.notes(), opened.notes);
  std::erase_if(opened.selections, [&](const auto& record) { return record.corpus != opened.corpusId; });
  for (SelectionRecord& record : opened.selections)
    std::erase_if(record.words, [&](TokenId id) { return id >= opened.corpus->vocabulary().size(); });
  std::optional<std::string> window;
  take(opened.project.state(kWindow), window);
  opened.window = window.value_or(std::string());
}

}  // namespace

Expected<OpenedProject> readOpened(Project project, RecordId corpus, const TaskContext& context) {
  OpenedProject opened{std::move(project), corpus, nullptr, {}, 0, {}};
  const Project& file = opened.project;
  opened.warnings = file.warnings();
  const std::string name = pathToUtf8(file.path().filename());
  if (opened.corpusId == 0) {
    const auto shown = shownCorpus(file);
    if (!shown) return tl::unexpected<Error>(shown.error());
    opened.corpusId = shown->id;
  }
  context.report(-1, "Reading " + name);
  auto maker = file.readCorpusBytes(opened.corpusId, context);
  if (!maker) return tl::unexpected<Error>(maker.error());
  auto text = std::async(std::launch::async, std::move(*maker));
  const auto runs = file.runs();
  if (!runs) return tl::unexpected<Error>(runs.error());
  for (const RunRecord& run : *runs) {
    if (run.corpus != opened.corpusId) continue;
    auto kept = readKeptRun(file, run, opened.warnings, context);
    if (!kept) return tl::unexpected<Error>(kept.error());
    opened.runs.push_back(std::move(*kept));
  }
  auto made = text.get();
  if (!made) return tl::unexpected<Error>(made.error());
  opened.corpus = std::move(*made);
  opened.shownRun = shownLast(file, kShownRun);
  readKeptThings(opened);
  return opened;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// What a person keeps in a project beside the runs: bookmarks, selections, notes, maps, and what the window
// shows.
#include <QDateTime>
#include <QJsonDocument>

#include "ui/session/project_keeper.h"

namespace lexarium {
namespace {

constexpr int kWindowEveryMs = 30'000;
constexpr std::size_t kLongestWindow = 1 << 20;  // bytes

using Kind = Notebook::Kind;

Expected<void> withoutId(const Expected<RecordId>& added) {
  return added ? Expected<void>() : tl::unexpected<Error>(added.error());
}

QJsonObject viewOf(const std::string& json) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

}  // namespace

void ProjectKeeper::connectNotebook() {
  Notebook& notebook = session_.notebook();
  connect(&notebook, &Notebook::added, this, &ProjectKeeper::addEntry);
  connect(&notebook, &Notebook::edited, this, &ProjectKeeper::changeEntry);
  connect(&notebook, &Notebook::removed, this, &ProjectKeeper::dropEntry);
  windowTimer_.setInterval(kWindowEveryMs);
  connect(&windowTimer_, &QTimer::timeout, this, &ProjectKeeper::writeWindow);
  windowTimer_.start();
}

/// What writes an entry, on the store's thread.
std::function<Expected<void>(Project&)> ProjectKeeper::entryJob(const Notebook::Entry& entry,
                                                                const KeptEntry& kept, bool isNew) {
  const std::string name = entry.name.toStdString();
  switch (entry.kind) {
    case Kind::Bookmark: {
      const RunKeeper* run = keeperOf(entry.run);
      const QByteArray view = QJsonDocument(entry.view).toJson(QJsonDocument::Compact);
      const BookmarkRecord record{kept.id, run ? run->id() : 0, entry.step,
                                  name,    view.toStdString(),  kept.created};
      return [record, isNew](Project& project) {
        return isNew ? withoutId(project.addBookmark(record)) : project.changeBookmark(record);
      };
    }
    case Kind::Selection: {
      SelectionRecord record{kept.id, 0, name, entry.words, kept.created};
      return [record, isNew, corpus = corpusId_](Project& project) mutable {
        record.corpus = corpus->load();  // known by now
        return isNew ? withoutId(project.addSelection(record)) : project.changeSelection(record);
      };
    }
    case Kind::Note:
      break;
  }
  const NoteRecord record{kept.id, name, entry.text.toStdString(), kept.created,
                          QDateTime::currentMSecsSinceEpoch()};
  return [record, isNew](Project& project) {
    return isNew ? withoutId(project.addNote(record)) : project.changeNote(record);
  };
}

void ProjectKeeper::addEntry(int id) {
  withStore([this, id](ProjectStore& store) {
    const Notebook::Entry* entry = session_.notebook().find(id);
    if (!entry) return;
    const KeptEntry kept{store.newId(), QDateTime::currentMSecsSinceEpoch()};
    entries_[id] = kept;
    store.change(entryJob(*entry, kept, true));
  });
}

void ProjectKeeper::changeEntry(int id) {
  withStore([this, id](ProjectStore& store) {
    const Notebook::Entry* entry = session_.notebook().find(id);
    const auto kept = entries_.find(id);
    if (entry && kept != entries_.end()) store.change(entryJob(*entry, kept->second, false));
  });
}

void ProjectKeeper::dropEntry(int id) {
  withStore([this, id](ProjectStore& store) {
    const auto kept = entries_.find(id);
    if (kept == entries_.end()) return;
    store.change([record = kept->second.id](Project& project) -> Expected<void> {
      // Ids are unique in the whole project.
      const auto notes = project.notes();
      if (!notes) return tl::unexpected<Error>(notes.error());
      for (const NoteRecord& note : *notes)
        if (note.id == record) return project.removeNote(record);
      const auto selections = project.selections();
      if (!selections) return tl::unexpected<Error>(selections.error());
      for (const SelectionRecord& selection : *selections)
        if (selection.id == record) return project.removeSelection(record);
      return project.removeBookmark(record);
    });
    entries_.erase(kept);
  });
}

void ProjectKeeper::loadNotebook(const OpenedProject& opened, const std::map<RecordId, int>& runs) {
  std::vector<Notebook::Entry> entries;
  std::vector<KeptEntry> kept;
  const auto add = [&](Notebook::Entry entry, const auto& record) {
    entries.push_back(std::move(entry));
    kept.push_back({record.id, record.created});
  };
  for (const BookmarkRecord& record : opened.bookmarks) {
    const auto run = runs.find(record.run);
    if (record.run != 0 && run == runs.end()) continue;  // of another text of the project
    add({0,
         Kind::Bookmark,
         QString::fromStdString(record.name),
         {},
         {},
         record.run != 0 ? run->second : 0,
         record.step,
         viewOf(record.view)},
        record);
  }
  for (const SelectionRecord& record : opened.selections)
    add({0, Kind::Selection, QString::fromStdString(record.name), {}, record.words, 0, 0, {}}, record);
  for (const NoteRecord& record : opened.notes)
    add({0,
         Kind::Note,
         QString::fromStdString(record.title),
         QString::fromStdString(record.text),
         {},
         0,
         0,
         {}},
        record);
  const std::vector<int> ids = session_.notebook().load(std::move(entries));
  entries_.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) entries_[ids[i]] = kept[i];
}

/// Another text: its own bookmarks and selections; notes are the project's.
void ProjectKeeper::leaveNotebook(bool sameProject) {
  std::vector<Notebook::Entry> notes;
  std::vector<KeptEntry> kept;
  for (const Notebook::Entry& entry : session_.notebook().entries()) {
    const auto found = entries_.find(entry.id);
    if (!sameProject || entry.kind != Kind::Note || found == entries_.end()) continue;
    notes.push_back(entry);
    kept.push_back(found->second);
  }
  const std::vector<int> ids = session_.notebook().load(std::move(notes));
  entries_.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) entries_[ids[i]] = kept[i];
}

const KeptLayout* ProjectKeeper::layoutOf(int runId) const {
  const auto found = layouts_.find(runId);
  return found == layouts_.end() ? nullptr : &found->second;
}

void ProjectKeeper::keepLayout(int runId, KeptLayout layout) {
  if (!store_ || readOnly_) return;
  const RunKeeper* run = keeperOf(runId);
  if (!run) return;
  store_->change([id = run->id(), layout](Project& project) -> Expected<void> {
    const auto there = project.hasRun(id);
    if (!there) return tl::unexpected<Error>(there.error());
    return *there ? lexarium::keepLayout(project, id, layout) : Expected<void>();
  });
  layouts_[runId] = std::move(layout);
}

void ProjectKeeper::writeWindow() {
  if (store_) Q_EMIT keeping();
  if (!window_ || !store_ || readOnly_) return;
  std::string json = window_();
  if (json.empty() || json == writtenWindow_ || json.size() > kLongestWindow) return;
  writtenWindow_ = json;
  store_->change([json = std::move(json)](Project& project) { return project.setState(kWindow, json); });
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
// Texts, selections, bookmarks, notes and the window's state.
#include "core/formats/safetensors.h"
#include "core/project/corpus_tensors.h"
#include "core/project/project_records.h"
#include "core/text/corpus_image.h"

namespace lexarium {

Expected<RecordId> Project::addCorpus(const Corpus& corpus, const std::string& origin) {
  CorpusRecord record;
  record.hash = corpusHash(corpus);
  const auto same = all<CorpusRecord>({"hash=?1", {toValue(record.hash)}});
  if (!same) return tl::unexpected<Error>(same.error());
  if (!same->empty()) return same->front().id;
  record.title = corpus.title();
  record.recipe = toParamSet(corpus.options());
  record.icuVersion = icuVersion();
  record.origin = origin;
  record.documents = corpus.documentCount();
  record.tokens = corpus.tokens().size();
  record.words = corpus.vocabulary().size();
  record.textBytes = corpus.textBytes();
  record.blob = newId();
  record.id = newId();
  const auto done = change([&]() -> Expected<void> {
    BlobWriter writer(database_, record.blob, Packing::Zstandard);
    if (auto written = writeSafetensors(toTensors(corpus), writer.output()); !written) return written;
    if (auto finished = writer.finish(); !finished) return finished;
    const auto added = add(record);
    return added ? Expected<void>() : tl::unexpected<Error>(added.error());
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return record.id;
}

Expected<std::vector<CorpusRecord>> Project::corpora() const { return all<CorpusRecord>(); }

namespace {

Expected<std::shared_ptr<const Corpus>> corpusOf(TensorSet&& set, const CorpusRecord& record) {
  auto image = imageFromTensors(std::move(set));
  auto corpus = image ? corpusFromImage(std::move(*image)) : tl::unexpected<Error>(image.error());
  if (!corpus) {
    Error error = corpus.error();
    error.where = record.title;
    return tl::unexpected<Error>(error);
  }
  const bool asDeclared =
      (*corpus)->tokens().size() == record.tokens && (*corpus)->vocabulary().size() == record.words;
  if (!asDeclared) return makeError("The stored text is not the one that was described", record.title);
  return corpus;
}

}  // namespace

Expected<std::shared_ptr<const Corpus>> Project::readCorpus(RecordId id, const TaskContext& context) const {
  const auto make = readCorpusBytes(id, context);
  if (!make) return tl::unexpected<Error>(make.error());
  return (*make)();
}

Expected<Project::CorpusMaker> Project::readCorpusBytes(RecordId id, const TaskContext& context) const {
  const auto record = find<CorpusRecord>(id);
  if (!record) return tl::unexpected<Error>(record.error());
  auto input = openBlob(database_, record->blob, record->title);
  if (!input) return tl::unexpected<Error>(input.error());
  const auto read = [&, from = input->read, done = std::uint64_t{0}](std::span<std::byte> part) mutable {
    // In pieces, so that it can be stopped and shows how far it is.
    constexpr std::size_t kPiece = std::size_t{4} << 20;
    while (!part.empty()) {
      if (context.stopRequested()) return Expected<void>(cancelled());
      const auto piece = part.first(std::min(part.size(), kPiece));
      if (auto got = from(piece); !got) return got;
      done += piece.size();
      context.report(static_cast<double>(done) / static_cast<double>(input->size),
                     "Reading " + record->title);
      part = part.subspan(piece.size());
    }
    return Expected<void>();
  };
  auto set = readSafetensors(ByteInput{input->size, input->name, read});
  if (!set) return tl::unexpected<Error>(set.error());
  // Once: the image takes the bytes over. A std::function must be copyable, so they are shared.
  return [bytes = std::make_shared<TensorSet>(std::move(*set)), record = *record] {
    return corpusOf(std::move(*bytes), record);
  };
}

Expected<void> Project::removeCorpus(RecordId id) {
  const auto users = all<RunRecord>({"corpus=?1", {id}});
  if (!users) return tl::unexpected<Error>(users.error());
  if (!users->empty()) {
    return makeError("Runs still use this text", users->front().name, "Delete them first");
  }
  const auto selected = all<SelectionRecord>({"corpus=?1", {id}});
  if (!selected) return tl::unexpected<Error>(selected.error());
  return change([&]() -> Expected<void> {
    for (const auto& selection : *selected) {
      if (auto removed = remove<SelectionRecord>(selection.id); !removed) return removed;
    }
    return remove<CorpusRecord>(id);
  });
}

Expected<RecordId> Project::addSelection(SelectionRecord selection) { return add(std::move(selection)); }
Expected<std::vector<SelectionRecord>> Project::selections() const { return all<SelectionRecord>(); }
Expected<void> Project::changeSelection(const SelectionRecord& selection) { return update(selection); }
Expected<void> Project::removeSelection(RecordId id) { return remove<SelectionRecord>(id); }

Expected<RecordId> Project::addBookmark(BookmarkRecord bookmark) { return add(std::move(bookmark)); }
Expected<std::vector<BookmarkRecord>> Project::bookmarks() const { return all<BookmarkRecord>(); }
Expected<void> Project::changeBookmark(const BookmarkRecord& bookmark) { return update(bookmark); }
Expected<void> Project::removeBookmark(RecordId id) { return remove<BookmarkRecord>(id); }

Expected<RecordId> Project::addNote(NoteRecord note) {
  if (note.changed == 0) note.changed = millisecondsNow();
  return add(std::move(note));
}
Expected<std::vector<NoteRecord>> Project::notes() const { return all<NoteRecord>(); }
Expected<void> Project::changeNote(const NoteRecord& note) { return update(note); }
Expected<void> Project::removeNote(RecordId id) { return remove<NoteRecord>(id); }

Expected<void> Project::setState(const std::string& key, const std::string& json) {
  const auto old = all<StateRecord>({"key=?1", {key}});
  if (!old) return tl::unexpected<Error>(old.error());
  if (!old->empty()) return update(StateRecord{old->front().id, key, json});
  const auto added = add(StateRecord{0, key, json});
  return added ? Expected<void>() : tl::unexpected<Error>(added.error());
}

Expected<std::optional<std::string>> Project::state(const std::string& key) const {
  auto found = all<StateRecord>({"key=?1", {key}});
  if (!found) return tl::unexpected<Error>(found.error());
  if (found->empty()) return std::nullopt;
  return std::move(found->front().value);
}

}  // namespace lexarium

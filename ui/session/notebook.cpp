// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/notebook.h"

#include <algorithm>
#include <utility>

namespace lexarium {

Notebook::Entry* Notebook::at(int id) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [id](const Entry& entry) { return entry.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

const Notebook::Entry* Notebook::find(int id) const { return const_cast<Notebook*>(this)->at(id); }

int Notebook::add(Entry entry) {
  entry.id = nextId_++;
  const int id = entry.id;
  entries_.push_back(std::move(entry));
  Q_EMIT added(id);
  Q_EMIT changed();
  return id;
}

void Notebook::rename(int id, const QString& name) {
  Entry* entry = at(id);
  const QString plain = name.simplified();
  if (!entry || plain.isEmpty() || plain == entry->name) return;
  entry->name = plain;
  Q_EMIT edited(id);
  Q_EMIT changed();
}

void Notebook::setText(int id, const QString& text) {
  Entry* entry = at(id);
  if (!entry || entry->kind != Kind::Note || text == entry->text) return;
  entry->text = text;
  Q_EMIT edited(id);
}

void Notebook::remove(int id) {
  Entry* entry = at(id);
  if (!entry) return;
  removed_ = std::move(*entry);
  entries_.erase(entries_.begin() + (entry - entries_.data()));
  Q_EMIT removed(id, removed_->name);
  Q_EMIT changed();
}

void Notebook::undoRemove() {
  if (removed_) add(*std::exchange(removed_, std::nullopt));
}

std::vector<int> Notebook::load(std::vector<Entry> entries) {
  removed_.reset();
  entries_ = std::move(entries);
  std::vector<int> ids;
  for (Entry& entry : entries_) ids.push_back(entry.id = nextId_++);
  Q_EMIT changed();
  return ids;
}

void Notebook::forgetRun(int run) {
  const auto isOf = [run](const Entry& entry) { return entry.kind == Kind::Bookmark && entry.run == run; };
  if (removed_ && isOf(*removed_)) removed_.reset();
  if (std::erase_if(entries_, isOf) > 0) Q_EMIT changed();
}

void Notebook::open(int id) {
  if (const Entry* entry = find(id)) Q_EMIT opened(Entry(*entry));
}

}  // namespace lexarium

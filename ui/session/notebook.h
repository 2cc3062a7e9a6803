// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/text/vocabulary.h"

namespace lexarium {

/// What a person keeps of a lesson: views of the map to come back to, words under a name, notes. In memory; a
/// ProjectKeeper brings it into the project and back.
class Notebook : public QObject {
  Q_OBJECT

 public:
  enum class Kind { Bookmark, Selection, Note };
  struct Entry {
    int id = 0;  ///< given by add()
    Kind kind = Kind::Note;
    QString name;
    QString text;                ///< of a note
    std::vector<TokenId> words;  ///< of a selection
    int run = 0;                 ///< of a bookmark: the run that was shown; 0: none, or it is gone
    std::uint64_t step = 0;      ///< and its moment
    QJsonObject view;            ///< and what the map needs to show it again
  };

  using QObject::QObject;

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(int id) const;
  int add(Entry entry);
  void rename(int id, const QString& name);  ///< not to nothing
  void setText(int id, const QString& text);
  void remove(int id);
  /// Brings back what was removed last.
  void undoRemove();
  /// Those that a project had, in this order, without telling it; their new ids.
  std::vector<int> load(std::vector<Entry> entries);
  /// A run is gone for good, and its bookmarks with it.
  void forgetRun(int run);

  /// Everybody who can shows this entry again.
  void open(int id);
  /// Whoever shows a map adds a bookmark of it.
  void askForBookmark() { Q_EMIT bookmarkWanted(); }

 Q_SIGNALS:
  void changed();
  void added(int id);
  void edited(int id);
  void removed(int id, const QString& name);
  void opened(const lexarium::Notebook::Entry& entry);
  void bookmarkWanted();

 private:
  Entry* at(int id);

  std::vector<Entry> entries_;
  std::optional<Entry> removed_;
  int nextId_ = 1;
};

}  // namespace lexarium

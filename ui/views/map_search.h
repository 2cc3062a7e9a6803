// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/session/latest_job.h"
#include "ui/session/session.h"

class QLineEdit;

namespace lexarium {

class ElidedLabel;

/// The field over the map that finds words: a part of a word, a wildcard with * and ?, or /regex/. Enter
/// steps through what was found.
class MapSearch : public QWidget {
  Q_OBJECT

 public:
  explicit MapSearch(Session& session, QWidget* parent = nullptr);

  /// Words with ids below this are on the map; Enter steps through those first.
  void setWordsOnMap(std::size_t count);
  const std::vector<TokenId>& found() const { return found_; }
  void clear();
  /// Looks again: another text is open.
  void search();

 Q_SIGNALS:
  void foundChanged();
  void stepped(lexarium::TokenId id);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void show(Expected<std::vector<TokenId>> found);
  void showCount();
  void step(int direction);

  Session& session_;
  QLineEdit* field_;
  ElidedLabel* count_;
  LatestJob job_;
  std::vector<TokenId> found_;
  std::size_t wordsOnMap_ = 0;
  std::ptrdiff_t position_ = -1;
};

/// What the field's text asks of findWords(): a plain text is looked for inside words.
std::string wordQuery(const QString& text);

}  // namespace lexarium

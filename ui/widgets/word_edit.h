// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <memory>

#include "core/text/corpus.h"
#include "ui/session/latest_job.h"

class QCompleter;
class QStringListModel;

namespace lexarium {

/// A field for words of the text, with + and - or commas between them; while one is typed, the most frequent
/// words that begin so are offered below it. They are looked for on another thread.
class WordEdit : public QLineEdit {
  Q_OBJECT

 public:
  static constexpr int kMaximumOffers = 8;

  explicit WordEdit(QWidget* parent = nullptr);

  /// Whose words are offered; null: none.
  void setCorpus(std::shared_ptr<const Corpus> corpus);
  /// Emits nothing, offers nothing.
  void setWords(const QString& text);
  /// What is offered now; for tests.
  QStringList offers() const;

 Q_SIGNALS:
  void wordsChanged();  ///< some time after the last key, and at once on Enter or when an offer is taken

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Span {
    int begin = 0;
    int length = 0;
  };
  /// The word that ends at the cursor.
  Span wordAtCursor() const;
  void lookForOffers();
  void showOffers(const std::vector<TokenId>& ids);
  void take(const QString& word);
  void announce();

  std::shared_ptr<const Corpus> corpus_;
  QStringListModel* model_;
  QCompleter* completer_;
  QTimer delay_;
  QString announced_;
  LatestJob job_;
};

}  // namespace lexarium

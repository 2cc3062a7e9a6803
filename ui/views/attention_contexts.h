// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>

#include "ui/session/latest_job.h"
#include "ui/session/session.h"

class QLabel;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class ConcordanceModel;
class JointLinesModel;
class LinkedTable;

/// Where the two tokens of a cell of attention stand in the text: the lines with both words, or, if there are
/// none, those with the first. A click opens the text there.
class AttentionContexts : public QWidget {
  Q_OBJECT

 public:
  explicit AttentionContexts(Session& session, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// A token that was read: the text that it is a piece of, and its place there.
  struct Token {
    std::string text;
    ByteRange range;
    QString name;
  };
  /// Selects the words of both, and looks for their lines.
  void showPair(const Token& query, const Token& key, double weight);
  void clear();
  QString title() const;

 Q_SIGNALS:
  void closed();

 private:
  void showLines(TokenId a, TokenId b);
  void showWord(TokenId word);
  std::optional<TokenId> wordOf(const Token& token) const;

  Session& session_;
  QLabel *title_, *note_;
  QToolButton* close_;
  LinkedTable *joint_, *single_;
  JointLinesModel* lines_;
  ConcordanceModel* concordance_;
  QStackedLayout* tables_;
  LatestJob job_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/text/tokenizer.h"
#include "ui/widgets/token_text.h"

class QLabel;

namespace lexarium {

class ElidedLabel;

/// Token pieces in colours: neighbours differ, and a token has the same colour wherever it can.
std::vector<QColor> pieceColors(const Theme& theme, const std::vector<TokenId>& ids);

/// One text cut in several ways, below each other: its pieces, their numbers, how many, how many unknown.
class TokenWays : public QWidget {
  Q_OBJECT

 public:
  struct Way {
    QString name;
    std::shared_ptr<const Tokenizer> tokenizer;  ///< null: not there yet
    QString note;                                ///< why not
  };
  /// What a way makes of the text.
  struct Cut {
    std::size_t tokens = 0, unknown = 0;
    std::vector<TokenId> ids;
  };

  explicit TokenWays(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setText(const QString& text);
  /// Always as many as the first time.
  void setWays(const std::vector<Way>& ways);
  const std::vector<Cut>& cuts() const { return cuts_; }
  /// "Subwords: 5 tokens, 0 unknown", a line each.
  QString summary() const;

 private:
  struct Row {
    QLabel* name;
    QLabel* count;
    TokenText* pieces;
    ElidedLabel* ids;
  };
  void addRow();
  void showCuts();

  Theme theme_;
  QString text_;
  std::vector<Way> ways_;
  std::vector<Row> rows_;
  std::vector<Cut> cuts_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "core/base/matrix.h"

namespace lexarium {

/// The one selection that links all views: words, the hovered word, and the token of the text in focus.
/// Compares before it emits, so that one action is one notification. Ids are of the open corpus's vocabulary.
class Selection : public QObject {
  Q_OBJECT

 public:
  explicit Selection(QObject* parent = nullptr);

  /// In the order in which they were selected; the last is the primary one.
  const std::vector<TokenId>& words() const { return words_; }
  bool isEmpty() const { return words_.empty(); }
  bool contains(TokenId id) const;
  /// The word the inspector shows; kNoToken if nothing is selected.
  TokenId primary() const { return words_.empty() ? kNoToken : words_.back(); }
  TokenId hovered() const { return hovered_; }
  /// The token of the text that a reader looks at.
  std::optional<TokenIndex> focus() const { return focus_; }

  void select(TokenId id);                ///< this one alone
  void select(std::vector<TokenId> ids);  ///< these (duplicates dropped)
  void toggle(TokenId id);                ///< Ctrl+click
  void add(const std::vector<TokenId>& ids);
  void clear();
  void hover(TokenId id);  ///< kNoToken: nothing
  void setFocus(std::optional<TokenIndex> token);
  /// Forgets everything, history too: another corpus was opened.
  void reset();

  bool canGoBack() const { return position_ > 0; }
  bool canGoForward() const { return position_ + 1 < history_.size(); }
  void goBack();
  void goForward();

 Q_SIGNALS:
  void changed();
  void hoverChanged(lexarium::TokenId id);
  void focusChanged();
  void historyChanged();

 private:
  void apply(std::vector<TokenId> ids, bool remember);

  std::vector<TokenId> words_;
  TokenId hovered_ = kNoToken;
  std::optional<TokenIndex> focus_;
  std::vector<std::vector<TokenId>> history_{{}};
  std::size_t position_ = 0;
};

}  // namespace lexarium

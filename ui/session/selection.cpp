// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection.h"

#include <algorithm>
#include <unordered_set>

namespace lexarium {
namespace {

constexpr std::size_t kHistoryLimit = 200;

std::vector<TokenId> withoutDuplicates(const std::vector<TokenId>& ids) {
  std::vector<TokenId> result;
  std::unordered_set<TokenId> seen;
  for (const TokenId id : ids) {
    if (id != kNoToken && seen.insert(id).second) result.push_back(id);
  }
  return result;
}

}  // namespace

Selection::Selection(QObject* parent) : QObject(parent) {}

bool Selection::contains(TokenId id) const {
  return std::find(words_.begin(), words_.end(), id) != words_.end();
}

void Selection::select(TokenId id) { apply(withoutDuplicates({id}), true); }

void Selection::select(std::vector<TokenId> ids) { apply(withoutDuplicates(ids), true); }

void Selection::toggle(TokenId id) {
  auto ids = words_;
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found != ids.end()) {
    ids.erase(found);
  } else {
    ids.push_back(id);
  }
  apply(withoutDuplicates(ids), true);
}

void Selection::add(const std::vector<TokenId>& ids) {
  auto all = words_;
  all.insert(all.end(), ids.begin(), ids.end());
  apply(withoutDuplicates(all), true);
}

void Selection::clear() { apply({}, true); }

void Selection::hover(TokenId id) {
  if (id == hovered_) return;
  hovered_ = id;
  Q_EMIT hoverChanged(id);
}

void Selection::setFocus(std::optional<TokenIndex> token) {
  if (token == focus_) return;
  focus_ = token;
  Q_EMIT focusChanged();
}

void Selection::reset() {
  history_ = {{}};
  position_ = 0;
  hover(kNoToken);
  setFocus(std::nullopt);
  apply({}, false);
  Q_EMIT historyChanged();
}

void Selection::goBack() {
  if (!canGoBack()) return;
  --position_;
  apply(history_[position_], false);
  Q_EMIT historyChanged();
}

void Selection::goForward() {
  if (!canGoForward()) return;
  ++position_;
  apply(history_[position_], false);
  Q_EMIT historyChanged();
}

void Selection::apply(std::vector<TokenId> ids, bool remember) {
  if (ids == words_) return;
  words_ = std::move(ids);
  if (remember) {
    history_.resize(position_ + 1);  // what was ahead is no longer
    history_.push_back(words_);
    if (history_.size() > kHistoryLimit) history_.erase(history_.begin());
    position_ = history_.size() - 1;
  }
  Q_EMIT changed();
  if (remember) Q_EMIT historyChanged();
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_search.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <algorithm>

#include "core/concordance/concordance.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr std::size_t kMostFound = 1000;

}  // namespace

std::string wordQuery(const QString& text) {
  const QString query = text.trimmed();
  const bool isRegex = query.size() > 1 && query.startsWith('/') && query.endsWith('/');
  const bool isPattern = isRegex || query.contains('*') || query.contains('?');
  return (isPattern || query.isEmpty() ? query : '*' + query + '*').toStdString();
}

MapSearch::MapSearch(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), field_(new QLineEdit), count_(new ElidedLabel) {
  field_->setObjectName(QStringLiteral("mapSearch"));
  field_->setPlaceholderText(tr("Find words"));
  field_->setToolTip(tr("A part of a word, a pattern with * and ?, or /regex/. Enter goes to the next one."));
  field_->setAccessibleName(tr("Find words on the map"));
  field_->setClearButtonEnabled(true);
  field_->setMinimumWidth(90);
  field_->setMaximumWidth(320);
  field_->installEventFilter(this);
  count_->setObjectName(QStringLiteral("mapSearchCount"));
  count_->setProperty("role", "secondary");
  count_->hide();
  auto* layout = tightLayout<QHBoxLayout>(this);
  layout->setSpacing(2 * Theme::kSpace);
  layout->addWidget(field_, 1);
  layout->addWidget(count_);
  layout->addStretch(0);
  connect(field_, &QLineEdit::textChanged, this, &MapSearch::search);
}

void MapSearch::setWordsOnMap(std::size_t count) {
  wordsOnMap_ = count;
  if (!found_.empty()) showCount();
}

void MapSearch::clear() { field_->clear(); }

void MapSearch::search() {
  job_.cancel();
  position_ = -1;
  const std::string query = wordQuery(field_->text());
  if (query.empty() || !session_.corpus()) {
    count_->hide();
    found_.clear();
    Q_EMIT foundChanged();
    return;
  }
  job_.run(
      [corpus = session_.corpus(), query](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return findWords(corpus->vocabulary(), query, kMostFound, context);
      },
      [this](Expected<std::vector<TokenId>> found) { show(std::move(found)); });
}

void MapSearch::show(Expected<std::vector<TokenId>> found) {
  if (!found) {
    found_.clear();
    count_->setText(toQString(found.error().what));
    count_->setToolTip(toQString(found.error().message()));
    count_->show();
  } else {
    found_ = std::move(*found);
    showCount();
  }
  Q_EMIT foundChanged();
}

void MapSearch::showCount() {
  const auto shown =
      std::count_if(found_.begin(), found_.end(), [this](TokenId id) { return id < wordsOnMap_; });
  const auto number = [](std::size_t n) { return formatCount(n); };
  const bool all = static_cast<std::size_t>(shown) == found_.size();
  const QString found =
      number(found_.size()) + (found_.size() >= kMostFound ? QStringLiteral("+") : QString());
  QString text =
      all ? tr("%1 found").arg(found)
          : tr("%1 of %2 here", "found words on the map").arg(number(static_cast<std::size_t>(shown)), found);
  if (position_ >= 0)
    text = tr("%1 of %2")
               .arg(number(static_cast<std::size_t>(position_) + 1),
                    shown > 0 ? number(static_cast<std::size_t>(shown)) : found);
  count_->setText(text);
  count_->setToolTip(
      all ? QString() : tr("%1 words are found. Show more words to have all of them on the map.").arg(found));
  count_->show();
}

void MapSearch::step(int direction) {
  if (found_.empty()) return;
  // Only words that can be seen, if there are any. They are the first ones: found_ is sorted by frequency.
  const auto shown =
      std::count_if(found_.begin(), found_.end(), [this](TokenId id) { return id < wordsOnMap_; });
  const auto count = shown > 0 ? shown : static_cast<std::ptrdiff_t>(found_.size());
  position_ = position_ < 0 && direction < 0 ? count - 1 : (position_ + direction + count) % count;
  showCount();
  Q_EMIT stepped(found_[static_cast<std::size_t>(position_)]);
}

bool MapSearch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
    return QWidget::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool escape = key->key() == Qt::Key_Escape && !field_->text().isEmpty();
  // Esc is also the window's shortcut that clears the selection; here it first clears the field.
  if (event->type() == QEvent::ShortcutOverride) {
    if (escape) event->accept();
    return escape;
  }
  if (escape) {
    clear();
    return true;
  }
  if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
    step(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace lexarium

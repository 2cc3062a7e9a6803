// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/actions.h"
#include "ui/shell/fuzzy.h"

namespace lexarium {
namespace {

constexpr int kShortcutRole = Qt::UserRole + 1;

/// Text at the left, shortcut at the right.
class ItemPainter : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const bool selected = option.state & QStyle::State_Selected;
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::PlaceholderText));
    painter->drawText(option.rect.adjusted(8, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                      index.data(kShortcutRole).toString());
  }
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 8);
  }
};

}  // namespace

CommandPalette::CommandPalette(QWidget* window) : QFrame(window, Qt::Popup) {
  setObjectName("palette");
  setAccessibleName(tr("Find a command"));
  query_ = new QLineEdit;
  query_->setObjectName("paletteQuery");
  query_->setPlaceholderText(tr("What do you want to do?"));
  query_->setAccessibleName(tr("What do you want to do?"));
  list_ = new QListWidget;
  list_->setObjectName("paletteList");
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setItemDelegate(new ItemPainter(list_));
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(8);
  layout->addWidget(query_);
  layout->addWidget(list_);
  query_->installEventFilter(this);
  connect(query_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(query_, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
  connect(list_, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(const std::vector<QAction*>& actions) {
  actions_.clear();
  std::copy_if(actions.begin(), actions.end(), std::back_inserter(actions_), [](const QAction* action) {
    return action->isEnabled() && action->objectName() != "findCommand";
  });
  query_->clear();
  filter();
  const QWidget* window = parentWidget();
  const int width = std::min(window->width() - 48, fontMetrics().averageCharWidth() * 72);
  const int height = std::min(window->height() - 96, fontMetrics().height() * 22);
  resize(width, height);
  move(window->mapToGlobal(QPoint((window->width() - width) / 2, 48)));
  show();
  query_->setFocus();
}

void CommandPalette::filter() {
  struct Match {
    QAction* action;
    int score;
  };
  std::vector<Match> matches;
  for (QAction* action : actions_) {
    if (const auto score = fuzzyScore(query_->text(), plainText(action))) matches.push_back({action, *score});
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) { return a.score > b.score; });
  list_->clear();
  for (const Match& match : matches) {
    auto* item = new QListWidgetItem(match.action->icon(), plainText(match.action), list_);
    item->setToolTip(match.action->statusTip());
    item->setData(Qt::UserRole, QVariant::fromValue<QObject*>(match.action));
    item->setData(kShortcutRole, match.action->shortcut().toString(QKeySequence::NativeText));
  }
  list_->setCurrentRow(0);
}

void CommandPalette::runCurrent() {
  const QListWidgetItem* item = list_->currentItem();
  if (!item) return;
  const QPointer<QObject> action = item->data(Qt::UserRole).value<QObject*>();
  close();
  // After the popup has gone, so that what the action opens gets the focus.
  QTimer::singleShot(0, parentWidget(), [action] {
    if (auto* found = qobject_cast<QAction*>(action.data())) found->trigger();
  });
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int page = std::max(1, list_->height() / std::max(1, list_->sizeHintForRow(0)) - 1);
    const int move = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? page
                     : key == Qt::Key_PageUp   ? -page
                                               : 0;
    if (move != 0 && list_->count() > 0) {
      list_->setCurrentRow(std::clamp(list_->currentRow() + move, 0, list_->count() - 1));
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace lexarium

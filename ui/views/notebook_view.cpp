// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/notebook_view.h"

#include <QPlainTextEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <array>

#include "ui/session/project_keeper.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

using Kind = Notebook::Kind;

constexpr int kKeepNoteMs = 800;  // after the last key
constexpr int kNamedWords = 3;    // in the first name of a selection

const char* iconOf(Kind kind) {
  return kind == Kind::Bookmark ? "pin" : kind == Kind::Selection ? "lasso" : "edit";
}

}  // namespace

NotebookView::NotebookView(Session& session, QWidget* parent) : View(session, parent) {
  setObjectName("notebookView");
  makeTree();
  makeNote();
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addWidget(makeBar());
  layout->addWidget(tree_, 2);
  layout->addWidget(text_, 1);
  connect(&session.notebook(), &Notebook::changed, this, &NotebookView::fill);
  if (ProjectKeeper* project = session.project())
    connect(project, &ProjectKeeper::keeping, this, &NotebookView::keepNote);
}

QWidget* NotebookView::makeBar() {
  auto* bar = new FlowBar(Theme::kSpace);
  bar->layout()->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  const auto button = [bar](const char* name, const QString& text, const QString& help) {
    auto* tool = new QToolButton;
    tool->setObjectName(name);
    tool->setText(text);
    tool->setToolTip(help);
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->flow()->addWidget(tool);
    return tool;
  };
  bookmark_ = button("addBookmark", tr("Bookmark map"),
                     tr("Keep the view of the map with its run, moment and method, to come back to it."));
  selection_ = button("addSelection", tr("Keep selection"), tr("Keep the selected words under a name."));
  note_ = button("addNote", tr("New note"), tr("Write something down; it stays with the project."));
  connect(bookmark_, &QToolButton::clicked, &session().notebook(), &Notebook::askForBookmark);
  connect(selection_, &QToolButton::clicked, this, &NotebookView::addSelection);
  connect(note_, &QToolButton::clicked, this, &NotebookView::addNote);
  return bar;
}

void NotebookView::makeTree() {
  tree_ = new QTreeWidget;
  tree_->setObjectName("notebookTree");
  tree_->setAccessibleName(tr("Notebook"));
  tree_->setHeaderHidden(true);
  tree_->setRootIsDecorated(false);
  tree_->setUniformRowHeights(true);
  tree_->setFrameShape(QFrame::NoFrame);
  tree_->setExpandsOnDoubleClick(false);
  tree_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(tree_, &QTreeWidget::itemActivated, this,
          [this](QTreeWidgetItem* item) { session().notebook().open(idOf(item)); });
  connect(tree_, &QTreeWidget::itemChanged, this,
          [this](QTreeWidgetItem* item) { session().notebook().rename(idOf(item), item->text(0)); });
  connect(tree_, &QTreeWidget::currentItemChanged, this, &NotebookView::showNote);
  connect(tree_, &QTreeWidget::customContextMenuRequested, this, &NotebookView::showMenu);
  auto* remove = new QShortcut(QKeySequence::Delete, tree_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this,
          [this] { session().notebook().remove(idOf(tree_->currentItem())); });
}

void NotebookView::makeNote() {
  text_ = new QPlainTextEdit;
  text_->setObjectName("noteText");
  text_->setAccessibleName(tr("Text of the note"));
  text_->setFrameShape(QFrame::NoFrame);
  text_->setTabChangesFocus(true);
  text_->hide();
  noteTimer_.setSingleShot(true);
  noteTimer_.setInterval(kKeepNoteMs);
  connect(text_, &QPlainTextEdit::textChanged, &noteTimer_, qOverload<>(&QTimer::start));
  connect(&noteTimer_, &QTimer::timeout, this, &NotebookView::keepNote);
}

void NotebookView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    const Theme& theme = session().theme();
    bookmark_->setIcon(themedIcon("pin", theme));
    selection_->setIcon(themedIcon("lasso", theme));
    note_->setIcon(themedIcon("edit", theme));
    tree_->setStyleSheet(tintedSelection(theme));
    text_->setFont(theme.body);
    fill();
  }
  bookmark_->setEnabled(session().runs().current() != nullptr);
  selection_->setEnabled(!session().selection().isEmpty());
}

int NotebookView::idOf(const QTreeWidgetItem* item) const {
  return item ? item->data(0, Qt::UserRole).toInt() : 0;
}

void NotebookView::fill() {
  const int current = idOf(tree_->currentItem());
  {
    const QSignalBlocker quiet(tree_);
    tree_->clear();
    const std::array<QString, 3> titles{tr("Bookmarks"), tr("Selections"), tr("Notes")};
    for (const Kind kind : {Kind::Bookmark, Kind::Selection, Kind::Note}) {
      QTreeWidgetItem* group = nullptr;
      for (const Notebook::Entry& entry : session().notebook().entries()) {
        if (entry.kind != kind) continue;
        if (!group) {
          group = new QTreeWidgetItem(tree_, {titles[static_cast<std::size_t>(kind)]});
          group->setFlags(Qt::ItemIsEnabled);
          group->setForeground(0, session().theme().secondary);
        }
        auto* item = new QTreeWidgetItem(group, {oneLine(entry.name)});
        item->setData(0, Qt::UserRole, entry.id);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setIcon(0, themedIcon(iconOf(kind), session().theme()));
        item->setToolTip(0, kind == Kind::Selection ? tr("%1 words").arg(formatCount(entry.words.size()))
                                                    : oneLine(entry.name));
        if (entry.id == current) tree_->setCurrentItem(item);
      }
    }
    tree_->expandAll();
  }
  showNote();
}

void NotebookView::addSelection() {
  const auto& corpus = session().corpus();
  Notebook::Entry entry;
  entry.kind = Kind::Selection;
  entry.words = session().selection().words();
  if (!corpus || entry.words.empty()) return;
  QStringList names;
  for (const TokenId id : entry.words)
    if (names.size() < kNamedWords) names << toQString(corpus->vocabulary().word(id));
  entry.name = oneLine(names.join(QStringLiteral(", ")), 60);
  if (entry.words.size() > kNamedWords) entry.name += QStringLiteral(" ...");
  edit(session().notebook().add(std::move(entry)));
}

void NotebookView::addNote() {
  Notebook::Entry entry;
  entry.name = tr("Note");
  edit(session().notebook().add(std::move(entry)));
}

/// Its name, as a suggestion that can be written over at once.
void NotebookView::edit(int id) {
  for (QTreeWidgetItemIterator it(tree_); *it; ++it) {
    if (idOf(*it) != id) continue;
    tree_->setCurrentItem(*it);
    tree_->editItem(*it);
    return;
  }
}

void NotebookView::showNote() {
  const Notebook::Entry* entry = session().notebook().find(idOf(tree_->currentItem()));
  const int id = entry && entry->kind == Kind::Note ? entry->id : 0;
  if (id == shownNote_) return;
  keepNote();
  shownNote_ = id;
  const QSignalBlocker quiet(text_);
  text_->setPlainText(id != 0 ? entry->text : QString());
  text_->setVisible(id != 0);
}

void NotebookView::keepNote() {
  noteTimer_.stop();
  if (shownNote_ != 0) session().notebook().setText(shownNote_, text_->toPlainText());
}

void NotebookView::showMenu(const QPoint& place) {
  QTreeWidgetItem* item = tree_->itemAt(place);
  const int id = idOf(item);
  const Notebook::Entry* entry = session().notebook().find(id);
  if (!entry) return;
  QMenu menu;
  Notebook& notebook = session().notebook();
  if (entry->kind != Kind::Note) menu.addAction(tr("Show"), this, [&notebook, id] { notebook.open(id); });
  menu.addAction(tr("Rename"), this, [this, id] { edit(id); })->setShortcut(Qt::Key_F2);
  menu.addAction(tr("Remove"), this, [&notebook, id] { notebook.remove(id); })
      ->setShortcut(QKeySequence::Delete);
  menu.exec(tree_->viewport()->mapToGlobal(place));
}

void NotebookView::fillMenu(QMenu& menu) {
  for (QToolButton* button : {bookmark_, selection_, note_})
    menu.addAction(button->text(), button, &QToolButton::click)->setEnabled(button->isEnabled());
}

QString NotebookView::textSummary() const {
  return tr("%1 things are kept").arg(formatCount(session().notebook().entries().size()));
}

}  // namespace lexarium

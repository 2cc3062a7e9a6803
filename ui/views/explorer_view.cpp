// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/explorer_view.h"

#include <QShortcut>
#include <QStackedLayout>
#include <QTreeView>

#include "ui/models/corpus_text.h"
#include "ui/models/explorer_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/explorer_delegate.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/run_menu.h"

namespace lexarium {
namespace {

constexpr int kUpdateMs = 300;
/// More documents stay folded at first.
constexpr std::size_t kDocumentsOpened = 12;

}  // namespace

ExplorerView::ExplorerView(Session& session, QWidget* parent)
    : View(session, parent),
      model_(new ExplorerModel(session.runs(), this)),
      delegate_(new ExplorerDelegate(this)),
      empty_(new EmptyState),
      tree_(new QTreeView) {
  setObjectName("explorerView");
  empty_->setContent(tr("Here stand the open text and the runs made on it."), tr("Open text..."));
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  tree_->setObjectName("explorerTree");
  tree_->setAccessibleName(tr("Text and runs"));
  tree_->setModel(model_);
  tree_->setItemDelegate(delegate_);
  tree_->setHeaderHidden(true);
  tree_->setUniformRowHeights(true);
  tree_->setFrameShape(QFrame::NoFrame);
  tree_->setExpandsOnDoubleClick(false);
  tree_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(tree_, &QTreeView::clicked, this, &ExplorerView::readIndex);
  connect(tree_, &QTreeView::activated, this, &ExplorerView::openIndex);
  connect(tree_, &QTreeView::customContextMenuRequested, this, &ExplorerView::showMenu);
  auto* remove = new QShortcut(QKeySequence::Delete, tree_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this,
          [this] { this->session().runs().removeRun(model_->runId(tree_->currentIndex())); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(tree_);
  updateTimer_.setSingleShot(true);
  updateTimer_.setInterval(kUpdateMs);
  connect(&updateTimer_, &QTimer::timeout, model_, &ExplorerModel::update);
}

void ExplorerView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus() || !model_->matchesRuns()) {
    showTree();
  } else if (dirty & kRuns) {
    model_->update();
  } else if ((dirty & kFrame) && !updateTimer_.isActive()) {
    updateTimer_.start();
  }
}

void ExplorerView::showTree() {
  const bool another = corpus_ != session().corpus();
  const bool documentsOpen = another || tree_->isExpanded(model_->textIndex());
  corpus_ = session().corpus();
  stack_->setCurrentIndex(corpus_ ? 1 : 0);
  model_->rebuild(corpus_);
  if (!corpus_) return;
  tree_->setExpanded(model_->runsIndex(), true);
  tree_->setExpanded(model_->textIndex(),
                     documentsOpen && (!another || corpus_->documentCount() <= kDocumentsOpened));
  if (const Run* run = session().runs().current()) tree_->setCurrentIndex(model_->indexOfRun(run->id));
}

void ExplorerView::applyTheme() {
  delegate_->setTheme(session().theme());
  tree_->setStyleSheet(tintedSelection(session().theme()));
  tree_->setIndentation(4 * Theme::kSpace);
  tree_->doItemsLayout();
}

void ExplorerView::readIndex(const QModelIndex& index) {
  const auto kind = model_->kind(index);
  const bool single = kind == ExplorerModel::Kind::Text && corpus_->documentCount() == 1;
  if (kind != ExplorerModel::Kind::Document && !single) return;
  const TokenRange tokens = corpus_->document(model_->document(index)).tokens;
  if (tokens.size() == 0) return;
  session().selection().setFocus(tokens.begin);
  triggerWindowAction(this, "view_text");
}

void ExplorerView::openIndex(const QModelIndex& index) {
  switch (model_->kind(index)) {
    case ExplorerModel::Kind::Run:
      session().runs().setCurrent(model_->runId(index));
      break;
    case ExplorerModel::Kind::Document:
      readIndex(index);
      break;
    case ExplorerModel::Kind::Text:
    case ExplorerModel::Kind::Runs:
      tree_->setExpanded(index, !tree_->isExpanded(index));
      break;
    case ExplorerModel::Kind::None:
      break;
  }
}

void ExplorerView::showMenu(const QPoint& place) {
  const int runId = model_->runId(tree_->indexAt(place));
  if (runId == 0) return;
  QMenu menu;
  fillRunMenu(menu, session(), runId, this, [this, runId] { tree_->edit(model_->indexOfRun(runId)); });
  menu.exec(tree_->viewport()->mapToGlobal(place));
}

QString ExplorerView::textSummary() const {
  if (!corpus_) return empty_->sentence();
  return tr("%1; %2 runs").arg(sizeText(*corpus_)).arg(session().runs().runs().size());
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/explorer_view.h"

#include <QColorDialog>
#include <QPainter>
#include <QShortcut>
#include <QStackedLayout>
#include <QTreeView>

#include "ui/models/corpus_text.h"
#include "ui/models/explorer_model.h"
#include "ui/session/project_keeper.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/explorer_delegate.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kUpdateMs = 300;
/// More documents stay folded at first.
constexpr std::size_t kDocumentsOpened = 12;

QIcon swatch(const QColor& color) {
  QPixmap pixmap(16, 16);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawEllipse(2, 2, 12, 12);
  return pixmap;
}

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
  fillRunMenu(menu, runId);
  menu.exec(tree_->viewport()->mapToGlobal(place));
}

void ExplorerView::fillRunMenu(QMenu& menu, int runId) {
  RunController& runs = session().runs();
  const auto found =
      std::find_if(runs.runs().begin(), runs.runs().end(), [&](const auto& run) { return run->id == runId; });
  if (found == runs.runs().end()) return;
  const Run& run = **found;
  auto* current = menu.addAction(tr("Show in all views"), this, [&runs, runId] { runs.setCurrent(runId); });
  current->setEnabled(&run != runs.current());
  menu.addAction(tr("Rename"), this, [this, runId] { tree_->edit(model_->indexOfRun(runId)); })
      ->setShortcut(Qt::Key_F2);
  fillColorMenu(*menu.addMenu(tr("Colour")), runId);
  auto* shown = menu.addAction(tr("On the loss chart"));
  shown->setCheckable(true);
  shown->setChecked(run.visible);
  connect(shown, &QAction::toggled, this, [&runs, runId](bool on) { runs.setRunVisible(runId, on); });
  menu.addSeparator();
  fillCheckpointMenu(menu, runId);
  menu.addAction(tr("Use its settings for the next run"), this, [this, runId] { useSettings(runId); })
      ->setEnabled(!run.isFromFile());
  menu.addSeparator();
  auto* remove = menu.addAction(tr("Remove"), this, [&runs, runId] { runs.removeRun(runId); });
  remove->setShortcut(QKeySequence::Delete);
  remove->setEnabled(&run != runs.active());
}

/// How a run goes on: where it stopped, or as another run from one of its checkpoints.
void ExplorerView::fillCheckpointMenu(QMenu& menu, int runId) {
  ProjectKeeper* project = session().project();
  if (!project) return;
  menu.addAction(tr("Go on with it"), this, [project, runId] { project->resume(runId); })
      ->setEnabled(project->canResume(runId));
  QMenu* fork = menu.addMenu(tr("Fork from"));
  for (const CheckpointRecord& checkpoint : project->checkpointsOf(runId)) {
    fork->addAction(tr("Step %1, epoch %2").arg(formatCount(checkpoint.step), formatValue(checkpoint.epoch)),
                    this, [this, project, runId, id = checkpoint.id] {
                      project->fork(runId, id);
                      triggerWindowAction(this, "view_parameters");
                    });
  }
  fork->setEnabled(!fork->isEmpty() && !session().runs().isActive());
}

void ExplorerView::fillColorMenu(QMenu& menu, int runId) {
  RunController& runs = session().runs();
  static const char* const kNames[] = {QT_TR_NOOP("Colour 1"), QT_TR_NOOP("Colour 2"), QT_TR_NOOP("Colour 3"),
                                       QT_TR_NOOP("Colour 4"), QT_TR_NOOP("Colour 5"), QT_TR_NOOP("Colour 6"),
                                       QT_TR_NOOP("Colour 7"), QT_TR_NOOP("Colour 8")};
  const auto& categories = session().theme().categories;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    menu.addAction(swatch(categories[i]), tr(kNames[i]), this,
                   [&runs, runId, color = categories[i]] { runs.setRunColor(runId, color); });
  }
  menu.addAction(tr("Another colour..."), this, [this, &runs, runId] {
    auto* dialog = new QColorDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QColorDialog::colorSelected, this,
            [&runs, runId](const QColor& color) { runs.setRunColor(runId, color); });
    dialog->open();
  });
}

void ExplorerView::useSettings(int runId) {
  for (const auto& run : session().runs().runs()) {
    if (run->id == runId && !run->isFromFile()) session().runs().setNextConfig(run->trainer->config());
  }
}

QString ExplorerView::textSummary() const {
  if (!corpus_) return empty_->sentence();
  return tr("%1; %2 runs").arg(sizeText(*corpus_)).arg(session().runs().runs().size());
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_menu.h"

#include <QColorDialog>
#include <QCoreApplication>
#include <QFileDialog>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QThreadPool>

#include "core/base/file.h"
#include "core/train/fingerprint.h"
#include "core/train/recipe.h"
#include "ui/session/language_run.h"
#include "ui/session/on_gui.h"
#include "ui/session/project_keeper.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

struct RunMenu {
  Q_DECLARE_TR_FUNCTIONS(RunMenu)
};

const Run* findRun(const RunController& runs, int runId) {
  for (const auto& run : runs.runs())
    if (run->id == runId) return run.get();
  return nullptr;
}

/// How a run goes on: where it stopped, or as another run from one of its checkpoints.
void fillCheckpointMenu(QMenu& menu, Session& session, int runId, QWidget* parent) {
  ProjectKeeper* project = session.project();
  if (!project) return;
  menu.addAction(RunMenu::tr("Go on with it"), parent, [project, runId] { project->resume(runId); })
      ->setEnabled(project->canResume(runId));
  QMenu* fork = menu.addMenu(RunMenu::tr("Fork from"));
  for (const CheckpointRecord& checkpoint : project->checkpointsOf(runId)) {
    fork->addAction(
        RunMenu::tr("Step %1, epoch %2").arg(formatCount(checkpoint.step), formatValue(checkpoint.epoch)),
        parent, [parent, project, runId, id = checkpoint.id] {
          project->fork(runId, id);
          triggerWindowAction(parent, "view_parameters");
        });
  }
  fork->setEnabled(!fork->isEmpty() && !session.runs().isActive());
}

/// A small file that repeats the run elsewhere (lexarium-cli train --recipe).
void saveRecipe(Session& session, int runId, QWidget* parent) {
  const Run* run = findRun(session.runs(), runId);
  if (!run || !session.corpus()) return;
  const QString file = QFileDialog::getSaveFileName(parent, RunMenu::tr("Save recipe"),
                                                    run->name + QStringLiteral(".json"), "JSON (*.json)");
  if (file.isEmpty()) return;
  // Elsewhere: a hash of all words of a large text takes a while.
  QThreadPool::globalInstance()->start([trainer = run->trainer, corpus = session.corpus(),
                                        self = QPointer(&session), path = pathFromUtf8(file.toStdString())] {
    Recipe recipe = recipeOf(trainer->config(), *corpus);
    const auto snapshot = trainer->snapshot();
    if (isOver(trainer->status().state) && snapshot)
      recipe.fingerprint = fingerprint(*snapshot, trainer->config().modelId);
    const auto written = writeFileAtomically(path, recipeToJson(recipe));
    if (!written) onGui(self, [error = written.error()](Session& session) { session.reportError(error); });
  });
}

}  // namespace

QIcon runSwatch(const QColor& color) {
  QPixmap pixmap(16, 16);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawEllipse(2, 2, 12, 12);
  return pixmap;
}

void fillRunColorMenu(QMenu& menu, Session& session, int runId, QWidget* parent) {
  RunController& runs = session.runs();
  const auto& categories = session.theme().categories;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    menu.addAction(runSwatch(categories[i]), RunMenu::tr("Colour %1").arg(i + 1), parent,
                   [&runs, runId, color = categories[i]] { runs.setRunColor(runId, color); });
  }
  menu.addAction(RunMenu::tr("Another colour..."), parent, [&runs, runId, parent] {
    auto* dialog = new QColorDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QColorDialog::colorSelected, parent,
                     [&runs, runId](const QColor& color) { runs.setRunColor(runId, color); });
    dialog->open();
  });
}

void fillRunMenu(QMenu& menu, Session& session, int runId, QWidget* parent, std::function<void()> rename) {
  RunController& runs = session.runs();
  const Run* run = findRun(runs, runId);
  if (!run) return;
  menu.addAction(RunMenu::tr("Show in all views"), parent, [&runs, runId] { runs.setCurrent(runId); })
      ->setEnabled(run != runs.current());
  menu.addAction(RunMenu::tr("Rename"), parent, std::move(rename))->setShortcut(Qt::Key_F2);
  fillRunColorMenu(*menu.addMenu(RunMenu::tr("Colour")), session, runId, parent);
  auto* shown = menu.addAction(RunMenu::tr("On the loss chart"));
  shown->setCheckable(true);
  shown->setChecked(run->visible);
  QObject::connect(shown, &QAction::toggled, parent,
                   [&runs, runId](bool on) { runs.setRunVisible(runId, on); });
  menu.addSeparator();
  fillCheckpointMenu(menu, session, runId, parent);
  menu.addAction(RunMenu::tr("Use its settings for the next run"), parent,
                 [&runs, runId] {
                   if (const Run* found = findRun(runs, runId)) runs.setNextConfig(found->trainer->config());
                 })
      ->setEnabled(!run->isFromFile());
  menu.addAction(RunMenu::tr("Save recipe..."), parent,
                 [&session, runId, parent] { saveRecipe(session, runId, parent); })
      ->setEnabled(!run->isFromFile());
  menu.addSeparator();
  auto* remove = menu.addAction(RunMenu::tr("Remove"), parent, [&runs, runId] { runs.removeRun(runId); });
  remove->setShortcut(QKeySequence::Delete);
  remove->setEnabled(run != runs.active());
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_files.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QPointer>

#include "ui/shell/actions.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

ProjectFiles::ProjectFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window)
    : QObject(window),
      session_(session),
      project_(session.keepProject()),
      actions_(actions),
      errors_(errors),
      window_(window) {
  actions.on("openProject", [this] { chooseToOpen(); });
  actions.on("saveProjectAs", [this] { chooseToSave(false); });
  actions.on("duplicateProject", [this] { chooseToSave(true); });
  actions.on("compactProject", [this] { project_.compact(); });
  actions.on("resumeRun", [this] {
    if (const Run* run = session_.runs().current()) project_.resume(run->id);
  });
  connect(&project_, &ProjectKeeper::projectChanged, this, &ProjectFiles::updateActions);
  connect(&project_, &ProjectKeeper::checkpointsChanged, this, &ProjectFiles::updateActions);
  connect(&project_, &ProjectKeeper::opened, this, &ProjectFiles::offerToGoOn);
  connect(&project_, &ProjectKeeper::told, this, [this](const QString& sentence) {
    errors_.show({ErrorBar::Kind::Note, sentence, {}});
  });
  connect(&session.notebook(), &Notebook::removed, this, [this](int, const QString& name) {
    ErrorBar::Message message{ErrorBar::Kind::Note, tr("%1 was removed.").arg(oneLine(name, 60)), {}};
    message.buttons.push_back({tr("Undo"), [this] { session_.notebook().undoRemove(); }});
    errors_.show(std::move(message));
  });
  connect(&session.runs(), &RunController::runRemoved, this, [this](const QString& name) {
    ErrorBar::Message message{ErrorBar::Kind::Note, tr("%1 was removed.").arg(name), {}};
    message.buttons.push_back({tr("Undo"), [this] { session_.runs().undoRemove(); }});
    errors_.show(std::move(message));
  });
  connect(&session.runs(), &RunController::stateChanged, this, &ProjectFiles::updateActions);
  connect(&session.runs(), &RunController::runsChanged, this, &ProjectFiles::updateActions);
  updateActions();
}

void ProjectFiles::updateActions() {
  const bool open = !project_.path().isEmpty();
  for (const char* id : {"saveProjectAs", "duplicateProject"}) actions_.get(id)->setEnabled(open);
  actions_.get("compactProject")->setEnabled(open && !project_.isReadOnly());
  const Run* run = session_.runs().current();
  actions_.get("resumeRun")->setEnabled(run && project_.canResume(run->id));
}

void ProjectFiles::chooseToOpen() {
  const QString file = QFileDialog::getOpenFileName(window_, tr("Open project"), {},
                                                    tr("Lexarium projects (*.lexarium);;All files (*)"));
  if (!file.isEmpty()) project_.open(file);
}

void ProjectFiles::chooseToSave(bool copy) {
  const QString title = session_.corpus() ? toQString(session_.corpus()->title()) : QString();
  QString file =
      QFileDialog::getSaveFileName(window_, copy ? tr("Copy of the project") : tr("Save project as"),
                                   QFileInfo(title).completeBaseName() + QStringLiteral(".lexarium"),
                                   tr("Lexarium projects (*.lexarium)"));
  if (file.isEmpty()) return;
  if (QFileInfo(file).suffix().isEmpty()) file += QStringLiteral(".lexarium");
  copy ? project_.duplicate(file) : project_.saveAs(file);
}

void ProjectFiles::fillTextsMenu(QMenu& menu) {
  connect(&menu, &QMenu::aboutToShow, this, [this, menu = QPointer(&menu)] {
    menu->clear();
    menu->addAction(tr("Reading ..."))->setEnabled(false);
    project_.listTexts([this, menu](const std::vector<CorpusRecord>& corpora) {
      if (!menu) return;
      menu->clear();
      for (const CorpusRecord& corpus : corpora) {
        menu->addAction(
            tr("%1 (%2 words)").arg(oneLine(toQString(corpus.title), 48), formatCount(corpus.tokens)), this,
            [this, id = corpus.id] { project_.openText(id); });
      }
    });
  });
}

/// A project whose newest run was cut short says so, with the button that goes on.
void ProjectFiles::offerToGoOn() {
  const Run* run = session_.runs().current();
  if (!run || !project_.canResume(run->id)) return;
  const RunStatus& status = session_.runs().status();
  ErrorBar::Message message;
  message.kind = ErrorBar::Kind::Note;
  message.what = tr("%1 stopped at epoch %2 of %3.")
                     .arg(run->name, QLocale().toString(status.epoch, 'f', 2),
                          QLocale().toString(status.totalEpochs, 'f', 0));
  message.buttons.push_back({tr("Go on with it"), [this, id = run->id] { project_.resume(id); }});
  errors_.show(std::move(message));
}

}  // namespace lexarium

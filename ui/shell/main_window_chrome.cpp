// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the views: menus, the row at the top, notes on the text, and the look.
#include <QActionGroup>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>
#include <algorithm>
#include <array>

#include "ui/session/project_keeper.h"
#include "ui/shell/actions.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/dock_title.h"
#include "ui/shell/help_window.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences.h"
#include "ui/shell/project_files.h"
#include "ui/shell/text_options.h"
#include "ui/shell/transport_bar.h"
#include "ui/shell/workspace_tabs.h"
#include "ui/shell/workspaces.h"
#include "ui/views/view.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kScaleStep = 1.1;
constexpr std::array<const char*, 4> kPaletteActions{"lookSystem", "lookLight", "lookDark",
                                                     "lookHighContrast"};

QString translatedView(const char* text) { return QCoreApplication::translate("View", text); }

}  // namespace

void MainWindow::buildActions() {
  Actions& a = *actions_;
  a.on("openText", [this] { openText(); });
  a.on("openFolder", [this] { openFolder(); });
  a.on("pasteText", [this] { pasteText(); });
  a.on("textOptions", [this] { TextOptions::open(session_, this); });
  a.on("startPage", [this] { showStartPage(!startPage_); });
  a.on("quit", [this] { close(); });
  a.on("selectionBack", [this] { session_.selection().goBack(); });
  a.on("selectionForward", [this] { session_.selection().goForward(); });
  a.on("clearSelection", [this] { session_.selection().clear(); });
  a.on("preferences", [this] { Preferences::open(session_.settings(), this); });
  a.on("resetLayout", [this] {
    if (!startPage_) workspaces_->reset();
    updateTabbedTitles();
  });
  a.on("fullScreen", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  a.on("train", [this] { session_.runs().playOrPause(); });
  a.on("stepOnce", [this] { session_.runs().stepOnce(); });
  a.on("stopTraining", [this] { session_.runs().stop(); });
  a.on("resetTraining", [this] { session_.runs().discard(); });
  Timeline& timeline = session_.timeline();
  a.on("replay", [&timeline] { timeline.setReplaying(!timeline.isReplaying()); });
  a.on("previousMoment", [&timeline] {
    if (timeline.shownIndex() > 0) timeline.showIndex(timeline.shownIndex() - 1);
  });
  a.on("nextMoment", [&timeline] { timeline.showIndex(timeline.shownIndex() + 1); });
  a.on("goLive", [&timeline] { timeline.goLive(); });
  a.on("help", [this] { HelpWindow::open(session_, *actions_, this); });
  a.on("findCommand", [this] { palette_->open(actions_->all()); });
  a.on("about", [this] { HelpWindow::openAbout(this); });

  a.on("projector", [this] { changeLook([](LookOptions& look) { look.projector = !look.projector; }); });
  a.on("largerType", [this] { changeLook([](LookOptions& look) { look.scale *= kScaleStep; }); });
  a.on("smallerType", [this] { changeLook([](LookOptions& look) { look.scale /= kScaleStep; }); });
  a.on("normalType", [this] { changeLook([](LookOptions& look) { look.scale = 1; }); });
  auto* palettes = new QActionGroup(this);
  for (std::size_t i = 0; i < kPaletteActions.size(); ++i) {
    palettes->addAction(a.get(kPaletteActions[i]));
    a.on(kPaletteActions[i], [this, i] {
      changeLook([i](LookOptions& look) { look.palette = static_cast<LookOptions::Palette>(i); });
    });
  }
  for (const Sample& sample : samples()) {
    const QString id = toQString(sample.id);
    a.add("sample_" + id, tr("Open sample: %1").arg(coreText(sample.title)), "sample", {},
          coreText(sample.description), [this, id] { session_.openSample(id); });
  }
  for (const WorkspaceInfo& info : workspaceRegistry()) {
    const QString title = QCoreApplication::translate("Workspace", info.title);
    a.add(QStringLiteral("workspace_%1").arg(info.id), tr("Workspace: %1").arg(title), info.icon, {},
          QCoreApplication::translate("Workspace", info.help), [this, id = info.id] { showWorkspace(id); });
  }
  for (const ViewInfo& info : viewRegistry()) {
    a.add(QStringLiteral("view_%1").arg(info.id), tr("Go to %1").arg(translatedView(info.title)), info.icon,
          QKeySequence(QLatin1String(info.shortcut)), translatedView(info.help),
          [this, id = info.id] { showView(id); });
  }
  buildMenus();
}

void MainWindow::buildMenus() {
  auto* bar = findChild<QMenuBar*>("menuBar");
  const auto fill = [this](QMenu* menu, std::initializer_list<const char*> ids) {
    for (const char* id : ids) {
      if (*id) {
        menu->addAction(actions_->get(id));
      } else {
        menu->addSeparator();
      }
    }
  };
  QMenu* file = bar->addMenu(tr("&File"));
  fill(file, {"openText", "openFolder", "pasteText", "openVectors"});
  QMenu* sampleMenu = file->addMenu(tr("S&amples"));
  for (const Sample& sample : samples()) {
    const QString id = toQString(sample.id);
    sampleMenu->addAction(coreText(sample.title), this, [this, id] { session_.openSample(id); });
  }
  recentMenu_ = file->addMenu(tr("&Recent files"));
  fill(file, {"", "openProject", "saveProjectAs", "duplicateProject", "compactProject"});
  textsMenu_ = file->addMenu(tr("Te&xts of this project"));
  fill(file, {"", "addVectors", "saveVectors", "openRecipe", "", "textOptions", "startPage", "", "quit"});
  fill(bar->addMenu(tr("&Edit")), {"selectionBack", "selectionForward", "clearSelection", "", "preferences"});
  buildViewMenu(*bar->addMenu(tr("&View")));
  fill(bar->addMenu(tr("&Training")), {"train", "stepOnce", "stopTraining", "resetTraining", "resumeRun", "",
                                       "replay", "previousMoment", "nextMoment", "goLive"});
  fill(bar->addMenu(tr("&Help")), {"help", "findCommand", "", "about"});
  fillRecentMenu();
}

void MainWindow::buildViewMenu(QMenu& menu) {
  for (const ViewInfo& info : viewRegistry()) {
    QAction* toggle = docks_.at(info.id)->toggleViewAction();
    toggle->setText(QStringLiteral("%1\t%2").arg(
        translatedView(info.title),
        QKeySequence(QLatin1String(info.shortcut)).toString(QKeySequence::NativeText)));
    toggle->setToolTip(translatedView(info.help));
    menu.addAction(toggle);
  }
  menu.addSeparator();
  for (const char* id : kPaletteActions) menu.addAction(actions_->get(id));
  menu.addSeparator();
  for (const char* id : {"projector", "fullScreen", "largerType", "smallerType", "normalType"}) {
    menu.addAction(actions_->get(id));
  }
  menu.addSeparator();
  menu.addAction(actions_->get("resetLayout"));
}

void MainWindow::fillRecentMenu() {
  recentMenu_->clear();
  for (const QString& path : session_.settings().recentFiles()) {
    QAction* action = recentMenu_->addAction(QFileInfo(path).fileName(), this,
                                             [this, path] { session_.openPaths({path}); });
    action->setToolTip(path);
    action->setEnabled(QFileInfo::exists(path));
  }
  recentMenu_->setEnabled(!recentMenu_->isEmpty());
  if (recentMenu_->isEmpty()) return;
  recentMenu_->addSeparator();
  recentMenu_->addAction(tr("Forget these"), this, [this] { session_.settings().clearRecentFiles(); });
}

void MainWindow::buildTop() {
  auto* top = new QWidget;
  auto* bar = new QMenuBar;
  bar->setObjectName("menuBar");
  bar->setNativeMenuBar(false);
  bar->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred);
  tabs_ = new WorkspaceTabs;
  connect(tabs_, &WorkspaceTabs::chosen, this,
          [this](int index) { showWorkspace(workspaceRegistry()[static_cast<std::size_t>(index)].id); });
  const auto button = [](QAction* action) {
    auto* tool = new QToolButton;
    tool->setDefaultAction(action);
    tool->setToolButtonStyle(Qt::ToolButtonIconOnly);
    tool->setAccessibleName(plainText(action));
    return tool;
  };
  // Not with the action as its default: the button shows the text's name, not the action's.
  textButton_ = new QToolButton;
  textButton_->setObjectName("textButton");
  textButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  textButton_->setToolTip(actions_->get("textOptions")->toolTip());
  connect(textButton_, &QToolButton::clicked, actions_->get("textOptions"), &QAction::trigger);
  backButton_ = button(actions_->get("selectionBack"));
  forwardButton_ = button(actions_->get("selectionForward"));
  auto* row = new QHBoxLayout;
  row->setContentsMargins(4, 2, 8, 0);
  row->setSpacing(4);
  row->addWidget(bar);
  row->addStretch(1);
  row->addWidget(tabs_);
  row->addStretch(1);
  for (QToolButton* tool : {textButton_, backButton_, forwardButton_}) row->addWidget(tool);
  errors_ = new ErrorBar;
  auto* column = new QVBoxLayout(top);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addLayout(row);
  column->addWidget(errors_);
  setMenuWidget(top);
}

void MainWindow::changeLook(const std::function<void(LookOptions&)>& change) {
  LookOptions look = session_.settings().look();
  const bool projector = look.projector;
  change(look);
  session_.settings().setLook(look);
  if (look.projector != projector && !startPage_) {
    workspaces_->switchTo(workspaces_->current(), look.projector);
    updateTabbedTitles();
  }
}

void MainWindow::applyLook() {
  applyTheme(session_.theme());
  tintParts();
}

void MainWindow::tintParts() {
  const Theme& theme = session_.theme();
  const LookOptions& look = session_.settings().look();
  actions_->setTheme(theme);
  actions_->get("projector")->setChecked(look.projector);
  actions_->get(kPaletteActions[static_cast<std::size_t>(look.palette)])->setChecked(true);
  transport_->setTheme(theme);
  errors_->setTheme(theme);
  for (DockTitle* title : titles_) title->setTheme(theme);
  textButton_->setIcon(themedIcon("options", theme));
  const int side = QFontMetrics(theme.body).height();
  for (QToolButton* tool : {textButton_, backButton_, forwardButton_}) tool->setIconSize(QSize(side, side));
}

void MainWindow::updateTitles() {
  const auto& corpus = session_.corpus();
  const QString title = corpus ? oneLine(toQString(corpus->title()), 80) : QString();
  const ProjectKeeper& project = session_.keepProject();
  QString name = title;
  if (corpus && project.isNamed())
    name = QFileInfo(project.path()).completeBaseName() + QStringLiteral(": ") + title;
  if (corpus && project.isReadOnly()) name = tr("%1 (read only)").arg(name);
  setWindowTitle(corpus ? tr("%1 \u2013 Lexarium").arg(name) : tr("Lexarium"));
  if (!corpus) return;
  QString text = oneLine(title, 32);
  if (corpus->documentCount() > 0 && !session_.sample()) {
    const QString first = toQString(corpus->document(0).encoding.name);
    bool same = true;
    for (std::size_t i = 1; i < corpus->documentCount(); ++i) {
      same = same && corpus->document(i).encoding.name == corpus->document(0).encoding.name;
    }
    text += QStringLiteral(" \u00b7 ") + (same ? first : tr("several encodings"));
  }
  textButton_->setText(text);
  textButton_->setAccessibleName(tr("Text options: %1").arg(text));
}

/// What a person should know about the text just opened, in the bar at the top.
void MainWindow::showNotes() {
  const auto& corpus = session_.corpus();
  QStringList notes;
  for (const auto& note : corpus->notes()) notes << coreText(note);
  if (notes.isEmpty()) return;
  ErrorBar::Message message;
  message.kind = ErrorBar::Kind::Note;
  message.what = notes.takeFirst();
  message.details = notes.mid(0, 3).join(' ');
  message.buttons.push_back({tr("Text options..."), [this] { TextOptions::open(session_, this); }});
  errors_->show(std::move(message));
}

}  // namespace lexarium

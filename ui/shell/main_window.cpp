// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QScreen>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>

#include "ui/look/theme.h"
#include "ui/shell/actions.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/dock_title.h"
#include "ui/shell/drop_target.h"
#include "ui/shell/import_dialog.h"
#include "ui/shell/project_files.h"
#include "ui/shell/recipe_files.h"
#include "ui/shell/text_options.h"
#include "ui/shell/transport_bar.h"
#include "ui/shell/vectors_files.h"
#include "ui/shell/welcome_page.h"
#include "ui/shell/workspace_tabs.h"
#include "ui/shell/workspaces.h"
#include "ui/views/view.h"
#include "ui/widgets/busy_overlay.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

const char* const kGeometry = "geometry";
const char* const kWorkspace = "workspace";
constexpr double kLongestStop = 5;  // seconds, when the window closes
const char* const kFirstWorkspace = "embeddings";
const char* const kWithModel = "sequence";
const char* const kWithTask = "attention";
const char* const kWithoutText = "explore";  // where vectors of a file have most to say

}  // namespace

MainWindow::MainWindow(Session& session) : session_(session), actions_(new Actions(this)) {
  setObjectName("mainWindow");
  applyTheme(session_.theme());  // before there are widgets: they are born with the right fonts
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  for (const auto corner : {Qt::TopLeftCorner, Qt::BottomLeftCorner})
    setCorner(corner, Qt::LeftDockWidgetArea);
  // The lower row is as wide as it can be: lines of a concordance are long.
  setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  setContextMenuPolicy(Qt::NoContextMenu);

  welcome_ = new WelcomePage(session_, *actions_);
  centre_ = new QStackedWidget;
  centre_->addWidget(welcome_);
  centre_->addWidget(new QWidget);
  setCentralWidget(centre_);
  session_.keepProject();  // views ask it what it has kept
  buildDocks();
  buildTop();
  auto* bottom = new QToolBar(tr("Training"));
  bottom->setObjectName("transportBar");
  bottom->setMovable(false);
  transport_ = new TransportBar(session_.runs(), session_.timeline(), *actions_);
  bottom->addWidget(transport_);
  addToolBar(Qt::BottomToolBarArea, bottom);
  busy_ = new BusyOverlay(this);
  palette_ = new CommandPalette(this);
  buildActions();
  projectFiles_ = new ProjectFiles(session_, *actions_, *errors_, this);
  projectFiles_->fillTextsMenu(*textsMenu_);
  new VectorsFiles(session_, *actions_, *errors_, this);
  recipes_ = new RecipeFiles(session_, *actions_, *errors_, this);
  connectSession();
  connectWindowState();
  tintParts();
  onCorpusChanged();
}

MainWindow::~MainWindow() {
  session_.keepProject().setWindow({});
  // Docks tell that they are hidden while their titles are already gone.
  for (const auto& [id, dock] : docks_) dock->disconnect(this);
}

void MainWindow::buildDocks() {
  const bool wayland = QGuiApplication::platformName().startsWith("wayland");
  for (const ViewInfo& info : viewRegistry()) {
    const QString title = QCoreApplication::translate("View", info.title);
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(info.id);
    View* view = info.create(session_, dock);
    view->setAccessibleName(title);
    view->restoreState(session_.settings().viewState(info.id));
    dock->setWidget(view);
    // Qt 6.4 cannot dock a floating window again on Wayland.
    dock->setFeatures(wayland ? QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable
                              : QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                                    QDockWidget::DockWidgetFloatable);
    auto* bar = new DockTitle(dock, view, QCoreApplication::translate("View", info.help));
    dock->setTitleBarWidget(bar);
    titles_.push_back(bar);
    addDockWidget(info.area, dock);
    dock->hide();
    docks_[info.id] = dock;
    views_[info.id] = view;
    connect(view, &View::needsChanged, &probeTimer_, qOverload<>(&QTimer::start));
    connect(dock, &QDockWidget::dockLocationChanged, this, &MainWindow::updateTabbedTitles);
    connect(dock, &QDockWidget::visibilityChanged, this, &MainWindow::updateTabbedTitles);
  }
  probeTimer_.setSingleShot(true);
  probeTimer_.setInterval(0);
  connect(&probeTimer_, &QTimer::timeout, this, &MainWindow::updateProbe);
  workspaces_ = std::make_unique<Workspaces>(*this, session_.settings(), docks_);
}

void MainWindow::connectSession() {
  connect(&session_, &Session::corpusChanged, this, &MainWindow::onCorpusChanged);
  connect(&session_, &Session::loadingChanged, this, &MainWindow::onLoadingChanged);
  connect(&session_, &Session::loadingProgress, busy_, &BusyOverlay::setProgress);
  connect(busy_, &BusyOverlay::cancelled, &session_, &Session::cancelLoading);
  connect(&session_, &Session::errorOccurred, this, [this](const Error& error) { errors_->show(error); });
  connect(&session_.keepProject(), &ProjectKeeper::projectChanged, this, &MainWindow::updateTitles);
  connect(&session_, &Session::examplesOffered, this,
          [this](const QStringList& paths) { (new ImportDialog(session_, paths, this))->open(); });
  connect(&session_, &Session::modelAdded, this, &MainWindow::onModelAdded);
  connect(&session_, &Session::themeChanged, this, &MainWindow::applyLook);
  connect(&session_.settings(), &Settings::recentFilesChanged, this, &MainWindow::fillRecentMenu);
  connect(&session_.runs(), &RunController::stateChanged, this, &MainWindow::onStateChanged);
  const auto updateHistory = [this] {
    actions_->get("selectionBack")->setEnabled(session_.selection().canGoBack());
    actions_->get("selectionForward")->setEnabled(session_.selection().canGoForward());
  };
  connect(&session_.selection(), &Selection::historyChanged, this, updateHistory);
  updateHistory();
  auto* drops = new DropTarget(this);
  connect(drops, &DropTarget::dropped, this, [this](const QStringList& paths) {
    if (!recipes_->openDropped(paths)) session_.openPaths(paths);
  });
}

void MainWindow::showAsLeft() {
  if (!restoreGeometry(session_.settings().windowState(kGeometry))) {
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    if (screen.width() <= 1400) {
      setWindowState(windowState() | Qt::WindowMaximized);
      resize(screen.size());
    } else {
      resize(static_cast<int>(screen.width() * 0.85), static_cast<int>(screen.height() * 0.85));
    }
  }
  show();
}

View* MainWindow::view(const QString& id) const {
  const auto found = views_.find(id);
  return found == views_.end() ? nullptr : found->second;
}

bool MainWindow::showWorkspace(const QString& id) {
  const auto workspaces = workspaceRegistry();
  for (std::size_t i = 0; i < workspaces.size(); ++i) {
    if (id != QLatin1String(workspaces[i].id)) continue;
    session_.settings().setWindowState(kWorkspace, id.toUtf8());
    { tabs_->setCurrent(static_cast<int>(i)); }
    if (!session_.corpus()) return true;  // shown as soon as something is open
    startPage_ = false;
    showCentre(false);
    workspaces_->switchTo(id, session_.settings().look().projector);
    updateTabbedTitles();
    return true;
  }
  return false;
}

bool MainWindow::showView(const QString& id) {
  const auto found = docks_.find(id);
  if (found == docks_.end()) return false;
  if (startPage_) showStartPage(false);
  found->second->show();
  found->second->raise();
  found->second->widget()->setFocus(Qt::ShortcutFocusReason);
  return true;
}

void MainWindow::setViewsShown(bool shown) {
  for (const auto& [id, dock] : docks_) {
    // Without this the docks would share out the window anew, and the map might come back with no height.
    QSizePolicy policy = dock->widget()->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    dock->widget()->setSizePolicy(policy);
    dock->widget()->setVisible(shown);
  }
}

/// Beside the docks the centre is there, with no height: without a central widget Qt would not keep the sizes
/// of docks but share out the window by their size hints.
void MainWindow::showCentre(bool shown) {
  centre_->setCurrentIndex(shown ? 0 : 1);
  centre_->setMaximumHeight(shown ? QWIDGETSIZE_MAX : 0);
}

void MainWindow::showStartPage(bool shown) {
  if (!session_.corpus()) shown = true;
  startPage_ = shown;
  if (shown) {
    workspaces_->hideAll();
    showCentre(true);
    welcome_->setFocus();
  } else {
    const QString last = QString::fromUtf8(session_.settings().windowState(kWorkspace));
    if (!showWorkspace(last)) showWorkspace(kFirstWorkspace);
  }
}

void MainWindow::openText() {
  const QStringList files = QFileDialog::getOpenFileNames(
      this, tr("Open text"), {},
      tr("Texts (*.txt *.text *.md);;Examples of a task (*.tsv *.csv *.jsonl *.ndjson *.txt);;Language "
         "models (*.bin *.safetensors);;All files (*)"));
  if (!files.isEmpty()) session_.openPaths(files);
}

void MainWindow::openFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Open folder"));
  if (!folder.isEmpty()) session_.openPaths({folder});
}

void MainWindow::pasteText() {
  const QString text = QGuiApplication::clipboard()->text();
  if (text.trimmed().isEmpty()) {
    errors_->show(Error{
        tr("There is no text in the clipboard").toStdString(), {}, tr("Copy some text first").toStdString()});
    return;
  }
  session_.openText(tr("Pasted text"), text);
}

void MainWindow::onCorpusChanged() {
  const bool open = session_.corpus() != nullptr;
  tabs_->setEnabled(open);
  const bool text = session_.runs().canTrain();
  actions_->get("textOptions")->setEnabled(text);
  textButton_->setEnabled(text);
  textButton_->setVisible(open);
  if (open) errors_->clear();
  showStartPage(!open);
  updateTitles();
  if (!open) return;
  if (!text) return void(showWorkspace(kWithoutText));
  static const QStringList kShowTasks{kWithTask, "corpus", "evaluate", "compare", "share"};
  if (session_.corpus()->task() && !kShowTasks.contains(workspaces_->current())) showWorkspace(kWithTask);
  showNotes();
  transport_->focusPlay();  // Space trains
}

/// Where it can be asked and looked into.
void MainWindow::onModelAdded() {
  const Run* run = session_.runs().current();
  const auto snapshot = run->trainer->snapshot();
  const auto model = snapshot->languageModel();
  if (!model) {
    showWorkspace(kWithTask);
    errors_->show({ErrorBar::Kind::Note,
                   tr("%1 is open: %2. What it says and where it looks can be seen here.")
                       .arg(run->name, coreText(findModel(snapshot->trained->modelId())->title)),
                   {}});
    return;
  }
  const SequenceFacts& facts = model->facts();
  showWorkspace(kWithModel);
  const bool isKept = !session_.runs().canTrain() || ProjectKeeper::canKeepModel(*run);
  errors_->show({ErrorBar::Kind::Note,
                 tr("%1 is open: %2, %3 numbers in %4 layers. It speaks in Samples and can be looked into in "
                    "States.")
                     .arg(run->name, coreText(findModel(facts.modelId)->title), formatCount(facts.parameters),
                          formatCount(facts.layers)),
                 isKept ? QString() : tr("It is too large to be kept in the project.")});
}

void MainWindow::onLoadingChanged() {
  if (session_.isLoading()) {
    busy_->begin(tr("Opening the text"));
  } else {
    busy_->end();
  }
}

void MainWindow::onStateChanged() {
  const RunStatus& status = session_.runs().status();
  const Run* run = session_.runs().current();
  if (!run || (status.state != RunStatus::State::Diverged && status.state != RunStatus::State::Failed))
    return;
  ErrorBar::Message message;
  const bool diverged = status.state == RunStatus::State::Diverged;
  message.what = diverged ? tr("%1 has diverged.").arg(run->name) : tr("%1 has failed.").arg(run->name);
  message.details = toQString(status.message);
  RunConfig config = run->trainer->config();
  if (diverged && config.params.contains("learning_rate")) {
    const double rate = config.params.getNumber("learning_rate");
    const double calmer = calmerRate(*findSpec(findModel(config.modelId)->params, "learning_rate"), rate);
    config.params.set("learning_rate", ParamValue(calmer));
    message.buttons.push_back(
        {tr("Train with rate %1").arg(calmer), [this, config] { session_.runs().trainWith(config); }});
  }
  errors_->show(std::move(message));
}

void MainWindow::updateProbe() {
  Probe all;
  for (const auto& [id, view] : views_) {
    if (!view->isVisible()) continue;
    const Probe needs = view->needs();
    all.frameWords = std::max(all.frameWords, needs.frameWords);
    all.allWords = all.allWords || needs.allWords;
    all.rows.merge(needs.rows);
    all.model = all.model || needs.model;
    for (const SampleRequest& sample : needs.samples)
      if (std::find(all.samples.begin(), all.samples.end(), sample) == all.samples.end())
        all.samples.push_back(sample);
  }
  session_.runs().setProbe(all);
}

void MainWindow::updateTabbedTitles() {
  std::size_t i = 0;
  for (const ViewInfo& info : viewRegistry()) {
    const auto others = tabifiedDockWidgets(docks_.at(info.id));
    const bool tabs =
        std::any_of(others.begin(), others.end(), [](QDockWidget* dock) { return !dock->isHidden(); });
    titles_[i++]->setTitleShown(!tabs);
  }
}

void MainWindow::saveAll() {
  Settings& settings = session_.settings();
  settings.setWindowState(kGeometry, saveGeometry());
  if (!startPage_) workspaces_->save();
  for (const auto& [id, view] : views_) settings.setViewState(id, view->saveState());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  saveAll();
  session_.cancelLoading();
  hide();  // what is left to write is little, but nobody should see a window that does not answer
  session_.runs().stopAndWait(kLongestStop);
  session_.keepProject().close();
  session_.runs().shutDown();
  event->accept();
}

}  // namespace lexarium

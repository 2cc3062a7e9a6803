// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_view.h"

#include <QHideEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/analysis/label_order.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_search.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr std::size_t kMostWords = MapControls::kMostWords;
constexpr int kGlideIntervalMs = 16;
constexpr double kLongestSettling = 1.5;  // seconds that the view may go on fitting after the last frame
constexpr double kAtOnce = 10;            // seconds; a step of followedView that goes all the way
// Points take a little longer to their places than the next layout is expected to take, but not for ever.
constexpr double kLayoutMargin = 1.2, kLongestFollow = 1;
constexpr int kTextIntervalMs = 1000;

}  // namespace

MapView::MapView(Session& session, QWidget* parent)
    : View(session, parent), movement_(session.clock()), trails_(session.clock()) {
  plot_ = new ScatterPlot;
  plot_->setObjectName(QStringLiteral("mapPlot"));
  plot_->setAccessibleName(tr("Map of words"));
  hint_ = new QLabel;
  hint_->setObjectName(QStringLiteral("mapHint"));
  hint_->setProperty("role", "secondary");
  hint_->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  hint_->setWordWrap(true);
  empty_ = new EmptyState;

  auto* page = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(page);
  layout->addWidget(controls_ = new MapControls(session));
  layout->addWidget(plot_, 1);
  layout->addWidget(hint_);
  layout->addWidget(filmBar_ = new CsvExport);
  connect(filmBar_, &CsvExport::failed, &session, &Session::reportError);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);

  glideTimer_.setInterval(kGlideIntervalMs);
  glideTimer_.setTimerType(Qt::PreciseTimer);
  connect(&glideTimer_, &QTimer::timeout, this, &MapView::glide);
  textTimer_.setSingleShot(true);
  textTimer_.setInterval(kTextIntervalMs);
  connect(&textTimer_, &QTimer::timeout, this, &MapView::updateTexts);
  connect(&layouter_, &MapLayouter::ready, this, &MapView::placeWords);
  connect(&iteration_, &MapIteration::ready, this, &MapView::placeWords);
  connect(&clusters_, &MapClusters::changed, this, &MapView::updateColors);
  connect(&movement_, &MapMovement::changed, this, &MapView::updateColors);
  connect(&trails_, &MapTrails::changed, this, &MapView::updateTrails);
  connect(&session.timeline(), &Timeline::momentsChanged, this, &MapView::followTrails);
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  connectControls();
  connectPlot();
  connectKeeping();
  updateEmptyState();
}

void MapView::connectControls() {
  connect(controls_, &MapControls::wordsChanged, this, [this] {
    Q_EMIT needsChanged();
    takeFrame();
  });
  connect(controls_, &MapControls::methodChanged, this, &MapView::changeMethod);
  connect(controls_, &MapControls::perplexityChanged, this,
          [this] { iteration_.setParam("perplexity", controls_->perplexity()); });
  connect(controls_, &MapControls::pauseClicked, this, [this] {
    iteration_.setPaused(!iteration_.isPaused());
    updateHint();
  });
  connect(controls_, &MapControls::colorChanged, this, [this] {
    followColors();
    updateColors();
  });
  connect(&controls_->trails(), &QToolButton::toggled, this, [this] {
    followTrails();
    updateTrails();
  });
  connect(&controls_->isolate(), &QToolButton::clicked, this, [this] { setIsolated(!isolated_); });
  connect(&controls_->fit(), &QToolButton::clicked, plot_, &ScatterPlot::fit);
}

void MapView::connectPlot() {
  Selection& selection = session().selection();
  const auto idOf = [](std::optional<std::size_t> index) {
    return index ? static_cast<TokenId>(*index) : kNoToken;
  };
  connect(plot_, &ScatterPlot::hovered, this,
          [&selection, idOf](std::optional<std::size_t> index) { selection.hover(idOf(index)); });
  connect(plot_, &ScatterPlot::clicked, this,
          [&selection, idOf](std::optional<std::size_t> index, bool additive) {
            if (!index) return;
            additive ? selection.toggle(idOf(index)) : selection.select(idOf(index));
          });
  connect(plot_, &ScatterPlot::lassoed, this,
          [&selection](const std::vector<std::size_t>& indices, bool additive) {
            std::vector<TokenId> ids(indices.begin(), indices.end());
            additive ? selection.add(ids) : selection.select(std::move(ids));
          });
  connect(plot_, &ScatterPlot::escapePressed, this, [&selection] { selection.clear(); });
  connect(plot_, &ScatterPlot::menuRequested, this, [this](const QPoint& place) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(place);
  });
  connect(&controls_->search(), &MapSearch::foundChanged, this, &MapView::updateSelection);
  connect(&controls_->search(), &MapSearch::stepped, this, [this, &selection](TokenId id) {
    selection.select(id);
    plot_->reveal(id);
  });
}

std::size_t MapView::wordsWanted() const { return controls_->wordsWanted(); }

void MapView::setWordsWanted(std::size_t count) { controls_->setWordsWanted(count); }

Probe MapView::needs() const {
  Probe probe;
  probe.frameWords = wordsWanted();
  return probe;
}

/// A moment of the past lies still, whatever the run does meanwhile.
bool MapView::isTraining() const {
  return frame().run && frame().live && frame().status.state == RunStatus::State::Running;
}

void MapView::refresh(unsigned dirty) {
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  if (dirty & kCorpus) adoptCorpus();
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    updateColors();
    updateHint();
    fitControls();
  }
  if (dirty & (kCorpus | kSelection)) updateSelection();
  if (dirty & (kCorpus | kFrame | kRuns)) takeFrame();
  if (dirty & kRuns) updateHint();
  if (dirty & kFrame) drawTick();
}

void MapView::adoptCorpus() {
  setIsolated(false);
  forgetLayout();
  plot_->setWords([corpus = session().corpus()](std::size_t id) {
    return corpus && id < corpus->vocabulary().size()
               ? oneLine(toQString(corpus->vocabulary().word(static_cast<TokenId>(id))), 40)
               : QString();
  });
  controls_->search().search();
  updateColors();
  orderLabels();
}

/// A map full of "the" and "of" says little: words with a meaning of their own get the labels first.
void MapView::orderLabels() {
  labelOrder_.clear();
  setLabelOrder();
  const auto& corpus = session().corpus();
  if (!corpus) return orderJob_.cancel();
  orderJob_.run(
      [corpus](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return labelOrder(*corpus, std::min(kMostWords, corpus->vocabulary().size()), context);
      },
      [this](std::vector<std::uint32_t> order) {
        labelOrder_ = std::move(order);
        setLabelOrder();
      });
}

void MapView::setLabelOrder() {
  const auto shown = static_cast<std::size_t>(motion_.shown().cols());
  std::vector<std::uint32_t> order;
  for (const std::uint32_t id : labelOrder_)
    if (id < shown) order.push_back(id);
  plot_->setLabelOrder(std::move(order));
}

void MapView::forgetLayout() {
  layouter_.reset();
  clusters_.reset();
  movement_.reset();
  trails_.reset();
  motion_.clear();
  placed_ = {};
  table_.reset();
  tableWords_ = 0;
  glideTimer_.stop();
  beginIteration();
  plot_->setPoints(Layout(2, 0), 0);
  updateEmptyState();
}

/// Sends the newest vectors to be laid out, if they or the number of words have changed.
void MapView::takeFrame() {
  if (!isVisible()) return;
  iteration_.setTraining(isTraining());
  const int runId = frame().run ? frame().run->id : 0;
  if (!frame().run && motion_.shown().cols() > 0) forgetLayout();
  if (std::exchange(runId_, runId) != runId) {
    movement_.reset();
    trails_.reset();
    adopted_ = false;
  }
  const Snapshot* snapshot = frame().snapshot.get();
  if (!snapshot) return updateEmptyState();
  std::shared_ptr<const EmbeddingTable> table = snapshot->frame;
  const auto columns = [](const auto& t) { return t ? static_cast<std::size_t>(t->vectors.cols()) : 0; };
  // A paused run has no new frame for a slider that was moved, but perhaps the whole table.
  if (columns(table) < wordsWanted() && columns(snapshot->all) > columns(table) &&
      (!table || snapshot->all->step >= table->step))
    table = snapshot->all;
  if (!table || table->vectors.cols() == 0) return updateEmptyState();
  const std::size_t words = std::min(wordsWanted(), columns(table));
  if (table == table_ && words == tableWords_) return;
  table_ = std::move(table);
  tableWords_ = words;
  if (!isolated_) updateHidden();
  if (!adoptKept(false)) lookAtTable();
}

void MapView::lookAtTable() {
  if (!table_) return;
  movement_.follow(table_, tableWords_, isTraining());
  method_ ? iteration_.follow(table_, tableWords_) : layouter_.follow(table_, tableWords_, isTraining());
  followColors();
  followTrails();
}

/// From where the points lie now to where another method wants them.
void MapView::changeMethod() {
  const ProjectionInfo* info = findProjection(controls_->method());
  method_ = info && !info->objective.empty() ? info : nullptr;
  beginIteration();
  trails_.reset();
  fitControls();
  lookAtTable();
  updateHint();
}

void MapView::beginIteration() {
  iteration_.reset();
  if (!method_) return;
  iteration_.begin(*method_, placed_.placed.layout);
  iteration_.setParam("perplexity", controls_->perplexity());
}

void MapView::placeWords(const MapLayout& layout) {
  // The answer to a question of before the method was changed.
  if (!frame().run || layout.method != method_) return;
  session().clock().addCost(layout.cpuMilliseconds);
  const Eigen::Index before = motion_.shown().cols();
  placed_ = layout;
  if (method_) trails_.record(layout.step, layout.placed.layout);
  const double sinceLast = layoutTime_.isValid() ? static_cast<double>(layoutTime_.restart()) / 1000 : 0;
  if (!layoutTime_.isValid()) layoutTime_.start();
  motion_.setTarget(layout.placed.layout,
                    std::clamp(sinceLast * kLayoutMargin, LayoutMotion::kFollowSeconds, kLongestFollow));
  if (before != motion_.shown().cols()) {
    updateColors();
    setLabelOrder();
    controls_->search().setWordsOnMap(static_cast<std::size_t>(motion_.shown().cols()));
  }
  if (before == 0) {
    motion_.finish();
    plot_->setPoints(motion_.shown(), 0);
    updateSelection();
    updateEmptyState();
    frameTime_.start();
  } else if (!isTraining()) {
    beginGlide();
  }
  updateTrails();
  if (!isTraining() && !keepTimer_.isActive()) keepTimer_.start();
  if (before > 0 && isTraining()) {
    if (!textTimer_.isActive()) textTimer_.start();
  } else {
    updateTexts();
  }
}

void MapView::updateTexts() {
  textTimer_.stop();
  setAxisTitles();
  updateHint();
}

/// A tick of a training that runs: one step on the way to the newest layout.
void MapView::drawTick() {
  if (motion_.shown().cols() == 0) return;
  if (!isTraining()) {
    if (!motion_.isAtRest() && !glideTimer_.isActive()) beginGlide();
    return;
  }
  glideTimer_.stop();
  const double seconds = static_cast<double>(frameTime_.restart()) / 1000;
  if (motion_.isAtRest() && plot_->isViewSettled()) return;
  if (session().theme().reducedMotion) {
    motion_.finish();
    plot_->setPoints(motion_.shown(), kAtOnce);
    return;
  }
  motion_.follow(seconds);
  plot_->setPoints(motion_.shown(), seconds);
}

void MapView::beginGlide() {
  if (session().theme().reducedMotion) {
    motion_.finish();
    plot_->setPoints(motion_.shown(), kAtOnce);
    return;
  }
  motion_.beginGlide();
  glideTime_.start();
  frameTime_.start();
  glideTimer_.start();
}

void MapView::glide() {
  const double elapsed = static_cast<double>(glideTime_.elapsed()) / 1000;
  if (!motion_.isAtRest()) motion_.glide(elapsed);
  plot_->setPoints(motion_.shown(), static_cast<double>(frameTime_.restart()) / 1000);
  if (motion_.isAtRest() && (plot_->isViewSettled() || elapsed > kLongestSettling)) {
    glideTimer_.stop();
    if (plot_->isFollowing()) plot_->fit();  // what is left of the way
  }
}

void MapView::fitControls() {
  controls_->arrange(session().theme(), width());
  controls_->showIteration(iteration_.isPaused(), placed_.converged, session().theme());
}

bool MapView::event(QEvent* event) {
  const bool handled = View::event(event);
  if (controls_ && (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange)) fitControls();
  return handled;
}

void MapView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  iteration_.resume();
  followColors();
  followTrails();
}

void MapView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  glideTimer_.stop();
  iteration_.suspend();
  clusters_.suspend();
  movement_.setShown(false);
}

void MapView::updateEmptyState() {
  const bool hasPoints = motion_.shown().cols() > 0;
  stack_->setCurrentIndex(hasPoints ? 1 : 0);
  if (hasPoints) return;
  if (!session().corpus()) {
    empty_->setContent(
        tr("Every word a point: words that are used alike come to lie near one another, once a "
           "text is open and training."));
  } else if (session().runs().isActive()) {
    empty_->setContent(tr("The map appears as soon as the words have their first vectors."));
  } else {
    empty_->setContent(tr("Every word a point: while the model trains, words that are used alike come to lie "
                          "near one another."),
                       tr("Train"));
  }
}

}  // namespace lexarium

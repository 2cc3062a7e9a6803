// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_view.h"

#include <QHideEvent>
#include <QJsonArray>
#include <QLabel>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

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

}  // namespace

MapView::MapView(Session& session, QWidget* parent) : View(session, parent) {
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
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);

  glideTimer_.setInterval(kGlideIntervalMs);
  glideTimer_.setTimerType(Qt::PreciseTimer);
  connect(&glideTimer_, &QTimer::timeout, this, &MapView::glide);
  connect(&layouter_, &MapLayouter::ready, this, &MapView::placeWords);
  connect(&iteration_, &MapIteration::ready, this, &MapView::placeWords);
  connect(&clusters_, &MapClusters::changed, this, &MapView::updateColors);
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  connectControls();
  connectPlot();
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
    updateClusters();
    updateColors();
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

bool MapView::isTraining() const { return frame().run && frame().status.state == RunStatus::State::Running; }

void MapView::refresh(unsigned dirty) {
  if (dirty & kCorpus) adoptCorpus();
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    updateColors();
    updateHint();
    fitControls();
  }
  if (dirty & (kCorpus | kSelection)) updateSelection();
  if (dirty & (kCorpus | kFrame | kRuns)) takeFrame();
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
  runId_ = runId;
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
  lookAtTable();
}

void MapView::lookAtTable() {
  if (!table_) return;
  method_ ? iteration_.follow(table_, tableWords_) : layouter_.follow(table_, tableWords_);
  updateClusters();
}

/// From where the points lie now to where another method wants them.
void MapView::changeMethod() {
  const ProjectionInfo* info = findProjection(controls_->method());
  method_ = info && !info->objective.empty() ? info : nullptr;
  beginIteration();
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
  motion_.setTarget(layout.placed.layout);
  setAxisTitles();
  if (before != motion_.shown().cols()) {
    updateColors();
    setLabelOrder();
  }
  controls_->search().setWordsOnMap(static_cast<std::size_t>(motion_.shown().cols()));
  if (before == 0) {
    motion_.finish();
    plot_->setPoints(motion_.shown(), 0);
    updateSelection();
    updateEmptyState();
    frameTime_.start();
  } else if (!isTraining()) {
    beginGlide();
  }
  updateHint();
}

void MapView::setAxisTitles() {
  if (placed_.method) {
    const QString name = coreText(placed_.method->title);
    return plot_->setAxisTitles(name + QStringLiteral(" 1"), name + QStringLiteral(" 2"));
  }
  const auto title = [](const AxisShares& axis) {
    const QString share = formatPercent(axis.share);
    return axis.component > 0 ? tr("PC %1 (%2)").arg(axis.component).arg(share)
                              : tr("PC 1 + PC 2 (%1)").arg(share);
  };
  plot_->setAxisTitles(title(placed_.placed.x), title(placed_.placed.y));
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
  updateClusters();
}

void MapView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  glideTimer_.stop();
  iteration_.suspend();
  clusters_.suspend();
}

void MapView::updateClusters() {
  if (controls_->color() != MapColor::Cluster) return clusters_.suspend();
  if (table_ && isVisible()) clusters_.follow(table_, tableWords_, isTraining());
}

void MapView::updateColors() {
  const Theme& theme = session().theme();
  const auto& corpus = session().corpus();
  const auto shown = static_cast<std::size_t>(motion_.shown().cols());
  const bool hasWords = corpus && shown > 0 && corpus->vocabulary().size() >= shown;
  if (hasWords && controls_->color() == MapColor::Frequency) {
    const auto counts = corpus->vocabulary().counts().first(shown);
    plot_->setColors(frequencyPalette(theme), frequencyBins(counts));
    plot_->setLegend(tr("Occurrences in the text"), formatCount(counts.back()), formatCount(counts.front()));
  } else if (hasWords && controls_->color() == MapColor::Cluster && clusters_.groups().size() >= shown) {
    plot_->setColors({theme.categories.begin(), theme.categories.end()}, clusters_.groups());
    plot_->setLegend(tr("Cluster (in the full space)"), formatCount(1), formatCount(MapClusters::kClusters));
  } else {
    plot_->setColors({theme.accent}, {});
    plot_->setLegend({}, {}, {});
  }
}

void MapView::updateSelection() {
  const auto shown = static_cast<std::size_t>(motion_.shown().cols());
  const auto onMap = [shown](const std::vector<TokenId>& ids) {
    std::vector<std::size_t> indices;
    for (const TokenId id : ids)
      if (id < shown) indices.push_back(id);
    return indices;
  };
  plot_->setSelected(onMap(session().selection().words()));
  plot_->setMatched(onMap(controls_->search().found()));
  controls_->isolate().setText(isolated_ ? tr("Show all") : tr("Isolate selection"));
  controls_->isolate().setToolTip(isolated_ ? tr("Bring the other words back.")
                                            : tr("Show only the selected words, as large as they fit."));
  controls_->isolate().setEnabled(isolated_ || !plot_->scene().selected.empty());
}

void MapView::setIsolated(bool isolated) {
  if (isolated == isolated_) return;
  isolated_ = isolated;
  std::vector<std::uint8_t> hidden;
  if (isolated) {
    hidden.assign(kMostWords, 1);
    for (const std::size_t index : plot_->scene().selected) hidden[index] = 0;
  }
  plot_->setHidden(std::move(hidden));
  updateSelection();
}

void MapView::showHover(TokenId id) {
  const auto& corpus = session().corpus();
  if (!corpus || id >= static_cast<std::size_t>(motion_.shown().cols()))
    return plot_->setHovered(std::nullopt);
  const Vocabulary& words = corpus->vocabulary();
  QStringList lines{tr("Occurs %1 times").arg(formatCount(words.count(id))),
                    tr("Rank %1 of %2").arg(formatCount(id + 1u), formatCount(words.size()))};
  if (controls_->color() == MapColor::Cluster && id < clusters_.groups().size())
    lines << tr("Cluster %1").arg(clusters_.groups()[id] + 1);
  plot_->setHovered(id, oneLine(toQString(words.word(id)), 40), lines);
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

void MapView::updateHint() {
  controls_->showIteration(iteration_.isPaused(), placed_.converged, session().theme());
  if (motion_.shown().cols() == 0) return hint_->clear();
  if (session().theme().projector) return hint_->setText(tr("Distances on the map are not to be trusted."));
  hint_->setText(method_ ? iterationHint() : pcaHint());
}

QString MapView::pcaHint() const {
  if (placed_.shares.empty()) return {};
  const double second = placed_.shares.size() > 1 ? placed_.shares[1] : 0;
  return tr("A flat shadow: PC 1 shows %1 and PC 2 %2 of the variance, so distances on it are not to "
            "be trusted. Neighbours are found in the full space.")
      .arg(formatPercent(placed_.shares[0]), formatPercent(second));
}

/// "t-SNE, iteration 240 of 1,000, KL divergence 2.31. ..."
QString MapView::iterationHint() const {
  const QString name = coreText(method_->title);
  const QString trust = tr("Distances between groups mean little.");
  if (placed_.method != method_) return tr("%1 is being prepared ...").arg(name) + QLatin1Char(' ') + trust;
  QString text = placed_.converged
                     ? tr("%1, finished after %2 iterations").arg(name, formatCount(placed_.iteration))
                     : tr("%1, iteration %2 of %3")
                           .arg(name, formatCount(placed_.iteration), formatCount(placed_.lastIteration));
  if (placed_.objective)
    text += tr(", %1 %2").arg(coreText(method_->objective), formatValue(*placed_.objective));
  if (iteration_.isPaused()) {
    text += tr(", paused");
  } else if (isTraining()) {
    text += tr("; while training runs it follows now and then");
  }
  return tr("%1. %2", "state of the map; what to think of it").arg(text, trust);
}

QString MapView::textSummary() const {
  const Eigen::Index shown = motion_.shown().cols();
  if (shown == 0) return tr("No map yet");
  QString summary = placed_.method
                        ? tr("Map of %1 words at step %2 by %3, iteration %4")
                              .arg(formatCount(static_cast<std::uint64_t>(shown)), formatCount(placed_.step),
                                   coreText(placed_.method->title), formatCount(placed_.iteration))
                        : tr("Map of %1 words at step %2, showing %3 of the variance")
                              .arg(formatCount(static_cast<std::uint64_t>(shown)), formatCount(placed_.step),
                                   formatPercent(placed_.placed.x.share + placed_.placed.y.share));
  const auto& selected = plot_->scene().selected;
  if (selected.empty()) return summary;
  QStringList words;
  for (std::size_t i = 0; i < std::min<std::size_t>(selected.size(), 5); ++i)
    words << plot_->scene().text(selected[i]);
  return summary +
         tr("; %1 selected: %2").arg(formatCount(selected.size()), words.join(QStringLiteral(", ")));
}

QJsonObject MapView::saveState() const {
  QJsonObject state{{"words", static_cast<int>(wordsWanted())},
                    {"color", controls_->colorName()},
                    {"method", QString::fromStdString(controls_->method())},
                    {"perplexity", controls_->perplexity()},
                    {"labels", labels_}};
  if (!plot_->isFollowing()) {
    const PlaneView& view = plot_->scene().view;
    state["view"] = QJsonArray{view.centerX, view.centerY, view.unitsPerPixel};
  }
  return state;
}

void MapView::restoreState(const QJsonObject& state) {
  setWordsWanted(static_cast<std::size_t>(
      std::max(0, state["words"].toInt(static_cast<int>(MapControls::kUsualWords)))));
  controls_->setColorName(state["color"].toString());
  controls_->setPerplexity(state["perplexity"].toDouble(MapControls::kUsualPerplexity));
  controls_->setMethod(state["method"].toString().toStdString());
  labels_ = state["labels"].toBool(true);
  plot_->setLabelsShown(labels_);
  const QJsonArray view = state["view"].toArray();
  if (view.size() == 3 && view[2].toDouble() > 0)
    plot_->setView(view[0].toDouble(), view[1].toDouble(), view[2].toDouble());
}

std::string MapView::toCsv() const {
  std::string csv = "word,rank,count,x,y,selected\r\n";
  const auto& corpus = session().corpus();
  const Layout& points = motion_.shown();
  if (!corpus) return csv;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    csv += csvField(corpus->vocabulary().word(id)) + ',' + std::to_string(id + 1) + ',' +
           std::to_string(corpus->vocabulary().count(id)) + ',' +
           csvNumber(static_cast<double>(points(0, i))) + ',' + csvNumber(static_cast<double>(points(1, i))) +
           ',' + (session().selection().contains(id) ? '1' : '0') + "\r\n";
  }
  return csv;
}

PlotSource MapView::exportSource() {
  return {tr("map"),
          plot_->size(),
          [this](QPaintDevice& device) { plot_->paintOn(device); },
          [this] { return toCsv(); },
          [this](const Error& error) { session().reportError(error); },
          [this] { return textSummary(); }};
}

void MapView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), plot_, &ScatterPlot::fit);
  QAction* isolate = menu.addAction(isolated_ ? tr("Show all words") : tr("Isolate selection"), this,
                                    [this] { setIsolated(!isolated_); });
  isolate->setEnabled(controls_->isolate().isEnabled());
  QAction* labels = menu.addAction(tr("Show words"), this, [this](bool shown) {
    labels_ = shown;
    plot_->setLabelsShown(shown);
  });
  labels->setCheckable(true);
  labels->setChecked(labels_);
  controls_->fillMethodMenu(*menu.addMenu(tr("Method")));
  controls_->fillColorMenu(*menu.addMenu(tr("Colour")));
  QMenu* words = menu.addMenu(tr("Number of words"));
  for (const std::size_t count : {500u, 1000u, 2000u, 5000u, 10000u, 20000u, 50000u})
    words->addAction(formatCount(count), this, [this, count] { setWordsWanted(count); });
  menu.addSeparator();
  addExportActions(menu, this, [this] { return exportSource(); });
}

}  // namespace lexarium

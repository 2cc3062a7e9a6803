// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_view.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QJsonArray>
#include <QLabel>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/analysis/label_order.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_search.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr std::size_t kFewestWords = 500;
constexpr std::size_t kMostWords = 50000;
constexpr std::size_t kUsualWords = 2000;
constexpr int kWordSteps = 100;  // of the slider
constexpr int kColorBins = 32;
constexpr int kGlideIntervalMs = 16;
constexpr double kLongestSettling = 1.5;  // seconds that the view may go on fitting after the last frame
constexpr double kAtOnce = 10;            // seconds; a step of followedView that goes all the way
// Most words are rare (Zipf 1949): an exponent below 1 gives them more of the scale.
constexpr double kRareSpread = 0.6;
// The part of cividis that stands out from a light and from a dark surface.
constexpr double kLightRange[] = {0.75, 0.0};
constexpr double kDarkRange[] = {0.35, 1.0};

/// The slider is logarithmic: 500 at the left, 50,000 at the right, in two significant digits.
std::size_t wordsAt(int position) {
  const double ratio = static_cast<double>(kMostWords) / kFewestWords;
  const double words = kFewestWords * std::pow(ratio, static_cast<double>(position) / kWordSteps);
  const double unit = std::pow(10, std::floor(std::log10(words * 1.0001)) - 1);
  return static_cast<std::size_t>(std::lround(words / unit) * std::lround(unit));
}

int positionOf(std::size_t words) {
  const double ratio = std::log(static_cast<double>(kMostWords) / kFewestWords);
  const double place = std::log(static_cast<double>(std::max(words, kFewestWords)) / kFewestWords) / ratio;
  return static_cast<int>(std::lround(std::min(1.0, place) * kWordSteps));
}

std::vector<QColor> frequencyPalette(const Theme& theme) {
  const auto& range = theme.dark ? kDarkRange : kLightRange;
  std::vector<QColor> palette;
  for (int bin = 0; bin < kColorBins; ++bin)
    palette.push_back(cividis(range[0] + (range[1] - range[0]) * bin / (kColorBins - 1)));
  return palette;
}

/// The bin of each word by the logarithm of its count, between the rarest and the most frequent one.
std::vector<std::uint8_t> frequencyBins(std::span<const std::uint64_t> counts) {
  std::vector<std::uint8_t> bins;
  if (counts.empty()) return bins;
  const double low = std::log(static_cast<double>(counts.back()) + 1);
  const double span = std::log(static_cast<double>(counts.front()) + 1) - low;
  for (const std::uint64_t count : counts) {
    const double t = span > 0 ? (std::log(static_cast<double>(count) + 1) - low) / span : 1;
    const double spread = std::pow(std::clamp(t, 0.0, 1.0), kRareSpread);
    bins.push_back(static_cast<std::uint8_t>(spread * (kColorBins - 1) + 0.5));
  }
  return bins;
}

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
  layout->addWidget(controls_ = makeControls());
  layout->addWidget(plot_, 1);
  layout->addWidget(hint_);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);

  glideTimer_.setInterval(kGlideIntervalMs);
  glideTimer_.setTimerType(Qt::PreciseTimer);
  connect(&glideTimer_, &QTimer::timeout, this, &MapView::glide);
  connect(&layouter_, &MapLayouter::ready, this, &MapView::placeWords);
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  connectPlot();
  updateEmptyState();
}

QWidget* MapView::makeControls() {
  auto* bar = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(bar);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->setSpacing(2 * Theme::kSpace);

  search_ = new MapSearch(session());
  words_ = new QSlider(Qt::Horizontal);
  words_->setObjectName(QStringLiteral("mapWords"));
  words_->setRange(0, kWordSteps);
  words_->setValue(positionOf(kUsualWords));
  words_->setFixedWidth(90);
  words_->setToolTip(tr("How many words the map shows, the most frequent first."));
  words_->setAccessibleName(tr("Number of words on the map"));
  wordsValue_ = new QLabel;
  wordsValue_->setProperty("role", "numbers");
  colors_ = new QComboBox;
  colors_->setObjectName(QStringLiteral("mapColors"));
  colors_->addItems({tr("Colour: frequency"), tr("Colour: plain")});
  colors_->setToolTip(tr("What the colour of a point says."));
  colors_->setAccessibleName(tr("Colour of the points"));
  isolate_ = new QToolButton;
  isolate_->setObjectName(QStringLiteral("isolate"));
  isolate_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  fit_ = new QToolButton;
  fit_->setObjectName(QStringLiteral("mapFit"));
  fit_->setText(tr("Fit"));
  fit_->setToolTip(tr("Show all points, and follow them (Home, or a double click)."));

  layout->addWidget(search_, 1);
  layout->addStretch(0);
  layout->addWidget(words_);
  layout->addWidget(wordsValue_);
  layout->addWidget(colors_);
  layout->addWidget(isolate_);
  layout->addWidget(fit_);
  connect(words_, &QSlider::valueChanged, this, [this] {
    wordsValue_->setText(tr("%1 words").arg(formatCount(wordsWanted())));
    Q_EMIT needsChanged();
    takeFrame();
  });
  connect(colors_, &QComboBox::currentIndexChanged, this, &MapView::updateColors);
  connect(isolate_, &QToolButton::clicked, this, [this] { setIsolated(!isolated_); });
  connect(fit_, &QToolButton::clicked, plot_, &ScatterPlot::fit);
  wordsValue_->setText(tr("%1 words").arg(formatCount(wordsWanted())));
  return bar;
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
  connect(search_, &MapSearch::foundChanged, this, &MapView::updateSelection);
  connect(search_, &MapSearch::stepped, this, [this, &selection](TokenId id) {
    selection.select(id);
    plot_->reveal(id);
  });
}

std::size_t MapView::wordsWanted() const { return wordsAt(words_->value()); }

void MapView::setWordsWanted(std::size_t count) { words_->setValue(positionOf(count)); }

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
  search_->search();
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
  motion_.clear();
  placed_ = {};
  table_.reset();
  tableWords_ = 0;
  glideTimer_.stop();
  plot_->setPoints(Layout(2, 0), 0);
  updateEmptyState();
}

/// Sends the newest vectors to be laid out, if they or the number of words have changed.
void MapView::takeFrame() {
  if (!isVisible()) return;
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
  table_ = table;
  tableWords_ = words;
  layouter_.follow(std::move(table), words);
}

void MapView::placeWords(const MapLayout& layout) {
  if (!frame().run) return;
  session().clock().addCost(layout.cpuMilliseconds);
  const Eigen::Index before = motion_.shown().cols();
  placed_ = layout;
  motion_.setTarget(layout.placed.layout);
  const auto title = [](const AxisShares& axis) {
    const QString share = formatPercent(axis.share);
    return axis.component > 0 ? tr("PC %1 (%2)").arg(axis.component).arg(share)
                              : tr("PC 1 + PC 2 (%1)").arg(share);
  };
  plot_->setAxisTitles(title(layout.placed.x), title(layout.placed.y));
  if (before != motion_.shown().cols()) {
    updateColors();
    setLabelOrder();
  }
  search_->setWordsOnMap(static_cast<std::size_t>(motion_.shown().cols()));
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

/// Hides the controls of least importance until the others fit; the menu has them all.
void MapView::fitControls() {
  const bool projector = session().theme().projector;
  for (QWidget* widget : std::initializer_list<QWidget*>{words_, wordsValue_, colors_, fit_})
    widget->setVisible(!projector);
  const auto tooWide = [this] { return controls_->layout()->minimumSize().width() > width(); };
  isolate_->setVisible(true);
  for (QWidget* widget : std::initializer_list<QWidget*>{colors_, fit_, isolate_})
    if (tooWide()) widget->setVisible(false);
}

bool MapView::event(QEvent* event) {
  const bool handled = View::event(event);
  if (controls_ && (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange)) fitControls();
  return handled;
}

void MapView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  glideTimer_.stop();
}

void MapView::updateColors() {
  const Theme& theme = session().theme();
  const bool byFrequency = colors_->currentIndex() == 0;
  const auto& corpus = session().corpus();
  const auto shown = static_cast<std::size_t>(motion_.shown().cols());
  if (!byFrequency || !corpus || shown == 0 || corpus->vocabulary().size() < shown) {
    plot_->setColors({theme.accent}, {});
    plot_->setLegend({}, {}, {});
    return;
  }
  const auto counts = corpus->vocabulary().counts().first(shown);
  plot_->setColors(frequencyPalette(theme), frequencyBins(counts));
  plot_->setLegend(tr("Occurrences in the text"), formatCount(counts.back()), formatCount(counts.front()));
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
  plot_->setMatched(onMap(search_->found()));
  isolate_->setText(isolated_ ? tr("Show all") : tr("Isolate selection"));
  isolate_->setToolTip(isolated_ ? tr("Bring the other words back.")
                                 : tr("Show only the selected words, as large as they fit."));
  isolate_->setEnabled(isolated_ || !plot_->scene().selected.empty());
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
  plot_->setHovered(id, oneLine(toQString(words.word(id)), 40),
                    {tr("Occurs %1 times").arg(formatCount(words.count(id))),
                     tr("Rank %1 of %2").arg(formatCount(id + 1u), formatCount(words.size()))});
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
  if (placed_.shares.empty()) return hint_->clear();
  if (session().theme().projector) return hint_->setText(tr("Distances on the map are not to be trusted."));
  const double second = placed_.shares.size() > 1 ? placed_.shares[1] : 0;
  hint_->setText(tr("A flat shadow: PC 1 shows %1 and PC 2 %2 of the variance, so distances on it are not to "
                    "be trusted. Neighbours are found in the full space.")
                     .arg(formatPercent(placed_.shares[0]), formatPercent(second)));
}

QString MapView::textSummary() const {
  const Eigen::Index shown = motion_.shown().cols();
  if (shown == 0) return tr("No map yet");
  QString summary = tr("Map of %1 words at step %2, showing %3 of the variance")
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
  QJsonObject state{
      {"words", static_cast<int>(wordsWanted())}, {"colors", colors_->currentIndex()}, {"labels", labels_}};
  if (!plot_->isFollowing()) {
    const PlaneView& view = plot_->scene().view;
    state["view"] = QJsonArray{view.centerX, view.centerY, view.unitsPerPixel};
  }
  return state;
}

void MapView::restoreState(const QJsonObject& state) {
  setWordsWanted(static_cast<std::size_t>(std::max(0, state["words"].toInt(kUsualWords))));
  colors_->setCurrentIndex(std::clamp(state["colors"].toInt(0), 0, colors_->count() - 1));
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

void MapView::fillColorMenu(QMenu& menu) {
  auto* group = new QActionGroup(&menu);
  for (int i = 0; i < colors_->count(); ++i) {
    QAction* action = menu.addAction(colors_->itemText(i), this, [this, i] { colors_->setCurrentIndex(i); });
    action->setCheckable(true);
    action->setChecked(colors_->currentIndex() == i);
    group->addAction(action);
  }
}

void MapView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), plot_, &ScatterPlot::fit);
  QAction* isolate = menu.addAction(isolated_ ? tr("Show all words") : tr("Isolate selection"), this,
                                    [this] { setIsolated(!isolated_); });
  isolate->setEnabled(isolate_->isEnabled());
  QAction* labels = menu.addAction(tr("Show words"), this, [this](bool shown) {
    labels_ = shown;
    plot_->setLabelsShown(shown);
  });
  labels->setCheckable(true);
  labels->setChecked(labels_);
  fillColorMenu(*menu.addMenu(tr("Colour")));
  QMenu* words = menu.addMenu(tr("Number of words"));
  for (const std::size_t count : {500u, 1000u, 2000u, 5000u, 10000u, 20000u, 50000u})
    words->addAction(formatCount(count), this, [this, count] { setWordsWanted(count); });
  menu.addSeparator();
  addExportActions(menu, this, [this] { return exportSource(); });
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_pair_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/train/fingerprint.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_colors.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

MapPairView::MapPairView(Session& session, QWidget* parent) : View(session, parent), empty_(new EmptyState) {
  setObjectName("mapPairView");
  summary_ = new QLabel;
  summary_->setObjectName("mapPairSummary");
  summary_->setProperty("role", "secondary");
  summary_->setWordWrap(true);
  changed_ = new QToolButton;
  changed_->setObjectName("mapPairChanged");
  changed_->setText(tr("Most changed"));
  changed_->setToolTip(tr("Highlight the %1 words whose nearest neighbours differ most.").arg(kMostChanged));
  changed_->setCheckable(true);
  changed_->setChecked(true);
  connect(changed_, &QToolButton::toggled, this, &MapPairView::updateHighlight);

  auto* page = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(page);
  auto* head = tightLayout<QHBoxLayout>();
  head->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  head->addWidget(summary_, 1);
  head->addWidget(changed_);
  layout->addLayout(head);
  auto* maps = tightLayout<QHBoxLayout>();
  for (const std::size_t side : {0u, 1u}) maps->addWidget(makeSide(side), 1);
  layout->addLayout(maps, 1);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  connect(&session.pair(), &RunPair::changed, this, [this] { markDirty(kRuns); });
}

QWidget* MapPairView::makeSide(std::size_t side) {
  auto* box = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(box);
  titles_[side] = new QLabel;
  titles_[side]->setAlignment(Qt::AlignCenter);
  titles_[side]->setTextFormat(Qt::PlainText);
  plots_[side] = new ScatterPlot;
  plots_[side]->setObjectName(side == 0 ? "firstMap" : "secondMap");
  plots_[side]->setAccessibleName(side == 0 ? tr("Map of the one run") : tr("Map of the other run"));
  layout->addWidget(titles_[side]);
  layout->addWidget(plots_[side], 1);
  connectPlot(*plots_[side]);
  return box;
}

void MapPairView::connectPlot(ScatterPlot& plot) {
  Selection& selection = session().selection();
  const auto idOf = [](std::optional<std::size_t> index) {
    return index ? static_cast<TokenId>(*index) : kNoToken;
  };
  connect(&plot, &ScatterPlot::hovered, this,
          [&selection, idOf](std::optional<std::size_t> index) { selection.hover(idOf(index)); });
  connect(&plot, &ScatterPlot::clicked, this,
          [&selection, idOf](std::optional<std::size_t> index, bool additive) {
            if (index) additive ? selection.toggle(idOf(index)) : selection.select(idOf(index));
          });
  connect(&plot, &ScatterPlot::lassoed, this,
          [&selection](const std::vector<std::size_t>& indices, bool additive) {
            std::vector<TokenId> ids(indices.begin(), indices.end());
            additive ? selection.add(ids) : selection.select(std::move(ids));
          });
  connect(&plot, &ScatterPlot::escapePressed, this, [&selection] { selection.clear(); });
  connect(&plot, &ScatterPlot::viewMoved, this, [this, &plot] { link(plot); });
  connect(&plot, &ScatterPlot::menuRequested, this, [this](const QPoint& place) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(place);
  });
}

/// What one map shows, the other shows too.
void MapPairView::link(ScatterPlot& moved) {
  if (linking_) return;
  linking_ = true;
  if (moved.isFollowing()) {
    fitBoth();
  } else {
    ownView_ = true;
    const PlaneView& view = moved.scene().view;
    (&moved == plots_[0] ? plots_[1] : plots_[0])->setView(view.centerX, view.centerY, view.unitsPerPixel);
  }
  linking_ = false;
}

/// All words of both, at one scale.
void MapPairView::fitBoth() {
  const bool before = std::exchange(linking_, true);
  ownView_ = false;
  for (ScatterPlot* plot : plots_) plot->fit();
  const PlaneView &a = plots_[0]->scene().view, &b = plots_[1]->scene().view;
  const double units = std::max(a.unitsPerPixel, b.unitsPerPixel);
  const double x = (a.centerX + b.centerX) / 2, y = (a.centerY + b.centerY) / 2;
  for (ScatterPlot* plot : plots_) plot->setView(x, y, units);
  linking_ = before;
}

void MapPairView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    for (ScatterPlot* plot : plots_) plot->setTheme(session().theme());
    summary_->setFont(session().theme().small);
    updateColors();
    showFingerprints();
  }
  if (dirty & kCorpus) {
    shown_ = {};
    pair_ = {};
    fingerprints_ = {};
    for (ScatterPlot* plot : plots_) {
      plot->setWords([corpus = session().corpus()](std::size_t id) {
        return corpus && id < corpus->vocabulary().size()
                   ? oneLine(toQString(corpus->vocabulary().word(static_cast<TokenId>(id))), 40)
                   : QString();
      });
    }
    showPair();
  }
  if (dirty & (kCorpus | kRuns)) choosePair();
  if (dirty & (kCorpus | kSelection)) updateHighlight();
}

/// The newest two, until somebody chooses.
void MapPairView::choosePair() {
  const auto& runs = session().runs().runs();
  RunPair& pair = session().pair();
  const auto isThere = [&](int id) {
    return std::any_of(runs.begin(), runs.end(), [id](const auto& run) { return run->id == id; });
  };
  if (runs.size() > 1 && !(isThere(pair.first()) && isThere(pair.second())))
    pair.set(runs[runs.size() - 2]->id, runs.back()->id);
  layOut();
}

const Run* MapPairView::runOf(std::size_t side) const {
  const int id = side == 0 ? session().pair().first() : session().pair().second();
  for (const auto& run : session().runs().runs())
    if (run->id == id) return run.get();
  return nullptr;
}

void MapPairView::layOut() {
  if (!isVisible() || !session().corpus()) return;
  const Run *first = runOf(0), *second = runOf(1);
  const auto tableOf = [](const Run* run) -> std::shared_ptr<const EmbeddingTable> {
    const auto snapshot = run ? run->trainer->snapshot() : nullptr;
    return snapshot ? snapshot->all : nullptr;
  };
  Request request{first ? first->id : 0, second ? second->id : 0, tableOf(first), tableOf(second)};
  if (request == shown_ && request.firstTable && request.secondTable) return updateTexts();
  shown_ = request;
  pair_ = {};
  fingerprints_ = {};
  problem_.clear();
  if (!request.firstTable || !request.secondTable) {
    job_.cancel();
    return showPair();
  }
  job_.run([request, corpus = session().corpus()](
               std::stop_token stop) { return prepare(request, *corpus, std::move(stop)); },
           [this](Expected<Prepared> made) {
             if (made) {
               pair_ = std::move(made->pair);
               fingerprints_ = std::move(made->fingerprints);
             } else if (made.error().kind != Error::Kind::Cancelled) {
               problem_ = QString::fromStdString(made.error().message());
             }
             showPair();
           });
  showPair();
}

/// Both maps, and the fingerprints of what they are of.
Expected<MapPairView::Prepared> MapPairView::prepare(const Request& request, const Corpus& corpus,
                                                     StopToken stop) {
  auto pair = makeMapPair(*request.firstTable, *request.secondTable, corpus, kWords, std::move(stop));
  if (!pair) return tl::unexpected<Error>(pair.error());
  return Prepared{std::move(*pair),
                  {toQString(lexarium::fingerprint(request.firstTable->vectors)),
                   toQString(lexarium::fingerprint(request.secondTable->vectors))}};
}

void MapPairView::showFingerprints() {
  for (const std::size_t side : {0u, 1u})
    plots_[side]->setFingerprint(session().theme().fingerprints ? fingerprints_[side] : QString());
}

void MapPairView::showPair() {
  showFingerprints();
  const Layout* layouts[] = {&pair_.first, &pair_.second};
  {
    const bool before = std::exchange(linking_, true);
    for (const std::size_t side : {0u, 1u}) {
      plots_[side]->setPoints(*layouts[side], 0);
      plots_[side]->setHidden(pair_.hidden);
      plots_[side]->setLabelOrder(pair_.mostChanged);
    }
    linking_ = before;
  }
  fitBoth();
  updateColors();
  updateHighlight();
  updateTexts();
}

void MapPairView::updateTexts() {
  const bool hasTwo = runOf(0) && runOf(1);
  const bool hasTables = shown_.firstTable && shown_.secondTable;
  stack_->setCurrentIndex(hasTwo && hasTables ? 1 : 0);
  empty_->setContent(
      hasTwo ? tr("A run has no vectors yet: pause it, or wait until it is over.")
             : tr("Here the maps of two runs lie beside each other, turned alike. Train twice, with "
                  "other settings or another seed."),
      !hasTwo && session().runs().canTrain() ? tr("Train") : QString());
  for (const std::size_t side : {0u, 1u})
    titles_[side]->setText(runOf(side) ? oneLine(runOf(side)->name, 60) : QString());
  if (job_.isRunning()) return summary_->setText(tr("Laying out both runs ..."));
  summary_->setText(!problem_.isEmpty()
                        ? problem_
                        : tr("The second map is turned to lie on the first as closely as it can. Distances "
                             "on maps are not to be "
                             "trusted; the colour compares the %1 nearest neighbours in the full space.")
                              .arg(pair_.neighbours));
}

void MapPairView::updateColors() {
  const std::vector<QColor> palette = scalePalette(session().theme());
  std::vector<std::uint8_t> colors(pair_.common.size());
  const std::size_t most = std::max<std::size_t>(1, pair_.neighbours);
  for (std::size_t i = 0; i < colors.size(); ++i)
    colors[i] =
        static_cast<std::uint8_t>(std::min<std::size_t>(pair_.common[i], most) * (kScaleBins - 1) / most);
  for (ScatterPlot* plot : plots_) plot->setColors(palette, colors);
  plots_[1]->setLegend(pair_.neighbours > 0 ? tr("Neighbours in common") : QString(), formatCount(0),
                       formatCount(pair_.neighbours));
}

void MapPairView::updateHighlight() {
  const std::size_t count = plots_[0]->scene().count();
  std::vector<std::size_t> selected, matched;
  for (const TokenId id : session().selection().words())
    if (id < count) selected.push_back(id);
  if (changed_->isChecked())
    for (std::size_t i = 0; i < std::min(kMostChanged, pair_.mostChanged.size()); ++i)
      matched.push_back(pair_.mostChanged[i]);
  for (ScatterPlot* plot : plots_) {
    plot->setSelected(selected);
    plot->setMatched(matched);
  }
}

void MapPairView::showHover(TokenId id) {
  const auto& corpus = session().corpus();
  for (ScatterPlot* plot : plots_) {
    if (!corpus || id >= pair_.common.size()) {
      plot->setHovered(std::nullopt);
    } else {
      plot->setHovered(id, oneLine(toQString(corpus->vocabulary().word(id)), 40),
                       {tr("%1 of %2 neighbours in common").arg(pair_.common[id]).arg(pair_.neighbours)});
    }
  }
}

/// The maps have their new sizes a little later.
void MapPairView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  QTimer::singleShot(0, this, [this] {
    if (!ownView_) fitBoth();
  });
}

void MapPairView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  if (!job_.isRunning()) return;
  job_.cancel();
  shown_ = {};
}

QJsonObject MapPairView::saveState() const { return {{"changed", changed_->isChecked()}}; }

void MapPairView::restoreState(const QJsonObject& state) {
  changed_->setChecked(state["changed"].toBool(true));
}

std::string MapPairView::toCsv() const {
  std::string csv = "word,first_x,first_y,second_x,second_y,neighbours_in_common\r\n";
  const auto& corpus = session().corpus();
  for (Eigen::Index i = 0; corpus && i < pair_.first.cols(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    if (pair_.hidden[index] != 0) continue;
    csv += csvField(corpus->vocabulary().word(static_cast<TokenId>(i)));
    for (const float value : {pair_.first(0, i), pair_.first(1, i), pair_.second(0, i), pair_.second(1, i)})
      csv += ',' + csvNumber(static_cast<double>(value));
    csv += ',' + std::to_string(pair_.common[index]) + "\r\n";
  }
  return csv;
}

PlotSource MapPairView::exportSource() {
  const int width = plots_[0]->width();
  return {tr("two-maps"),
          {width + plots_[1]->width(), plots_[0]->height()},
          [this, width](QPaintDevice& device) {
            QPainter painter(&device);
            plots_[0]->paintWith(painter);
            painter.translate(width, 0);
            plots_[1]->paintWith(painter);
          },
          [this] { return toCsv(); },
          [this](const Error& error) { session().reportError(error); },
          [this] { return textSummary(); }};
}

void MapPairView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), this, &MapPairView::fitBoth);
  QAction* changed = menu.addAction(changed_->text(), changed_, &QToolButton::setChecked);
  changed->setCheckable(true);
  changed->setChecked(changed_->isChecked());
  menu.addSeparator();
  addExportActions(menu, this, [this] { return exportSource(); });
}

std::vector<PlotSource> MapPairView::pictures() {
  if (!isVisible() || stack_->currentIndex() == 0 || pair_.first.cols() == 0) return {};
  return {exportSource()};
}

QString MapPairView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  QStringList words;
  for (std::size_t i = 0; i < std::min<std::size_t>(5, pair_.mostChanged.size()); ++i)
    words << plots_[0]->scene().text(pair_.mostChanged[i]);
  return tr("Maps of %1 and %2; most changed: %3")
      .arg(titles_[0]->text(), titles_[1]->text(), words.join(QStringLiteral(", ")));
}

}  // namespace lexarium

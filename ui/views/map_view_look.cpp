// SPDX-License-Identifier: GPL-3.0-or-later
// What the map's points look like, and what it says in words.
#include <QJsonArray>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_search.h"
#include "ui/views/map_view.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr std::size_t kMostTrails = 20;  // more would be a tangle

/// A number that is read while it changes all the time.
std::uint64_t inOneDigit(std::uint64_t number) {
  std::uint64_t unit = 1;
  while (number / unit >= 10) unit *= 10;
  return (number + unit / 2) / unit * unit;
}

}  // namespace

std::pair<QString, QString> MapView::axisTitlesOf(const MapLayout& layout) {
  if (layout.method) {
    const QString name = coreText(layout.method->title);
    return {name + QStringLiteral(" 1"), name + QStringLiteral(" 2")};
  }
  const auto title = [](const AxisShares& axis) {
    const QString share = formatPercent(axis.share);
    return axis.component > 0 ? tr("PC %1 (%2)").arg(axis.component).arg(share)
                              : tr("PC 1 + PC 2 (%1)").arg(share);
  };
  return {title(layout.placed.x), title(layout.placed.y)};
}

void MapView::setAxisTitles() {
  const auto titles = axisTitlesOf(placed_);
  plot_->setAxisTitles(titles.first, titles.second);
}

/// Starts or stops what the colours need.
void MapView::followColors() {
  movement_.setShown(controls_->color() == MapColor::Movement && isVisible());
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
    plot_->setColors(scalePalette(theme), frequencyBins(counts));
    if (corpus->hasText()) {
      plot_->setLegend(tr("Occurrences in the text"), formatCount(counts.back()),
                       formatCount(counts.front()));
    } else {
      plot_->setLegend(tr("Place in the file"), formatCount(shown), formatCount(1));
    }
  } else if (hasWords && controls_->color() == MapColor::Cluster && clusters_.groups().size() >= shown) {
    plot_->setColors({theme.categories.begin(), theme.categories.end()}, clusters_.groups());
    plot_->setLegend(tr("Cluster (in the full space)"), formatCount(1), formatCount(MapClusters::kClusters));
  } else if (hasWords && controls_->color() == MapColor::Movement) {
    colorByMovement();
  } else {
    plot_->setColors({theme.accent}, {});
    plot_->setLegend({}, {}, {});
  }
}

void MapView::colorByMovement() {
  const ColorRange& range = movement_.range();
  plot_->setColors(scalePalette(session().theme()), range.binsOf(movement_.turns(), kScaleBins));
  if (range.isEmpty())
    return plot_->setLegend(movement_.turns().empty() ? tr("No movement yet: train on") : tr("Nothing moves"),
                            {}, {});
  const auto degrees = [](double value) { return tr("%1°").arg(formatValue(value, 2)); };
  const QString title = isTraining()
                            ? tr("Turned in about %1 steps").arg(formatCount(inOneDigit(movement_.steps())))
                            : tr("Turned in the last %1 steps").arg(formatCount(movement_.steps()));
  plot_->setLegend(title, degrees(range.low), degrees(range.high));
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
  followTrails();
  updateTrails();
  controls_->isolate().setText(isolated_ ? tr("Show all") : tr("Isolate selection"));
  controls_->isolate().setToolTip(isolated_ ? tr("Bring the other words back.")
                                            : tr("Show only the selected words, as large as they fit."));
  controls_->isolate().setEnabled(isolated_ || !plot_->scene().selected.empty());
}

/// Somebody looks at the way of a word, or may at any moment.
bool MapView::showsTrails() const { return controls_->trails().isChecked() && isVisible(); }

/// Has past moments laid out as long as trails need them; what was recorded is there already.
void MapView::followTrails() {
  const bool needed =
      session().selection().primary() != kNoToken || session().selection().hovered() != kNoToken;
  if (!showsTrails() || !needed || method_ || !frame().run || !table_) return;
  trails_.follow(frame().run->trainer->history(), tableWords_, isTraining());
}

std::vector<Trail> MapView::trailsOf(const std::vector<std::size_t>& points) const {
  if (!showsTrails()) return {};
  return trailsThrough(trails_.moments(), points, placed_.placed.layout, placed_.step);
}

void MapView::updateTrails() {
  const auto& selected = plot_->scene().selected;
  const std::size_t left = selected.size() - std::min(selected.size(), kMostTrails);
  plot_->setTrails(trailsOf({selected.begin() + static_cast<std::ptrdiff_t>(left), selected.end()}));
  updateHoverTrail();
}

void MapView::updateHoverTrail() {
  const TokenId id = session().selection().hovered();
  const auto& selected = plot_->scene().selected;
  const bool drawn = std::find(selected.begin(), selected.end(), id) != selected.end();
  std::vector<Trail> trails;
  if (id != kNoToken && !drawn && id < static_cast<std::size_t>(motion_.shown().cols()))
    trails = trailsOf({id});
  plot_->setHoverTrail(trails.empty() ? std::nullopt : std::optional(std::move(trails.front())));
}

void MapView::setIsolated(bool isolated) {
  if (isolated == isolated_) return;
  isolated_ = isolated;
  updateHidden();
  updateSelection();
}

/// While a selection is isolated all other words are hidden; words that a file has no vector for always are.
void MapView::updateHidden() {
  const bool gaps = table_ && session().runs().isFromFile() && session().runs().canTrain();
  std::vector<std::uint8_t> hidden;
  if (isolated_ || gaps) hidden.assign(MapControls::kMostWords, isolated_ ? 1 : 0);
  if (isolated_)
    for (const std::size_t index : plot_->scene().selected) hidden[index] = 0;
  for (std::size_t i = 0; gaps && i < tableWords_; ++i)
    if (!hasVector(*table_, static_cast<TokenId>(i))) hidden[i] = 1;
  plot_->setHidden(std::move(hidden));
}

void MapView::showHover(TokenId id) {
  const auto& corpus = session().corpus();
  if (!corpus || id >= static_cast<std::size_t>(motion_.shown().cols()))
    return plot_->setHovered(std::nullopt);
  const Vocabulary& words = corpus->vocabulary();
  QStringList lines{occurrenceText(*corpus, id),
                    tr("Rank %1 of %2").arg(formatCount(id + 1u), formatCount(words.size()))};
  if (controls_->color() == MapColor::Cluster && id < clusters_.groups().size())
    lines << tr("Cluster %1").arg(clusters_.groups()[id] + 1);
  if (controls_->color() == MapColor::Movement && id < movement_.turns().size())
    lines << tr("Turned by %1° in the last %2 steps")
                 .arg(formatValue(static_cast<double>(movement_.turns()[id]), 2),
                      formatCount(movement_.steps()));
  plot_->setHovered(id, oneLine(toQString(words.word(id)), 40), lines);
  followTrails();
  updateHoverTrail();
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
                    {"trails", controls_->trails().isChecked()},
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
  controls_->trails().setChecked(state["trails"].toBool(true));
  labels_ = state["labels"].toBool(true);
  plot_->setLabelsShown(labels_);
  const QJsonArray view = state["view"].toArray();
  if (view.size() == 3 && view[2].toDouble() > 0)
    plot_->setView(view[0].toDouble(), view[1].toDouble(), view[2].toDouble());
}

}  // namespace lexarium

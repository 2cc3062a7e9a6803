// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_controls.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "core/projection/projection.h"
#include "ui/views/map_iteration.h"
#include "ui/views/map_search.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr std::size_t kFewestWords = 500;
constexpr int kSliderSteps = 100;
constexpr double kLeastPerplexity = 2, kMostPerplexity = 100;

/// Sliders are logarithmic: `low` at the left, `high` at the right.
double valueAt(int position, double low, double high) {
  return low * std::pow(high / low, static_cast<double>(position) / kSliderSteps);
}

int positionOf(double value, double low, double high) {
  const double place = std::log(std::clamp(value, low, high) / low) / std::log(high / low);
  return static_cast<int>(std::lround(place * kSliderSteps));
}

}  // namespace

MapControls::MapControls(Session& session, QWidget* parent) : QWidget(parent) {
  auto* layout = tightLayout<QHBoxLayout>(this);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->setSpacing(2 * Theme::kSpace);
  search_ = new MapSearch(session);
  makeMethod();
  makePerplexity();
  makeWords();
  makeColors();
  makeButtons();

  layout->addWidget(search_, 1);
  layout->addStretch(0);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{method_, pause_, perplexity_, perplexityValue_, words_, wordsValue_,
                                       colors_, trails_, isolate_, fit_})
    layout->addWidget(widget);
}

void MapControls::makeMethod() {
  method_ = new QComboBox;
  method_->setObjectName(QStringLiteral("mapMethod"));
  method_->setAccessibleName(tr("Method of the map"));
  for (const ProjectionInfo& info : projections()) {
    method_->addItem(coreText(info.title), QString::fromStdString(info.id));
    QString help = coreText(info.summary);
    if (!info.objective.empty())
      help += QLatin1Char(' ') +
              tr("It begins with the map that is shown, and with seed %1.").arg(MapIteration::kSeed);
    method_->setItemData(method_->count() - 1, help, Qt::ToolTipRole);
  }
  pause_ = new QToolButton;
  pause_->setObjectName(QStringLiteral("mapPause"));
  const auto explain = [this] { method_->setToolTip(method_->currentData(Qt::ToolTipRole).toString()); };
  explain();
  connect(method_, &QComboBox::currentIndexChanged, this, [this, explain] {
    explain();
    Q_EMIT methodChanged();
  });
  connect(pause_, &QToolButton::clicked, this, &MapControls::pauseClicked);
}

void MapControls::makePerplexity() {
  perplexity_ = new QSlider(Qt::Horizontal);
  perplexity_->setObjectName(QStringLiteral("mapPerplexity"));
  perplexity_->setRange(0, kSliderSteps);
  perplexity_->setFixedWidth(60);
  perplexity_->setToolTip(
      tr("Perplexity: about how many neighbours each word tries to keep near it; at most a third of the "
         "words."));
  perplexity_->setAccessibleName(tr("Perplexity"));
  perplexityValue_ = new QLabel;
  perplexityValue_->setProperty("role", "numbers");
  perplexityValue_->setToolTip(perplexity_->toolTip());
  connect(perplexity_, &QSlider::valueChanged, this, [this] {
    perplexityValue_->setText(formatValue(perplexity(), 2));
    Q_EMIT perplexityChanged();
  });
  setPerplexity(kUsualPerplexity);
}

void MapControls::makeWords() {
  words_ = new QSlider(Qt::Horizontal);
  words_->setObjectName(QStringLiteral("mapWords"));
  words_->setRange(0, kSliderSteps);
  words_->setFixedWidth(70);
  words_->setToolTip(tr("How many words the map shows, the most frequent first."));
  words_->setAccessibleName(tr("Number of words on the map"));
  wordsValue_ = new QLabel;
  wordsValue_->setProperty("role", "numbers");
  connect(words_, &QSlider::valueChanged, this, [this] {
    wordsValue_->setText(tr("%1 words").arg(formatCount(wordsWanted())));
    Q_EMIT wordsChanged();
  });
  setWordsWanted(kUsualWords);
}

void MapControls::makeColors() {
  colors_ = new QComboBox;
  colors_->setObjectName(QStringLiteral("mapColors"));
  // In the order of MapColor.
  colors_->addItem(tr("Colour: frequency"), QStringLiteral("frequency"));
  colors_->addItem(tr("Colour: cluster"), QStringLiteral("cluster"));
  colors_->addItem(tr("Colour: movement"), QStringLiteral("movement"));
  colors_->addItem(tr("Colour: plain"), QStringLiteral("plain"));
  colors_->setItemData(1,
                       tr("Groups of words with vectors of similar direction (k-means in the full space)."),
                       Qt::ToolTipRole);
  colors_->setItemData(2,
                       tr("How far each word has moved in the last steps (about a second of training): the "
                          "angle by which its vector has turned, in the full space."),
                       Qt::ToolTipRole);
  colors_->setToolTip(tr("What the colour of a point says."));
  colors_->setAccessibleName(tr("Colour of the points"));
  connect(colors_, &QComboBox::currentIndexChanged, this, &MapControls::colorChanged);
}

void MapControls::makeButtons() {
  trails_ = new QToolButton;
  trails_->setObjectName(QStringLiteral("mapTrails"));
  trails_->setText(tr("Trails"));
  trails_->setCheckable(true);
  trails_->setChecked(true);
  trails_->setToolTip(
      tr("Show the way that the selected words, and the one under the pointer, have come on the "
         "map since the beginning of the run."));
  isolate_ = new QToolButton;
  isolate_->setObjectName(QStringLiteral("isolate"));
  isolate_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  fit_ = new QToolButton;
  fit_->setObjectName(QStringLiteral("mapFit"));
  fit_->setText(tr("Fit"));
  fit_->setToolTip(tr("Show all points, and follow them (Home, or a double click)."));
}

/// In two significant digits.
std::size_t MapControls::wordsWanted() const {
  const double words = valueAt(words_->value(), kFewestWords, kMostWords);
  const double unit = std::pow(10, std::floor(std::log10(words * 1.0001)) - 1);
  return static_cast<std::size_t>(std::lround(words / unit) * std::lround(unit));
}

void MapControls::setWordsWanted(std::size_t count) {
  words_->setValue(positionOf(static_cast<double>(count), kFewestWords, kMostWords));
  wordsValue_->setText(tr("%1 words").arg(formatCount(wordsWanted())));
}

std::string MapControls::method() const { return method_->currentData().toString().toStdString(); }

void MapControls::setMethod(const std::string& id) {
  method_->setCurrentIndex(std::max(0, method_->findData(QString::fromStdString(id))));
}

double MapControls::perplexity() const {
  return std::round(valueAt(perplexity_->value(), kLeastPerplexity, kMostPerplexity));
}

void MapControls::setPerplexity(double perplexity) {
  perplexity_->setValue(positionOf(perplexity, kLeastPerplexity, kMostPerplexity));
  perplexityValue_->setText(formatValue(this->perplexity(), 2));
}

MapColor MapControls::color() const { return static_cast<MapColor>(colors_->currentIndex()); }

void MapControls::setColor(MapColor color) { colors_->setCurrentIndex(static_cast<int>(color)); }

QString MapControls::colorName() const { return colors_->currentData().toString(); }

void MapControls::setColorName(const QString& name) {
  colors_->setCurrentIndex(std::max(0, colors_->findData(name)));
}

void MapControls::showIteration(bool paused, bool converged, const Theme& theme) {
  pause_->setIcon(themedIcon(paused ? QStringLiteral("play") : QStringLiteral("pause"), theme));
  const QString text = paused ? tr("Go on with the map") : tr("Pause the map");
  pause_->setToolTip(converged && !paused ? tr("The map is finished.") : text);
  pause_->setAccessibleName(text);
  pause_->setEnabled(paused || !converged);
}

/// Hides the controls of least importance until the others fit.
void MapControls::arrange(const Theme& theme, int width) {
  const bool iterates = method_->currentIndex() > 0;
  const bool tsne = method() == "tsne";
  for (QWidget* widget :
       std::initializer_list<QWidget*>{words_, wordsValue_, colors_, trails_, fit_, method_})
    widget->setVisible(!theme.projector);
  pause_->setVisible(iterates && !theme.projector);
  perplexity_->setVisible(tsne && !theme.projector);
  perplexityValue_->setVisible(tsne && !theme.projector);
  isolate_->setVisible(true);
  const auto tooWide = [this, width] {
    layout()->invalidate();
    return layout()->minimumSize().width() > width;
  };
  for (QWidget* widget : std::initializer_list<QWidget*>{fit_, colors_, perplexityValue_, trails_,
                                                         perplexity_, isolate_, wordsValue_, words_})
    if (tooWide()) widget->setVisible(false);
}

QSize MapControls::minimumSizeHint() const {
  const int width = search_->minimumSizeHint().width() + method_->minimumSizeHint().width();
  return {width + 6 * Theme::kSpace, QWidget::minimumSizeHint().height()};
}

void MapControls::fillFromCombo(QMenu& menu, QComboBox& combo) {
  auto* group = new QActionGroup(&menu);
  for (int i = 0; i < combo.count(); ++i) {
    QAction* action = menu.addAction(combo.itemText(i), this, [&combo, i] { combo.setCurrentIndex(i); });
    action->setToolTip(combo.itemData(i, Qt::ToolTipRole).toString());
    action->setCheckable(true);
    action->setChecked(combo.currentIndex() == i);
    group->addAction(action);
  }
}

void MapControls::fillMethodMenu(QMenu& menu) {
  fillFromCombo(menu, *method_);
  menu.setToolTipsVisible(true);
  if (method() != "tsne") return;
  menu.addSeparator();
  for (const double value : {5.0, 15.0, 30.0, 50.0, 100.0})
    menu.addAction(tr("Perplexity %1").arg(formatValue(value)), this,
                   [this, value] { setPerplexity(value); });
}

void MapControls::fillColorMenu(QMenu& menu) {
  fillFromCombo(menu, *colors_);
  menu.setToolTipsVisible(true);
}

}  // namespace lexarium

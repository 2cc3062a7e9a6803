// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/loss_view.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

#include "ui/plot/curve_plot.h"
#include "ui/session/language_run.h"
#include "ui/session/moment_mark.h"
#include "ui/views/loss_advice.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/run_menu.h"

namespace lexarium {

namespace {

constexpr int kSmoothingSteps = 100;  // slider units for 1.0
constexpr int kSmoothingDefault = 60;
constexpr int kSmoothingMaximum = 99;
constexpr int kShortestIntervalMs = 200, kLongestIntervalMs = 500;
// A change of the smoothed loss smaller than this share of it is "steady".
constexpr double kSteady = 0.01;

QJsonValue toJson(const AxisMap& axis, bool follows) {
  return follows ? QJsonValue() : QJsonValue(QJsonArray{axis.lower, axis.upper});
}

std::optional<AxisMap> axisFrom(const QJsonValue& value, bool logarithmic) {
  const QJsonArray range = value.toArray();
  if (range.size() != 2) return std::nullopt;
  AxisMap axis{range[0].toDouble(), range[1].toDouble(), 1, logarithmic};
  if (!(axis.upper > axis.lower) || (logarithmic && axis.lower <= 0)) return std::nullopt;
  return axis;
}

}  // namespace

LossView::LossView(Session& session, QWidget* parent) : View(session, parent) {
  plot_ = new CurvePlot;
  plot_->setObjectName(QStringLiteral("lossPlot"));
  plot_->setAccessibleName(tr("Loss curves"));
  plot_->setTooltip([this](const CurvePoint& point) { return tooltipLines(point); });
  info_ = new QLabel;
  info_->setObjectName(QStringLiteral("lossInfo"));
  info_->setProperty("role", "secondary");
  info_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  info_->setWordWrap(true);
  info_->hide();
  empty_ = new EmptyState;

  auto* page = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(page);
  layout->addWidget(controls_ = makeControls());
  layout->addWidget(plot_, 1);
  layout->addWidget(advice_ = new LossAdvice(session));
  layout->addWidget(info_);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);

  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  connect(plot_, &CurvePlot::clicked, this, &LossView::showPoint);
  connect(&MomentMark::of(session), &MomentMark::changed, this, [this] {
    placeMarks();
    plot_->updateData();
  });
  connect(plot_, &CurvePlot::menuRequested, this, [this](const QPoint& place) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(place);
  });
  applyAxes();
}

QWidget* LossView::makeControls() {
  auto* bar = new FlowBar(Theme::kSpace);
  FlowLayout* layout = bar->flow();
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);

  auto* label = new QLabel(tr("&Smoothing"));
  smoothing_ = new QSlider(Qt::Horizontal);
  smoothing_->setObjectName(QStringLiteral("smoothing"));
  smoothing_->setRange(0, kSmoothingMaximum);
  smoothing_->setValue(kSmoothingDefault);
  smoothing_->setFixedWidth(60);
  smoothing_->setToolTip(tr("How much of the average before stays in the bold line; 0 is off."));
  smoothing_->setAccessibleName(tr("Smoothing"));
  label->setBuddy(smoothing_);
  smoothingValue_ = new QLabel;
  smoothingValue_->setProperty("role", "numbers");
  xKind_ = new QComboBox;
  xKind_->setObjectName(QStringLiteral("lossAxis"));
  xKind_->addItems({tr("Steps"), tr("Epochs"), tr("Time")});
  xKind_->setToolTip(tr("What the horizontal axis counts."));
  xKind_->setAccessibleName(tr("Horizontal axis"));
  logX_ = new QCheckBox(tr("Log x"));
  logX_->setObjectName(QStringLiteral("logX"));
  logX_->setToolTip(tr("Logarithmic horizontal axis: the first steps get as much room as the later ones."));
  logY_ = new QCheckBox(tr("Log y"));
  logY_->setObjectName(QStringLiteral("logY"));
  logY_->setToolTip(tr("Logarithmic vertical axis: equal ratios of the loss look equal."));

  value_ = new QComboBox;
  value_->setObjectName(QStringLiteral("lossValue"));
  value_->setAccessibleName(tr("Vertical axis"));
  for (const LossKind kind :
       {LossKind::Loss, LossKind::LearningRate, LossKind::Perplexity, LossKind::BitsPerCharacter,
        LossKind::GradientNorm, LossKind::Accuracy, LossKind::Exact, LossKind::Bleu, LossKind::MacroF1}) {
    value_->addItem(LossValues::title(kind), static_cast<int>(kind));
    value_->setItemData(value_->count() - 1, LossValues::help(kind), Qt::ToolTipRole);
  }
  value_->hide();  // until there is a language model
  connect(value_, &QComboBox::currentIndexChanged, this, &LossView::applyKind);

  layout->addWidget(value_);
  layout->addWidget(label);
  layout->addWidget(smoothing_);
  layout->addWidget(smoothingValue_);
  layout->addWidget(xKind_);
  layout->addWidget(logX_);
  layout->addWidget(logY_);
  connect(smoothing_, &QSlider::valueChanged, this, [this] { applySmoothing(); });
  connect(xKind_, &QComboBox::currentIndexChanged, this, [this] { applyAxes(); });
  connect(logX_, &QCheckBox::toggled, this, [this] { applyAxes(); });
  connect(logY_, &QCheckBox::toggled, this, [this] { applyAxes(); });
  smoothingValue_->setText(QLocale().toString(smoothing(), 'f', 2));
  return bar;
}

double LossView::smoothing() const { return static_cast<double>(smoothing_->value()) / kSmoothingSteps; }

void LossView::applySmoothing() {
  smoothingValue_->setText(QLocale().toString(smoothing(), 'f', 2));
  for (auto& [id, curve] : curves_) curve.series.setSmoothing(smoothing());
  plot_->updateData();
}

void LossView::applyAxes() {
  static const QStringList kTitles{tr("Step"), tr("Epoch"), tr("Training time (s)")};
  const int kind = std::max(0, xKind_->currentIndex());
  plot_->setXKind(static_cast<CurveX>(kind));
  plot_->setLogarithmic(logX_->isChecked(), logY_->isChecked());
  LossValues::Per per = LossValues::Per::Pair;
  for (const auto& run : session().runs().runs()) {
    if (!run->visible || !isModelRun(run.get())) continue;
    const ModelInfo* model = findModel(run->trainer->config().modelId);
    const bool byExample =
        model && (model->kind == ModelInfo::Kind::Labels || model->kind == ModelInfo::Kind::Stories);
    per = byExample ? LossValues::Per::Example : LossValues::Per::Token;
  }
  plot_->setAxisTitles(kTitles.value(kind), LossValues::axisTitle(this->kind(), per));
}

LossKind LossView::kind() const { return static_cast<LossKind>(value_->currentData().toInt()); }

/// The same logs, read anew as other values.
void LossView::applyKind() {
  for (auto& [id, curve] : curves_) {
    curve = {};
    curve.series.setSmoothing(smoothing());
  }
  applyAxes();
  updateCurves();
  readCharacters();
  readLogs();
  plot_->fit();
  plot_->updateData();
  Q_EMIT needsChanged();
}

/// Bits per character need to know how long a token is, which the model knows.
Probe LossView::needs() const {
  Probe probe;
  probe.model = kind() == LossKind::BitsPerCharacter;
  return probe;
}

void LossView::readCharacters() {
  if (kind() != LossKind::BitsPerCharacter) return;
  for (auto& [id, curve] : curves_) {
    const Run* run = runOf(id);
    const auto snapshot = run ? run->trainer->snapshot() : nullptr;
    const auto model = snapshot ? snapshot->languageModel() : nullptr;
    if (!model) continue;
    const double characters = model->facts().charactersPerToken;
    if (characters == curve.charactersPerToken || !(characters > 0)) continue;
    curve = {};  // what was read so far was divided by another number
    curve.charactersPerToken = characters;
    curve.series.setSmoothing(smoothing());
  }
}

void LossView::refresh(unsigned dirty) {
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    controls_->setVisible(!session().theme().projector);  // the menu has them all
  }
  if (dirty & kCorpus) {
    plot_->setCurves({});
    curves_.clear();
    info_->hide();
  }
  if (dirty & (kCorpus | kRuns)) {
    updateCurves();
    applyAxes();
  }
  if (dirty & (kCorpus | kRuns | kFrame)) {
    readCharacters();
    if (readLogs()) plot_->updateData();
    updateAdvice();
    updateEmptyState();
    // The moment that is looked back at.
    const bool past = frame().run && !frame().live && frame().snapshot;
    plot_->setMarkedStep(past ? frame().run->id : 0, past ? frame().snapshot->step : 0);
  }
}

/// A curve of so many seconds moves by a pixel in that time over its width: no need to draw it sooner.
int LossView::frameIntervalMs() const {
  const double pixel = 1000 * frame().status.seconds / std::max(1.0, plot_->plotArea().width());
  return std::clamp(static_cast<int>(pixel), kShortestIntervalMs, kLongestIntervalMs);
}

void LossView::updateCurves() {
  std::vector<Curve> shown;
  bool language = false;
  std::erase_if(curves_, [this](const auto& entry) { return runOf(entry.first) == nullptr; });
  for (const auto& run : session().runs().runs()) {
    const auto [entry, isNew] = curves_.try_emplace(run->id);
    if (isNew) entry->second.series.setSmoothing(smoothing());
    if (run->visible)
      shown.push_back({run->id, run->name, run->color, &entry->second.series, &entry->second.shownFlags,
                       false, run->parent, run->parentStep});
    if (!isModelRun(run.get())) continue;
    language = true;
    entry->second.validation.setSmoothing(0);
    // Its id is the run's, negative; the name stands at the run's own curve.
    if (run->visible)
      shown.push_back({-run->id, QString(), run->color, &entry->second.validation, nullptr, true});
  }
  plot_->setCurves(std::move(shown));
  value_->setVisible(language);
  if (!language && kind() != LossKind::Loss) value_->setCurrentIndex(0);
}

void LossView::updateAdvice() {
  const Run* run = session().runs().current();  // the frame's may be gone
  const auto found = run ? curves_.find(run->id) : curves_.end();
  advice_->update(run, found == curves_.end() ? 0 : found->second.measured);
}

bool LossView::readLogs() {
  bool grown = false;
  for (auto& [id, curve] : curves_) {
    const Run* run = runOf(id);
    if (!run || !run->trainer) continue;
    newPoints_.clear();
    curve.pointCursor = run->trainer->metrics().read(curve.pointCursor, newPoints_);
    const std::size_t flags = curve.flags.size();
    curve.flagCursor = run->trainer->metrics().readFlags(curve.flagCursor, curve.flags);
    curve.measured += static_cast<std::size_t>(
        std::count_if(newPoints_.begin(), newPoints_.end(),
                      [](const MetricPoint& point) { return point.hasValidation(); }));
    curve.series.append(valuesOf(kind(), newPoints_, curve.charactersPerToken, false));
    if (isModelRun(run))
      curve.validation.append(valuesOf(kind(), newPoints_, curve.charactersPerToken, true));
    grown = grown || !newPoints_.empty() || curve.flags.size() != flags;
  }
  placeMarks();
  return grown;
}

/// The log's flags, and the moment that another view marked.
void LossView::placeMarks() {
  const auto& mark = MomentMark::of(session()).moment();
  for (auto& [id, curve] : curves_) {
    curve.shownFlags = curve.flags;
    if (mark && mark->run == id) curve.shownFlags.push_back({mark->step, mark->text.toStdString()});
  }
}

void LossView::updateEmptyState() {
  const bool hasCurve = std::any_of(curves_.begin(), curves_.end(),
                                    [](const auto& entry) { return entry.second.series.size() > 0; });
  stack_->setCurrentIndex(hasCurve ? 1 : 0);
  if (hasCurve) return;
  if (!session().corpus()) {
    empty_->setContent(
        tr("How well the model predicts words, step by step, once a text is open and training."));
  } else if (!session().corpus()->hasText()) {
    empty_->setContent(tr("What came from a file has no loss to see."));
  } else if (session().runs().isActive()) {
    empty_->setContent(tr("The first loss comes as soon as the text is prepared."));
  } else {
    empty_->setContent(tr("How well the model predicts words, step by step: the lower, the better."),
                       tr("Train"));
  }
}

const Run* LossView::runOf(int id) const {
  for (const auto& run : session().runs().runs())
    if (run->id == id) return run.get();
  return nullptr;
}

/// Null if there is no such point any more.
const CurveSeries* LossView::seriesOf(const CurvePoint& point) const {
  const auto found = curves_.find(std::abs(point.curve));
  if (found == curves_.end()) return nullptr;
  const CurveSeries& series = point.curve < 0 ? found->second.validation : found->second.series;
  return point.index < series.size() ? &series : nullptr;
}

QStringList LossView::tooltipLines(const CurvePoint& point) const {
  const CurveSeries* shown = seriesOf(point);
  if (!shown) return {};
  const CurveSeries& series = *shown;
  const MetricPoint& metric = series[point.index];
  if (kind() != LossKind::Loss || point.curve < 0)
    return {point.curve < 0 ? tr("On text held back") : tr("On what it learns from"),
            tr("Step %1, epoch %2").arg(formatCount(metric.step), formatValue(metric.epoch)),
            tr("%1 %2").arg(LossValues::title(kind()), formatValue(metric.loss))};
  return {tr("Step %1, epoch %2").arg(formatCount(metric.step), formatValue(metric.epoch)),
          tr("Loss %1, smoothed %2").arg(formatValue(metric.loss), formatValue(series.smoothed(point.index))),
          tr("Learning rate %1").arg(formatValue(metric.learningRate))};
}

void LossView::showPoint(const CurvePoint& point) {
  const CurveSeries* series = seriesOf(point);
  const Run* run = runOf(std::abs(point.curve));
  if (!run || !series) return;
  const MetricPoint& metric = (*series)[point.index];
  if (kind() != LossKind::Loss || point.curve < 0) {
    info_->setText(tr("%1 at step %2: %3 %4, after %5 s")
                       .arg(run->name, formatCount(metric.step), LossValues::title(kind()),
                            formatValue(metric.loss), formatValue(metric.seconds)));
    return info_->show();
  }
  info_->setText(
      tr("%1 at step %2: loss %3, smoothed %4, epoch %5, learning rate %6, %7 words a second, after %8 s")
          .arg(run->name, formatCount(metric.step), formatValue(metric.loss),
               formatValue(series->smoothed(point.index)), formatValue(metric.epoch),
               formatValue(metric.learningRate),
               formatCount(static_cast<std::uint64_t>(std::max(0.0, metric.tokensPerSecond))),
               formatValue(metric.seconds)));
  info_->show();
}

QString LossView::pointInfo() const { return info_->isHidden() ? QString() : info_->text(); }

QString LossView::textSummary() const {
  QStringList parts;
  for (const auto& run : session().runs().runs()) {
    const auto found = curves_.find(run->id);
    if (!run->visible || found == curves_.end() || found->second.series.size() == 0) continue;
    const CurveSeries& series = found->second.series;
    const std::size_t last = series.size() - 1;
    // Falling or rising: over the last quarter of the curve.
    const double now = series.smoothed(last), before = series.smoothed(last - last / 4);
    const QString trend = now < before * (1 - kSteady)   ? tr("falling")
                          : now > before * (1 + kSteady) ? tr("rising")
                                                         : tr("steady");
    parts << tr("%1: loss %2 to %3 in %4 steps, %5")
                 .arg(run->name, formatValue(series.raw(0)), formatValue(now), formatCount(series[last].step),
                      trend);
  }
  return parts.isEmpty() ? tr("No loss yet") : parts.join(QStringLiteral("; "));
}

QJsonObject LossView::saveState() const {
  const CurveScene& scene = plot_->scene();
  return {{"smoothing", smoothing_->value()},
          {"axis", xKind_->currentIndex()},
          {"value", value_->currentData().toInt()},
          {"logX", logX_->isChecked()},
          {"logY", logY_->isChecked()},
          {"x", toJson(scene.x, plot_->followsX())},
          {"y", toJson(scene.y, plot_->followsY())}};
}

void LossView::restoreState(const QJsonObject& state) {
  smoothing_->setValue(state["smoothing"].toInt(kSmoothingDefault));
  xKind_->setCurrentIndex(std::clamp(state["axis"].toInt(0), 0, xKind_->count() - 1));
  value_->setCurrentIndex(std::max(0, value_->findData(state["value"].toInt())));
  logX_->setChecked(state["logX"].toBool());
  logY_->setChecked(state["logY"].toBool());
  plot_->setRanges(axisFrom(state["x"], logX_->isChecked()), axisFrom(state["y"], logY_->isChecked()));
}

std::string LossView::toCsv() const {
  std::string csv = "run,step,epoch,seconds,loss,smoothed_loss,learning_rate,words_per_second\r\n";
  for (const auto& run : session().runs().runs()) {
    const auto found = curves_.find(run->id);
    if (!run->visible || found == curves_.end()) continue;
    const std::string name = csvField(run->name.toStdString());
    const CurveSeries& series = found->second.series;
    for (std::size_t i = 0; i < series.size(); ++i) {
      csv += name + ',' + std::to_string(series[i].step);
      for (const double value : {series[i].epoch, series[i].seconds, series[i].loss, series.smoothed(i),
                                 series[i].learningRate, series[i].tokensPerSecond})
        csv += ',' + csvNumber(value);
      csv += "\r\n";
    }
  }
  return csv;
}

PlotSource LossView::exportSource() {
  return {tr("loss"),
          plot_->size(),
          [this](QPaintDevice& device) { plot_->paintOn(device); },
          [this] { return toCsv(); },
          [this](const Error& error) { session().reportError(error); },
          [this] { return textSummary(); }};
}

void LossView::fillAxisMenu(QMenu& menu) {
  auto* kinds = new QActionGroup(&menu);
  for (int i = 0; i < xKind_->count(); ++i) {
    QAction* kind = menu.addAction(xKind_->itemText(i), this, [this, i] { xKind_->setCurrentIndex(i); });
    kind->setCheckable(true);
    kind->setChecked(xKind_->currentIndex() == i);
    kinds->addAction(kind);
  }
  menu.addSeparator();
  for (QCheckBox* box : {logX_, logY_}) {
    QAction* action = menu.addAction(box->text(), box, &QCheckBox::setChecked);
    action->setCheckable(true);
    action->setChecked(box->isChecked());
  }
  QAction* smooth = menu.addAction(tr("Smoothing"), this,
                                   [this](bool on) { smoothing_->setValue(on ? kSmoothingDefault : 0); });
  smooth->setCheckable(true);
  smooth->setChecked(smoothing_->value() > 0);
}

/// Which runs are shown, in their colours; each has the rest of a run's menu.
void LossView::fillRunsMenu(QMenu& menu) {
  RunController& runs = session().runs();
  for (const auto& run : runs.runs()) {
    QAction* shown = menu.addAction(runSwatch(run->color), run->name, this,
                                    [&runs, id = run->id](bool on) { runs.setRunVisible(id, on); });
    shown->setCheckable(true);
    shown->setChecked(run->visible);
  }
  menu.addSeparator();
  for (const auto& run : runs.runs())
    fillRunColorMenu(*menu.addMenu(tr("Colour of %1").arg(run->name)), session(), run->id, this);
  menu.setEnabled(!runs.runs().empty());
}

void LossView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), this, [this] { plot_->fit(); });
  menu.addSeparator();
  fillAxisMenu(menu);
  menu.addSeparator();
  fillRunsMenu(*menu.addMenu(tr("Runs")));
  addExportActions(menu, this, [this] { return exportSource(); });
}

}  // namespace lexarium

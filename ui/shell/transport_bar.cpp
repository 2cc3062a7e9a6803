// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/transport_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <cmath>

#include "ui/look/theme.h"
#include "ui/session/language_run.h"
#include "ui/shell/actions.h"
#include "ui/widgets/busy_overlay.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/timeline_slider.h"

namespace lexarium {
namespace {

using State = RunStatus::State;
constexpr int kNumbersIntervalMs = 250;
const char* const kLearningRate = "learning_rate";
constexpr double kLongestForecast = 100 * 3600;  // seconds

}  // namespace

QString stateLabel(RunStatus::State state) {
  switch (state) {
    case State::Preparing:
      return TransportBar::tr("Preparing");
    case State::Running:
      return TransportBar::tr("Training");
    case State::Paused:
      return TransportBar::tr("Paused");
    case State::Finished:
      return TransportBar::tr("Finished");
    case State::Stopped:
      return TransportBar::tr("Stopped");
    case State::Diverged:
      return TransportBar::tr("Diverged");
    case State::Failed:
      return TransportBar::tr("Failed");
  }
  return {};
}

QString shortCount(double value) {
  const QLocale locale;
  if (value < 10000) return locale.toString(std::round(value), 'f', 0);
  if (value < 1e6) return TransportBar::tr("%1k").arg(locale.toString(value / 1e3, 'f', 0));
  return TransportBar::tr("%1M").arg(locale.toString(value / 1e6, 'f', value < 1e7 ? 2 : 1));
}

TransportBar::TransportBar(RunController& runs, Timeline& timeline, Actions& actions, QWidget* parent)
    : QWidget(parent), runs_(runs), timeline_(timeline), actions_(actions) {
  setObjectName("transport");
  setAccessibleName(tr("Training controls"));
  play_ = new QPushButton;
  play_->setObjectName("play");
  play_->setProperty("primary", true);
  connect(play_, &QPushButton::clicked, actions.get("train"), &QAction::trigger);
  const auto button = [&](const char* id, const char* name) {
    auto* tool = new QToolButton;
    tool->setObjectName(name);
    tool->setDefaultAction(actions.get(id));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return tool;
  };
  step_ = button("stepOnce", "step");
  stop_ = button("stopTraining", "stop");
  reset_ = button("resetTraining", "reset");
  buildReadings();

  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(8);
  for (QWidget* widget : std::initializer_list<QWidget*>{play_, step_, stop_, reset_})
    layout->addWidget(widget);
  layout->addSpacing(8);
  layout->addWidget(state_);
  layout->addWidget(progress_, 1);
  layout->addWidget(replay_ = button("replay", "replay"));
  replay_->setToolButtonStyle(Qt::ToolButtonIconOnly);
  for (QWidget* widget : {epoch_, stepCount_, speed_, timeLeft_}) layout->addWidget(widget);
  layout->addSpacing(8);
  layout->addWidget(rateLabel_);
  layout->addWidget(rate_);

  numbersTimer_.setSingleShot(true);
  numbersTimer_.setInterval(kNumbersIntervalMs);
  connect(&numbersTimer_, &QTimer::timeout, this, &TransportBar::updateNumbers);
  connect(&runs, &RunController::statusChanged, this, [this] {
    if (!numbersTimer_.isActive()) numbersTimer_.start();
  });
  connect(&runs, &RunController::stateChanged, this, &TransportBar::updateState);
  connect(&runs, &RunController::runsChanged, this, &TransportBar::updateState);
  connect(&runs, &RunController::corpusChanged, this, &TransportBar::updateState);
  connect(&timeline, &Timeline::momentsChanged, this, [this] {
    if (!numbersTimer_.isActive()) numbersTimer_.start();
  });
  connect(&timeline, &Timeline::shownChanged, this, &TransportBar::updateNumbers);
  connect(&timeline, &Timeline::replayingChanged, this, &TransportBar::updateTimeline);
  connect(progress_, &TimelineSlider::moved, this, [this](int index) {
    timeline_.setReplaying(false);
    timeline_.showIndex(static_cast<std::size_t>(index));
  });
  connect(&runs, &RunController::nextConfigChanged, this, &TransportBar::updateLearningRate);
  updateState();
}

void TransportBar::buildReadings() {
  const auto reading = [](const char* name) {
    auto* readout = new Readout;
    readout->setObjectName(name);
    return readout;
  };
  state_ = reading("state");
  epoch_ = reading("epoch");
  stepCount_ = reading("stepCount");
  speed_ = reading("speed");
  timeLeft_ = reading("timeLeft");
  progress_ = new TimelineSlider;
  progress_->setObjectName("timeline");
  QSizePolicy policy = progress_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);  // what stands beside it keeps its place
  progress_->setSizePolicy(policy);
  progress_->setAccessibleName(tr("Timeline: how far the training is, and which moment is shown"));
  rateLabel_ = new QLabel(tr("Learning &rate"));
  rate_ = new NumberBox(NumberBox::Kind::Real, NumberBox::Steps::Logarithmic);
  rate_->setObjectName("learningRate");
  rate_->setAccessibleName(tr("Learning rate"));
  rate_->setToolTip(
      tr("How far each step moves the vectors. A change acts at once and leaves a flag on the curve."));
  rateLabel_->setBuddy(rate_);
  rateLabel_->setToolTip(rate_->toolTip());
  connect(rate_, &QDoubleSpinBox::valueChanged, this, [this](double rate) { runs_.setLearningRate(rate); });
}

void TransportBar::focusPlay() { play_->setFocus(Qt::OtherFocusReason); }

void TransportBar::setTheme(const Theme& theme) {
  for (Readout* readout : {state_, epoch_, stepCount_, speed_, timeLeft_}) readout->setFont(theme.numbers);
  Theme onAccent = theme;
  onAccent.text = theme.onAccent;
  progress_->setTheme(theme);
  play_->setProperty("playIcon", themedIcon("play", onAccent));
  play_->setProperty("pauseIcon", themedIcon("pause", onAccent));
  layout()->setSpacing(std::max(2 * Theme::kSpace, QFontMetrics(theme.body).averageCharWidth()));
  const int side = QFontMetrics(theme.body).height();
  for (QAbstractButton* button :
       std::initializer_list<QAbstractButton*>{play_, step_, stop_, reset_, replay_}) {
    button->setIconSize(QSize(side, side));
  }
  updateState();
}

void TransportBar::updateState() {
  const bool open = runs_.canTrain();
  const bool live = runs_.active() && runs_.active() == runs_.current();
  const bool running = live && runs_.wantsToRun();
  const QString text = running            ? tr("Pause")
                       : live             ? tr("Resume")
                       : runs_.isActive() ? tr("Show live")
                                          : tr("Train");
  QAction* play = actions_.get("train");
  play->setEnabled(open);
  play->setText(text);
  play_->setText(text);
  play_->setEnabled(open);
  play_->setToolTip(play->toolTip());
  play_->setIcon(play_->property(running ? "pauseIcon" : "playIcon").value<QIcon>());
  actions_.get("stepOnce")->setEnabled(open && !running);
  actions_.get("stopTraining")->setEnabled(runs_.isActive());
  actions_.get("resetTraining")->setEnabled(runs_.current() != nullptr);
  updateLearningRate();
  updateNumbers();
  for (Readout* readout : {state_, epoch_, stepCount_, speed_, timeLeft_}) readout->shrink();
  fit();
}

void TransportBar::updateLearningRate() {
  // The active run's own rate was set when it began or in this field; the next run's is in the form.
  const RunConfig& config = runs_.active() ? runs_.active()->trainer->config() : runs_.nextConfig();
  const ModelInfo* model = findModel(config.modelId);
  const ParamSpec* spec = model ? findSpec(model->params, kLearningRate) : nullptr;
  rate_->setEnabled(spec && runs_.canTrain());
  rate_->setSpecialValueText(runs_.corpus() ? QString() : QStringLiteral(" "));
  if (!spec || !config.params.contains(kLearningRate)) return;
  const QSignalBlocker quiet(rate_);
  rate_->setLimits(spec->minimum, spec->maximum);
  const int runId = runs_.active() ? runs_.active()->id : 0;
  if (runId == 0 || rate_->property("run").toInt() != runId) {
    rate_->setValue(config.params.getNumber(kLearningRate));
  }
  rate_->setProperty("run", runId);
}

void TransportBar::updateNumbers() {
  const RunStatus& status = runs_.status();
  const QLocale locale;
  const bool any = runs_.current() != nullptr;
  const bool preparing = any && status.state == State::Preparing;
  const bool fromFile = runs_.isFromFile();
  const bool past = any && !timeline_.isLive();
  QString state = past             ? tr("Looking back")
                  : fromFile       ? tr("From a file")
                  : any            ? stateLabel(status.state)
                  : runs_.corpus() ? tr("Ready")
                                   : QString();
  if (preparing && !past && !status.phase.empty()) state += ": " + QString::fromStdString(status.phase);
  double done = status.totalEpochs > 0 ? status.epoch / status.totalEpochs : 0;
  if (preparing) done = status.prepareFraction;
  if (any && !fromFile && status.state == State::Finished) done = 1;
  progress_->setVisible(!fromFile);
  progress_->setProgress(any ? done : 0);
  updateTimeline();
  bool wider = state_->setText(state);
  const bool numbers = any && !preparing && !fromFile;
  wider |= epoch_->setText(
      numbers ? tr("Epoch %1 of %2")
                    .arg(locale.toString(past ? timeline_.shownEpoch() : status.epoch, 'f', 2),
                         locale.toString(status.totalEpochs, 'f', 0))
              : QString());
  wider |= stepCount_->setText(
      numbers ? tr("Step %1").arg(locale.toString(static_cast<qulonglong>(timeline_.shownStep())))
              : QString());
  wider |= speed_->setText(
      numbers && !past && status.tokensPerSecond > 0
          ? (readsTokens() ? tr("%1 tokens/s") : tr("%1 words/s")).arg(shortCount(status.tokensPerSecond))
          : QString());
  // A run of so many days is one that something else will end.
  const bool timed = numbers && !past && !isOver(status.state) && status.secondsLeft >= 0 &&
                     status.secondsLeft < kLongestForecast;
  wider |= timeLeft_->setText(timed ? tr("%1 left").arg(spokenDuration(status.secondsLeft)) : QString());
  if (wider) fit();
}

/// The tokens of a model need not be words.
bool TransportBar::readsTokens() const { return isModelRun(runs_.current()); }

void TransportBar::updateTimeline() {
  progress_->setMoments(timeline_.steps(), runs_.status().step);
  progress_->showIndex(static_cast<int>(timeline_.shownIndex()));
  const bool any = timeline_.steps().size() > 1;
  QAction* replay = actions_.get("replay");
  replay->setEnabled(any);
  replay->setChecked(timeline_.isReplaying());
  actions_.get("goLive")->setEnabled(!timeline_.isLive());
  progress_->setToolTip(any ? tr("Drag back to see an earlier moment in all views; the right end is live.\n"
                                 "%1 moments are kept, %2 of at most %3.")
                                  .arg(formatCount(timeline_.steps().size()),
                                       formatBytes(timeline_.memoryBytes()),
                                       formatBytes(timeline_.budgetBytes()))
                            : QString());
}

QSize TransportBar::minimumSizeHint() const { return {200, QWidget::minimumSizeHint().height()}; }

void TransportBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

bool TransportBar::event(QEvent* event) {
  const bool handled = QWidget::event(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
  return handled;
}

/// Hides the least important until the rest fits.
void TransportBar::fit() {
  const std::initializer_list<QWidget*> leastImportantFirst{stepCount_, speed_, rateLabel_, timeLeft_,
                                                            epoch_};
  const auto all = [this](Qt::ToolButtonStyle style) {
    for (QToolButton* button : {step_, stop_, reset_}) button->setToolButtonStyle(style);
  };
  all(Qt::ToolButtonTextBesideIcon);
  for (QWidget* widget : leastImportantFirst) widget->setVisible(true);
  const auto tooWide = [this] { return layout()->minimumSize().width() > width(); };
  if (tooWide()) all(Qt::ToolButtonIconOnly);
  for (QWidget* widget : leastImportantFirst) {
    if (tooWide()) widget->setVisible(false);
  }
}

}  // namespace lexarium

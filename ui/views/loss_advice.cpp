// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/loss_advice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "core/train/overfitting.h"
#include "ui/session/language_run.h"
#include "ui/session/session.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

const char* const kDropout = "dropout";
const char* const kLearningRate = "learning_rate";
constexpr double kLeastDropout = 0.3, kMoreDropout = 0.1, kMostDropout = 0.9;

QPushButton* makeButton(const char* name, const QString& text, const QString& help) {
  auto* made = new QPushButton(text);
  made->setObjectName(QLatin1String(name));
  made->setToolTip(help);
  return made;
}

}  // namespace

LossAdvice::LossAdvice(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      text_(new QLabel),
      stop_(makeButton("adviceStop", tr("Stop"), tr("Ends the run; the model stays as it is."))),
      goBack_(makeButton("adviceGoBack", tr("Show that moment"),
                         tr("Shows all views as they were when the loss on the held back text was lowest."))),
      dropOut_(makeButton(
          "adviceDropout", tr("More dropout"),
          tr("Leaves out more units at random while training: the model cannot rely on single ones."))),
      goOn_(makeButton("adviceGoOn", {}, {})) {
  text_->setObjectName(QStringLiteral("lossAdvice"));
  text_->setWordWrap(true);
  connect(stop_, &QPushButton::clicked, this, [this] { session_.runs().stop(); });
  connect(goBack_, &QPushButton::clicked, this, [this] { session_.timeline().showStep(bestStep_); });
  connect(dropOut_, &QPushButton::clicked, this, [this] {
    session_.runs().setLive(kDropout, ParamValue(moreDropout()));
    droppedAt_ = judged_.second;
    dropOut_->setEnabled(false);  // until it can be seen what became of it
  });
  connect(goOn_, &QPushButton::clicked, this, [this] {
    if (const Run* run = session_.runs().current()) session_.runs().goOnFromGood(run->id, calmer(*run));
  });
  auto* layout = tightLayout<QHBoxLayout>(this);
  layout->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(text_, 1);
  for (QPushButton* made : {stop_, goBack_, dropOut_, goOn_}) layout->addWidget(made);
  hide();
}

void LossAdvice::update(const Run* run, std::size_t measured) {
  const bool diverged = run && run->trainer->status().state == RunStatus::State::Diverged &&
                        run->trainer->config().params.contains(kLearningRate);
  if (run && !diverged && isModelRun(run)) {
    judge(*run, measured);
  } else {
    judged_ = {0, 0};
    bestStep_ = 0;
  }
  for (QPushButton* button : {stop_, goBack_, dropOut_}) button->setVisible(bestStep_ > 0);
  goOn_->setVisible(diverged);
  if (diverged) showDivergence(*run);
  if (bestStep_ > 0) showOverfitting(*run);
  setVisible(diverged || bestStep_ > 0);
}

void LossAdvice::judge(const Run& run, std::size_t measured) {
  const std::pair<int, std::size_t> now{run.id, measured};
  if (now == judged_) return;
  if (now.first != judged_.first) droppedAt_ = 0;
  judged_ = now;
  bestStep_ = 0;
  std::vector<MetricPoint> points;
  if (measured > 0) run.trainer->metrics().read(0, points);
  const auto overfitting = findOverfitting(points);
  if (!overfitting) return;
  bestStep_ = overfitting->sinceStep;
  text_->setText(tr("Overfitting since step %1: %2 gets better on what it learns from, and worse on the "
                    "held back text (%3 then, %4 now).")
                     .arg(formatCount(overfitting->sinceStep), run.name, formatValue(overfitting->best),
                          formatValue(overfitting->now)));
}

/// Only the run that is on can be stopped or changed; of any other the moment can be shown.
void LossAdvice::showOverfitting(const Run& run) {
  const bool active = session_.runs().active() == &run;
  stop_->setVisible(active);
  dropOut_->setVisible(active && run.trainer->config().params.contains(kDropout));
  dropOut_->setEnabled(dropout() < kMostDropout && (droppedAt_ == 0 || judged_.second > droppedAt_));
}

void LossAdvice::showDivergence(const Run& run) {
  const auto good = run.trainer->lastGood();
  const QString step = formatCount(run.trainer->status().step);
  const QString rate = formatValue(calmer(run));
  goOn_->setEnabled(!session_.runs().isActive());
  if (good) {
    text_->setText(
        tr("%1 diverged at step %2: its last good state, of step %3, is kept. Go on from there with "
           "a lower rate?")
            .arg(run.name, step, formatCount(good->step)));
    goOn_->setText(tr("Go on with rate %1").arg(rate));
    goOn_->setToolTip(tr("A new run forks off there and learns with smaller steps."));
    return;
  }
  text_->setText(tr("%1 diverged at step %2. Begin again with a lower rate?").arg(run.name, step));
  goOn_->setText(tr("Train with rate %1").arg(rate));
  goOn_->setToolTip(tr("A new run begins with the same settings and smaller steps."));
}

double LossAdvice::dropout() const {
  const ParamSet& params = session_.runs().activeParams();
  return params.contains(kDropout) ? params.getNumber(kDropout) : 0;
}

double LossAdvice::moreDropout() const {
  return std::clamp(dropout() + kMoreDropout, kLeastDropout, kMostDropout);
}

/// Half the rate that the run had in the end; if it was far above the usual one, the usual one.
double LossAdvice::calmer(const Run& run) const {
  const RunConfig& config = run.trainer->config();
  const double rate = run.trainer->status().learningRate > 0 ? run.trainer->status().learningRate
                                                             : config.params.getNumber(kLearningRate);
  return calmerRate(*findSpec(findModel(config.modelId)->params, kLearningRate), rate);
}

}  // namespace lexarium

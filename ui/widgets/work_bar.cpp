// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/work_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <mutex>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kTickMs = 100;
constexpr int kQuietTicks = 3;  // shorter work shows no bar
constexpr int kSteps = 1000;

}  // namespace

/// Written by the job's thread, read by the bar.
struct WorkBar::Progress {
  std::mutex mutex;
  double fraction = -1;
  std::string phase;
};

WorkBar::WorkBar(QWidget* parent) : QWidget(parent), label_(new QLabel), bar_(new QProgressBar) {
  auto* stop = new QPushButton(tr("Cancel"));
  stop->setObjectName("workCancel");
  connect(stop, &QPushButton::clicked, this, &WorkBar::cancelled);
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("Progress"));
  auto* layout = tightLayout<QHBoxLayout>(this);
  layout->addWidget(label_);
  layout->addWidget(bar_, 1);
  layout->addWidget(stop);
  timer_.setInterval(kTickMs);
  connect(&timer_, &QTimer::timeout, this, &WorkBar::showProgress);
  hide();
}

ProgressSink WorkBar::begin() {
  progress_ = std::make_shared<Progress>();
  ticks_ = 0;
  timer_.start();
  return [progress = progress_](double fraction, const std::string& phase) {
    const std::lock_guard lock(progress->mutex);
    progress->fraction = fraction;
    progress->phase = phase;
  };
}

void WorkBar::end() {
  timer_.stop();
  hide();
}

void WorkBar::showProgress() {
  double fraction = -1;
  {
    const std::lock_guard lock(progress_->mutex);
    fraction = progress_->fraction;
    label_->setText(coreText(progress_->phase));
  }
  bar_->setRange(0, fraction < 0 ? 0 : kSteps);
  if (fraction >= 0) bar_->setValue(static_cast<int>(fraction * kSteps));
  if (++ticks_ >= kQuietTicks) show();
}

}  // namespace lexarium

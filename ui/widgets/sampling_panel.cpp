// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sampling_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/number_box.h"

namespace lexarium {
namespace {

constexpr double kColdest = 0.05, kHottest = 5;
constexpr double kUsualTemperature = 0.8;
constexpr double kMostK = 1000;
constexpr double kMostSeed = 999'999'999;

}  // namespace

SamplingPanel::SamplingPanel(QWidget* parent) : QWidget(parent) {
  bar_ = new FlowBar(Theme::kSpace);
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addWidget(bar_);
  const auto add = [&](const char* name, const QString& text, const QString& help, NumberBox* box,
                       double least, double most, double value) {
    auto* label = new QLabel(text);
    label->setBuddy(box);
    label->setToolTip(help);
    box->setObjectName(name);
    box->setAccessibleName(text);
    box->setToolTip(help);
    box->setLimits(least, most);
    box->setValue(value);
    auto* pair = new QWidget;
    auto* line = tightLayout<QHBoxLayout>(pair);
    line->addWidget(label);
    line->addWidget(box);
    bar_->flow()->addWidget(pair);
    connect(box, &NumberBox::valueChanged, this, &SamplingPanel::changed);
    return box;
  };
  using Kind = NumberBox::Kind;
  using Steps = NumberBox::Steps;
  temperature_ = add("temperature", tr("Temperature"),
                     tr("Below 1 the model keeps to what it finds likely, above 1 it dares more."),
                     new NumberBox(Kind::Real, Steps::Logarithmic), kColdest, kHottest, kUsualTemperature);
  topK_ = add("topK", tr("Top-k"), tr("Only so many of the likeliest tokens may be drawn; 0: all."),
              new NumberBox(Kind::Whole, Steps::Logarithmic), 0, kMostK, 0);
  topP_ = add("topP", tr("Top-p"),
              tr("Only the likeliest tokens that together have this probability may be drawn; 1: all."),
              new NumberBox(Kind::Real, Steps::Linear), 0.01, 1, 1);
  topP_->setSingleStep(0.05);
  seed_ = add("sampleSeed", tr("Seed"), tr("The same seed draws the same text from the same model."),
              new NumberBox(Kind::Whole, Steps::Linear), 0, kMostSeed, 1);
  greedy_ = new QCheckBox(tr("Always the likeliest"));
  greedy_->setObjectName("greedy");
  greedy_->setToolTip(tr("No dice: the token that the model finds likeliest, each time."));
  bar_->flow()->addWidget(greedy_);
  connect(greedy_, &QCheckBox::toggled, this, [this] {
    enableForGreedy();
    Q_EMIT changed();
  });
}

void SamplingPanel::addControl(QWidget* control) { bar_->flow()->addWidget(control); }

void SamplingPanel::enableForGreedy() {
  for (QWidget* box : std::initializer_list<QWidget*>{temperature_, topK_, topP_, seed_})
    box->setEnabled(!greedy_->isChecked());
}

SamplingSettings SamplingPanel::settings() const {
  SamplingSettings settings;
  settings.temperature = temperature_->value();
  settings.topK = static_cast<std::size_t>(topK_->value());
  settings.topP = topP_->value();
  settings.greedy = greedy_->isChecked();
  settings.seed = static_cast<std::uint64_t>(seed_->value());
  return settings;
}

void SamplingPanel::setSettings(const SamplingSettings& settings) {
  const QSignalBlocker quiet(this);
  temperature_->setValue(settings.temperature);
  topK_->setValue(static_cast<double>(settings.topK));
  topP_->setValue(settings.topP);
  greedy_->setChecked(settings.greedy);
  seed_->setValue(static_cast<double>(settings.seed));
}

QJsonObject SamplingPanel::saveState() const {
  return {{"temperature", temperature_->value()},
          {"topK", topK_->value()},
          {"topP", topP_->value()},
          {"greedy", greedy_->isChecked()},
          {"seed", seed_->value()}};
}

void SamplingPanel::restoreState(const QJsonObject& state) {
  temperature_->setValue(state["temperature"].toDouble(temperature_->value()));
  topK_->setValue(state["topK"].toDouble(topK_->value()));
  topP_->setValue(state["topP"].toDouble(topP_->value()));
  greedy_->setChecked(state["greedy"].toBool(greedy_->isChecked()));
  seed_->setValue(state["seed"].toDouble(seed_->value()));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <cmath>

namespace lexarium {

void Preferences::open(Settings& settings, QWidget* window) {
  auto* dialog = window->findChild<Preferences*>();
  if (!dialog) {
    dialog = new Preferences(settings, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
  }
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

Preferences::Preferences(Settings& settings, QWidget* parent) : QDialog(parent), settings_(settings) {
  setObjectName("preferencesDialog");
  setWindowTitle(tr("Preferences"));
  palette_ = new QComboBox;
  palette_->setObjectName("lookPalette");
  palette_->addItems({tr("As the system"), tr("Light"), tr("Dark"), tr("High contrast")});
  scale_ = new QSpinBox;
  scale_->setObjectName("lookScale");
  scale_->setRange(static_cast<int>(kSmallestScale * 100), static_cast<int>(kLargestScale * 100));
  scale_->setSingleStep(10);
  scale_->setSuffix(tr(" %"));
  motion_ = new QCheckBox(tr("&Reduced motion"));
  motion_->setObjectName("lookMotion");
  motion_->setToolTip(tr("Points jump to their new places instead of gliding."));
  fingerprints_ = new QCheckBox(tr("&Fingerprint of the run on plots"));
  fingerprints_->setObjectName("lookFingerprints");
  fingerprints_->setToolTip(
      tr("Eight digits in the corner of each plot: whoever has the same ones has the same result."));
  language_ = new QComboBox;
  language_->setObjectName("language");
  language_->setToolTip(tr("Acts when the program starts again."));
  language_->addItem(tr("As the system"), QString());
  for (const QString& language : supportedLanguages())
    language_->addItem(QLocale(language).nativeLanguageName(), language);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(12);
  form->addRow(tr("&Colours"), palette_);
  form->addRow(tr("&Size of type"), scale_);
  form->addRow(motion_);
  form->addRow(fingerprints_);
  form->addRow(tr("&Language"), language_);
  form->addRow(buttons);
  load();
  connect(palette_, &QComboBox::currentIndexChanged, this, &Preferences::apply);
  connect(scale_, &QSpinBox::valueChanged, this, &Preferences::apply);
  connect(fingerprints_, &QCheckBox::toggled, this, &Preferences::apply);
  connect(motion_, &QCheckBox::toggled, this, &Preferences::apply);
  connect(language_, &QComboBox::currentIndexChanged, this, &Preferences::apply);
  connect(&settings, &Settings::lookChanged, this, &Preferences::load);
}

void Preferences::load() {
  const QSignalBlocker quiet[] = {QSignalBlocker(palette_), QSignalBlocker(scale_), QSignalBlocker(motion_),
                                  QSignalBlocker(language_), QSignalBlocker(fingerprints_)};
  const LookOptions& look = settings_.look();
  palette_->setCurrentIndex(static_cast<int>(look.palette));
  scale_->setValue(static_cast<int>(std::lround(look.scale * 100)));
  fingerprints_->setChecked(look.fingerprints);
  motion_->setChecked(look.reducedMotion);
  language_->setCurrentIndex(std::max(language_->findData(settings_.language()), 0));
}

void Preferences::apply() {
  LookOptions look = settings_.look();
  look.palette = static_cast<LookOptions::Palette>(palette_->currentIndex());
  look.scale = scale_->value() / 100.0;
  look.fingerprints = fingerprints_->isChecked();
  look.reducedMotion = motion_->isChecked();
  settings_.setLook(look);
  settings_.setLanguage(language_->currentData().toString());
}

}  // namespace lexarium

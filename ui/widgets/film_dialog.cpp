// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/film_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

int asInt(std::uint64_t step) {
  return static_cast<int>(std::min<std::uint64_t>(step, std::numeric_limits<int>::max()));
}

QSpinBox* numberBox(const char* name, int least, int most, int value, const QString& what) {
  auto* box = new QSpinBox;
  box->setObjectName(name);
  box->setRange(least, most);
  box->setValue(value);
  box->setGroupSeparatorShown(true);
  box->setAccessibleName(what);
  box->setToolTip(what);
  return box;
}

QWidget* besides(QWidget* left, const QString& between, QWidget* right) {
  auto* row = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(row);
  layout->setSpacing(2 * Theme::kSpace);
  layout->addWidget(left, 1);
  layout->addWidget(new QLabel(between));
  layout->addWidget(right, 1);
  return row;
}

}  // namespace

FilmDialog* FilmDialog::open(const Steps& steps, QWidget* parent) {
  auto* dialog = parent->findChild<FilmDialog*>();
  if (!dialog) {
    dialog = new FilmDialog(steps, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
  }
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
  return dialog;
}

FilmDialog::FilmDialog(const Steps& steps, QWidget* parent) : QDialog(parent) {
  setObjectName("filmDialog");
  setWindowTitle(tr("Export film"));
  const FilmOptions usual;
  const int from = asInt(steps.first), to = asInt(steps.last);
  first_ = numberBox("filmFirst", from, to, from, tr("The step at which the film begins"));
  last_ = numberBox("filmLast", from, to, to, tr("The step at which the film ends"));
  width_ = numberBox("filmWidth", kSmallest, kLargest, usual.size.width(), tr("Width in pixels"));
  height_ = numberBox("filmHeight", kSmallest, kLargest, usual.size.height(), tr("Height in pixels"));
  perSecond_ = numberBox("filmRate", 1, 60, usual.perSecond, tr("How many pictures are shown in a second"));
  seconds_ = new QDoubleSpinBox;
  seconds_->setObjectName("filmSeconds");
  seconds_->setDecimals(1);
  seconds_->setRange(1, 300);
  seconds_->setValue(usual.seconds);
  seconds_->setAccessibleName(tr("Length in seconds"));
  format_ = new QComboBox;
  format_->setObjectName("filmFormat");
  format_->addItem(tr("One animated picture (PNG)"));
  format_->addItem(tr("A folder of numbered pictures (PNG)"));
  format_->setItemData(0, tr("Browsers and slides play it; other programs show its first picture."),
                       Qt::ToolTipRole);
  format_->setItemData(1, tr("For programs that make videos."), Qt::ToolTipRole);
  summary_ = new QLabel;
  summary_->setProperty("role", "secondary");
  summary_->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  auto* save = buttons->addButton(tr("Save as..."), QDialogButtonBox::AcceptRole);
  save->setObjectName("filmSave");
  save->setProperty("primary", true);
  save->setDefault(true);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(12);
  form->addRow(tr("&Steps"), besides(first_, tr("to"), last_));
  form->addRow(tr("Si&ze"), besides(width_, QStringLiteral("\u00d7"), height_));
  form->addRow(tr("&Pictures a second"), perSecond_);
  form->addRow(tr("&Seconds"), seconds_);
  form->addRow(tr("&Format"), format_);
  form->addRow(summary_);
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, &FilmDialog::choosePath);
  for (QSpinBox* box : {first_, last_, width_, height_, perSecond_})
    connect(box, &QSpinBox::valueChanged, this, &FilmDialog::updateSummary);
  connect(seconds_, &QDoubleSpinBox::valueChanged, this, &FilmDialog::updateSummary);
  updateSummary();
}

FilmOptions FilmDialog::options() const {
  FilmOptions options;
  options.first = static_cast<std::uint64_t>(std::min(first_->value(), last_->value()));
  options.last = static_cast<std::uint64_t>(std::max(first_->value(), last_->value()));
  options.size = {width_->value(), height_->value()};
  options.perSecond = perSecond_->value();
  options.seconds = seconds_->value();
  options.animated = format_->currentIndex() == 0;
  return options;
}

void FilmDialog::updateSummary() {
  const auto pictures = static_cast<std::uint64_t>(std::lround(seconds_->value() * perSecond_->value()));
  summary_->setText(tr("%1 pictures of the map as it looks now: words, colours, selection, trails.")
                        .arg(formatCount(pictures)));
}

void FilmDialog::choosePath() {
  FilmOptions options = this->options();
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  const QString name = QDir(folder).filePath(options.animated ? tr("film.png") : tr("film"));
  options.path = QFileDialog::getSaveFileName(
      this, windowTitle(), name, options.animated ? tr("Animated PNG (*.png *.apng)") : tr("Folders (*)"));
  if (options.path.isEmpty()) return;
  if (options.animated && QFileInfo(options.path).suffix().isEmpty()) options.path += QStringLiteral(".png");
  Q_EMIT chosen(options);
  accept();
}

}  // namespace lexarium

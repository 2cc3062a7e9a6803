// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/busy_overlay.h"

#include <QApplication>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace lexarium {

BusyOverlay::BusyOverlay(QWidget* parent) : QFrame(parent) {
  setObjectName("viewFrame");
  setAutoFillBackground(true);
  title_ = new QLabel;
  title_->setProperty("role", "title");
  phase_ = new QLabel;
  phase_->setProperty("role", "secondary");
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("Progress"));
  cancel_ = new QPushButton(tr("Cancel"));
  cancel_->setObjectName("cancelLoading");
  connect(cancel_, &QPushButton::clicked, this, &BusyOverlay::cancelled);
  auto* below = new QHBoxLayout;
  below->addWidget(phase_, 1);
  below->addWidget(cancel_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(24, 16, 24, 16);
  layout->setSpacing(12);
  layout->addWidget(title_);
  layout->addWidget(bar_);
  layout->addLayout(below);
  cursorTimer_.setSingleShot(true);
  cardTimer_.setSingleShot(true);
  connect(&cursorTimer_, &QTimer::timeout, this, [this] { showBusyCursor(true); });
  connect(&cardTimer_, &QTimer::timeout, this, [this] {
    showBusyCursor(false);
    place();
    show();
    raise();
  });
  parent->installEventFilter(this);
  hide();
}

void BusyOverlay::begin(const QString& title) {
  busy_ = true;
  title_->setText(title);
  setAccessibleName(title);
  setProgress(-1, {});
  elapsed_.start();
  cursorTimer_.start(kCursorAfterMs);
  cardTimer_.start(kCardAfterMs);
}

void BusyOverlay::setProgress(double fraction, const QString& phase) {
  const bool known = fraction >= 0;
  bar_->setRange(0, known ? 1000 : 0);
  if (known) bar_->setValue(static_cast<int>(std::lround(fraction * 1000)));
  QString text = phase;
  if (known && fraction > 0.02 && elapsed_.isValid()) {
    const double spent = static_cast<double>(elapsed_.elapsed());
    const double left = spent * (1 - fraction) / fraction;
    if (spent + left > kTimeAfterMs) {
      text += (text.isEmpty() ? QString() : QStringLiteral(" \u00b7 ")) +
              tr("about %1 left").arg(spokenDuration(left / 1000));
    }
  }
  phase_->setText(text);
}

void BusyOverlay::end() {
  busy_ = false;
  cursorTimer_.stop();
  cardTimer_.stop();
  showBusyCursor(false);
  hide();
}

void BusyOverlay::showBusyCursor(bool on) {
  if (on == cursor_) return;
  cursor_ = on;
  if (on) {
    QApplication::setOverrideCursor(Qt::BusyCursor);
  } else {
    QApplication::restoreOverrideCursor();
  }
}

void BusyOverlay::place() {
  const int width = std::min(parentWidget()->width() - 48, fontMetrics().averageCharWidth() * 64);
  resize(width, sizeHint().height());
  move((parentWidget()->width() - width) / 2, (parentWidget()->height() - height()) / 2);
}

bool BusyOverlay::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

QString spokenDuration(double seconds) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("lexarium", text); };
  const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
  if (whole < 100) return tr("%1 s").arg(whole);
  const long long minutes = (whole + 30) / 60;
  if (minutes < 100) return tr("%1 min").arg(minutes);
  return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

}  // namespace lexarium

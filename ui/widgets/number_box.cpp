// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_box.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QLocale>
#include <QStyleOptionSpinBox>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

constexpr int kDecimals = 12;  // kept by QDoubleSpinBox, not shown

// No group separators: "0.025" must not read as 25 where the point groups thousands.
QLocale plainLocale() {
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return locale;
}

QLocale cLocale() {
  QLocale locale = QLocale::c();
  locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return locale;
}

}  // namespace

double nextOneTwoFive(double value, int direction) {
  if (!(value > 0)) return value;
  const double slack = 1e-9;
  double decade = std::pow(10.0, std::floor(std::log10(value) + slack));
  const double mantissa = value / decade;
  if (direction > 0) {
    for (const double step : {1.0, 2.0, 5.0}) {
      if (mantissa < step * (1 - slack)) return step * decade;
    }
    return 10 * decade;
  }
  for (const double step : {5.0, 2.0, 1.0}) {
    if (mantissa > step * (1 + slack)) return step * decade;
  }
  return decade / 2;
}

NumberBox::NumberBox(Kind kind, Steps steps, QWidget* parent)
    : QDoubleSpinBox(parent), kind_(kind), steps_(steps) {
  setDecimals(kind == Kind::Whole ? 0 : kDecimals);
  setKeyboardTracking(false);
  setFocusPolicy(Qt::StrongFocus);
  setAccelerated(true);
}

void NumberBox::setLimits(double minimum, double maximum) {
  setRange(minimum, maximum);
  if (kind_ == Kind::Whole || maximum - minimum > 10) {
    setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    return;
  }
  // Some twenty steps from end to end.
  setSingleStep(std::max(nextOneTwoFive((maximum - minimum) / 25, +1), std::pow(10.0, -kDecimals)));
}

void NumberBox::stepBy(int steps) {
  if (steps_ == Steps::Linear) {
    if (kind_ == Kind::Whole && std::abs(value()) < 100) {
      setValue(value() + steps);  // adaptive steps are tens from 100 on
    } else {
      QDoubleSpinBox::stepBy(steps);
    }
    return;
  }
  double next = value();
  for (int i = 0; i < std::abs(steps); ++i) {
    if (next <= 0) next = steps > 0 ? std::max(minimum(), std::pow(10.0, -6)) : minimum();
    next = nextOneTwoFive(next, steps);
  }
  setValue(next);
  selectAll();
}

QString NumberBox::textFromValue(double value) const {
  const QLocale locale = plainLocale();
  if (kind_ == Kind::Whole) return locale.toString(value, 'f', 0);
  const bool plain = value == 0 || std::abs(value) >= 1e-7;
  return locale.toString(value, plain ? 'f' : 'g', QLocale::FloatingPointShortest);
}

QString NumberBox::bare(QString text) const {
  if (!prefix().isEmpty() && text.startsWith(prefix())) text.remove(0, prefix().size());
  if (!suffix().isEmpty() && text.endsWith(suffix())) text.chop(suffix().size());
  return text.trimmed();
}

bool NumberBox::parse(const QString& text, double& value) const {
  bool read = false;
  value = plainLocale().toDouble(bare(text), &read);
  if (!read) value = cLocale().toDouble(bare(text), &read);
  return read && std::isfinite(value) && (kind_ == Kind::Real || value == std::floor(value));
}

double NumberBox::valueFromText(const QString& text) const {
  double read = 0;
  return parse(text, read) ? read : value();
}

QValidator::State NumberBox::validate(QString& text, int&) const {
  double read = 0;
  if (parse(text, read)) {
    return read >= minimum() && read <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
  }
  const QString typed = bare(text);
  const QString allowed = QStringLiteral("+-.,eE") + plainLocale().decimalPoint();
  const bool onTheWay =
      std::all_of(typed.begin(), typed.end(), [&](QChar c) { return c.isDigit() || allowed.contains(c); });
  return onTheWay ? QValidator::Intermediate : QValidator::Invalid;
}

void NumberBox::fixup(QString& text) const {
  double read = 0;
  if (!parse(text, read)) return;
  text = prefix() + textFromValue(std::clamp(read, minimum(), maximum())) + suffix();
}

QSize NumberBox::sizeFor(const QString& digits) const {
  const QFontMetrics metrics = fontMetrics();
  QStyleOptionSpinBox option;
  initStyleOption(&option);
  const QSize inner(metrics.horizontalAdvance(digits + suffix()) + metrics.averageCharWidth(),
                    lineEdit()->sizeHint().height());
  return style()->sizeFromContents(QStyle::CT_SpinBox, &option, inner, this);
}

QSize NumberBox::sizeHint() const { return sizeFor(QStringLiteral("0.00000")); }

QSize NumberBox::minimumSizeHint() const { return sizeFor(QStringLiteral("0.000")); }

void NumberBox::wheelEvent(QWheelEvent* event) {
  if (hasFocus()) {
    QDoubleSpinBox::wheelEvent(event);
  } else {
    event->ignore();
  }
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace lexarium {

/// A spin box for whole and real numbers: shows the shortest text of the value in the person's locale, reads
/// the locale's form and the plain one ("0.025"), and steps 1, 2, 5, 10 ... on a logarithmic scale. Changes
/// on Enter, on leaving and on stepping, not at each key; a wheel over it scrolls the form unless it has the
/// focus.
class NumberBox : public QDoubleSpinBox {
  Q_OBJECT

 public:
  enum class Kind { Whole, Real };
  enum class Steps { Linear, Logarithmic };

  NumberBox(Kind kind, Steps steps, QWidget* parent = nullptr);
  void setLimits(double minimum, double maximum);

  void stepBy(int steps) override;
  QString textFromValue(double value) const override;
  double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;
  void fixup(QString& text) const override;
  /// A text of a usual width, not of the extreme limits.
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void wheelEvent(QWheelEvent* event) override;

 private:
  bool parse(const QString& text, double& value) const;
  QString bare(QString text) const;  // without prefix and suffix
  QSize sizeFor(const QString& digits) const;

  Kind kind_;
  Steps steps_;
};

/// The next value of 1, 2, 5, 10, 20 ... above (direction > 0) or below.
double nextOneTwoFive(double value, int direction);

}  // namespace lexarium

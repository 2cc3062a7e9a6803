// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/formula_writer.h"

#include "ui/widgets/term_bars.h"

namespace lexarium {

FormulaWriter& FormulaWriter::symbol(const QString& symbol, double value, int key, const QString& name) {
  atoms_.push_back({symbol, formulaNumber(value), key, name});
  return *this;
}

FormulaWriter& FormulaWriter::tinted(const QString& symbol, double value, int key, const QString& name) {
  this->symbol(symbol, value, key, name);
  atoms_.back().tint = value;
  return *this;
}

FormulaWriter& FormulaWriter::sign(const QString& symbol, const QString& number) {
  atoms_.push_back({symbol, number});
  return *this;
}

FormulaWriter& FormulaWriter::plus(const QString& symbol, double value, int key, const QString& name) {
  const QString number = formulaNumber(value);
  const bool negative = number.startsWith(QChar(0x2212));
  sign(QStringLiteral("+"), negative ? QString(QChar(0x2212)) : QStringLiteral("+"));
  atoms_.push_back({symbol, negative ? number.mid(1) : number, key, name});
  return *this;
}

FormulaWriter& FormulaWriter::times(const QString& symbol, double value, int key, const QString& name) {
  sign(QStringLiteral("⊙"), QStringLiteral("×"));
  this->symbol(symbol, value, key, name);
  QString& number = atoms_.back().number;
  if (number.startsWith(QChar(0x2212))) number = u'(' + number + u')';
  return *this;
}

}  // namespace lexarium

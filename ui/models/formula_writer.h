// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "ui/widgets/formula_sheet.h"

namespace lexarium {

/// Lines of formulae, symbol by symbol.
class FormulaWriter {
 public:
  FormulaWriter& symbol(const QString& symbol, double value, int key = -1, const QString& name = {});
  /// The same, on a colour that shows a value from -1 to 1.
  FormulaWriter& tinted(const QString& symbol, double value, int key, const QString& name);
  FormulaWriter& sign(const QString& symbol) { return sign(symbol, symbol); }
  FormulaWriter& sign(const QString& symbol, const QString& number);
  /// "+", and beneath it the sign of the number that comes next.
  FormulaWriter& plus(const QString& symbol, double value, int key = -1, const QString& name = {});
  /// "⊙" with "×" beneath; a negative number stands in brackets.
  FormulaWriter& times(const QString& symbol, double value, int key = -1, const QString& name = {});
  FormulaLine line(const QString& meaning = {}) { return {std::move(atoms_), meaning}; }

 private:
  std::vector<FormulaAtom> atoms_;
};

}  // namespace lexarium

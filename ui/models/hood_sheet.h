// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "ui/models/hood_step.h"
#include "ui/widgets/formula_sheet.h"
#include "ui/widgets/term_bars.h"

namespace lexarium {

/// One step of a cell or a head for a person: the formulae of the textbook, the numbers in them, and what
/// each number is the sum of.
class HoodSheet {
 public:
  /// labels: of the text's tokens, made visible.
  HoodSheet(HoodStep step, QStringList labels) : step_(std::move(step)), labels_(std::move(labels)) {}

  std::vector<FormulaLine> lines() const;

  /// What is shown for a chosen symbol.
  struct Sum {
    QString title;              ///< "Forget gate f, unit 12"
    QString sentence;           ///< what it is the sum of
    std::vector<TermBar> bars;  ///< the largest first; key: token of the text, where one can be chosen
  };
  /// key: FormulaAtom::key of one of the lines.
  Sum sumOf(int key) const;
  const HoodStep& step() const { return step_; }

 private:
  // hood_sheet.cpp: cells; hood_sheet_head.cpp: attention.
  std::vector<FormulaLine> cellLines() const;
  std::vector<FormulaLine> headLines() const;
  FormulaLine gateLine(const std::string& name) const;
  FormulaLine candidateLine() const;
  FormulaLine mlpLine() const;
  FormulaLine projectionLine(int key) const;
  Sum cellSum(int key) const;
  Sum gateSum(std::size_t gate, int part) const;
  Sum headSum(int key) const;
  TermBar barOf(const Term& term) const;
  QString tokenName(std::size_t token) const;
  QString inputName(std::size_t number) const;
  double at(const Eigen::VectorXd& values) const {
    return values(static_cast<Eigen::Index>(step_.choice.unit));
  }
  std::size_t gateNumber(const std::string& name) const;

  HoodStep step_;
  QStringList labels_;
};

}  // namespace lexarium

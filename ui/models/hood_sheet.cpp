// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hood_sheet.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/models/formula_writer.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

/// What of a gate is asked about: key = gate * kParts + part.
enum Part : int { kAll, kFromInput, kFromPast, kFromBias, kParts };
constexpr int kCellState = 100, kHiddenState = 101;

struct GateText {
  const char* letter;
  const char* name;
  const char* meaning;
};

const GateText* textOf(const std::string& letter) {
  static const GateText kTexts[] = {
      {"f", QT_TRANSLATE_NOOP("HoodSheet", "Forget gate"),
       QT_TRANSLATE_NOOP("HoodSheet", "how much of the cell is kept")},
      {"i", QT_TRANSLATE_NOOP("HoodSheet", "Input gate"),
       QT_TRANSLATE_NOOP("HoodSheet", "how much is let in")},
      {"o", QT_TRANSLATE_NOOP("HoodSheet", "Output gate"),
       QT_TRANSLATE_NOOP("HoodSheet", "how much is let out")},
      {"g", QT_TRANSLATE_NOOP("HoodSheet", "Candidate"),
       QT_TRANSLATE_NOOP("HoodSheet", "what could be let in")},
      {"r", QT_TRANSLATE_NOOP("HoodSheet", "Reset gate"),
       QT_TRANSLATE_NOOP("HoodSheet", "how much of the past is looked at")},
      {"z", QT_TRANSLATE_NOOP("HoodSheet", "Update gate"),
       QT_TRANSLATE_NOOP("HoodSheet", "how much of the past stays")},
      {"n", QT_TRANSLATE_NOOP("HoodSheet", "Candidate"), QT_TRANSLATE_NOOP("HoodSheet", "what is new")},
      {"h", QT_TRANSLATE_NOOP("HoodSheet", "Hidden state"),
       QT_TRANSLATE_NOOP("HoodSheet", "what it hands on")},
  };
  for (const GateText& text : kTexts)
    if (letter == text.letter) return &text;
  return nullptr;
}

QString nowSymbol(const QString& letter) { return letter + QStringLiteral("_{t}"); }
QString beforeSymbol(const QString& letter) { return letter + QStringLiteral("_{t−1}"); }

bool isSquashed(const std::string& gate) { return gate == "g" || gate == "n" || gate == "h"; }

}  // namespace

QString HoodSheet::tokenName(std::size_t token) const {
  return QCoreApplication::translate("HoodSheet", "“%1” %2")
      .arg(labels_.value(static_cast<qsizetype>(token)), QString::number(token + 1));
}

QString HoodSheet::inputName(std::size_t number) const {
  if (step_.kind == StepKind::Attention)
    return QCoreApplication::translate("HoodSheet", "input %1").arg(number + 1);
  if (step_.choice.layer > 0)
    return QCoreApplication::translate("HoodSheet", "layer %1, unit %2")
        .arg(step_.choice.layer)
        .arg(number + 1);
  return QCoreApplication::translate("HoodSheet", "x %2 of “%1”")
      .arg(labels_.value(static_cast<qsizetype>(step_.choice.step)), QString::number(number + 1));
}

TermBar HoodSheet::barOf(const Term& term) const {
  TermBar bar;
  bar.value = term.product();
  bar.factors = formulaNumber(term.weight) + QStringLiteral(" × ") + formulaNumber(term.value);
  switch (term.of) {
    case Term::Of::Input:
      bar.name = inputName(term.index);
      break;
    case Term::Of::Past:
      bar.name = QCoreApplication::translate("HoodSheet", "unit %1 before").arg(term.index + 1);
      break;
    case Term::Of::Unit:
      bar.name = QCoreApplication::translate("HoodSheet", "number %1").arg(term.index + 1);
      break;
    case Term::Of::Token:
      bar.name = tokenName(term.index);
      break;
    case Term::Of::Before:
      bar.name = QCoreApplication::translate("HoodSheet", "before the text");
      break;
  }
  return bar;
}

std::size_t HoodSheet::gateNumber(const std::string& name) const {
  const auto& gates = step_.cell.gates;
  const auto found = std::find_if(gates.begin(), gates.end(), [&](const auto& g) { return g.name == name; });
  return static_cast<std::size_t>(found - gates.begin());
}

/// f_t = σ(W_xf x_t + W_hf h_{t-1} + b_f)
FormulaLine HoodSheet::gateLine(const std::string& name) const {
  const GateStep& gate = step_.cell.gate(name);
  const int key = static_cast<int>(gateNumber(name)) * kParts;
  const GateText* text = textOf(name);
  const QString letter = toQString(name);
  const bool alone = step_.cell.gates.size() == 1;
  const QString from = alone ? QStringLiteral("W_{hx}") : QStringLiteral("W_{x%1}").arg(letter);
  const QString past = QStringLiteral("W_{h%1}").arg(letter);
  FormulaWriter writer;
  writer
      .tinted(nowSymbol(letter), at(gate.value), key + kAll,
              QCoreApplication::translate("HoodSheet", text->name))
      .sign(QStringLiteral("="));
  writer.sign(isSquashed(name) ? QStringLiteral("tanh(") : QStringLiteral("σ("));
  writer.symbol(from + QStringLiteral(" x_{t}"), at(gate.input), key + kFromInput,
                QCoreApplication::translate("HoodSheet", "From what comes in"));
  writer.plus(past + u' ' + beforeSymbol(QStringLiteral("h")), at(gate.past), key + kFromPast,
              QCoreApplication::translate("HoodSheet", "From the state before"));
  writer.plus(QStringLiteral("b_{%1}").arg(letter), at(gate.bias), key + kFromBias,
              QCoreApplication::translate("HoodSheet", "Bias"));
  return writer.sign(QStringLiteral(")")).line(QCoreApplication::translate("HoodSheet", text->meaning));
}

/// n_t = tanh(W_xn x_t + b_n + r_t ⊙ (W_hn h_{t-1} + b'_n))
FormulaLine HoodSheet::candidateLine() const {
  const GateStep &gate = step_.cell.gate("n"), &reset = step_.cell.gate("r");
  const int key = static_cast<int>(gateNumber("n")) * kParts;
  FormulaWriter writer;
  writer.tinted(nowSymbol(QStringLiteral("n")), at(gate.value), key + kAll,
                QCoreApplication::translate("HoodSheet", textOf("n")->name));
  writer.sign(QStringLiteral("=")).sign(QStringLiteral("tanh("));
  writer.symbol(QStringLiteral("W_{xn} x_{t}"), at(gate.input), key + kFromInput,
                QCoreApplication::translate("HoodSheet", "From what comes in"));
  writer.plus(QStringLiteral("b_{n}"), at(gate.bias), key + kFromBias,
              QCoreApplication::translate("HoodSheet", "Bias"));
  writer.plus(nowSymbol(QStringLiteral("r")), at(reset.value), static_cast<int>(gateNumber("r")) * kParts,
              QCoreApplication::translate("HoodSheet", textOf("r")->name));
  writer.sign(QStringLiteral("⊙ ("), QStringLiteral("× ("));
  writer.symbol(QStringLiteral("W_{hn} h_{t−1}"), at(gate.past), key + kFromPast,
                QCoreApplication::translate("HoodSheet", "From the state before"));
  writer.plus(QStringLiteral("b′_{n}"), at(gate.pastBias), key + kFromBias,
              QCoreApplication::translate("HoodSheet", "Bias"));
  return writer.sign(QStringLiteral("))"))
      .line(QCoreApplication::translate("HoodSheet", textOf("n")->meaning));
}

/// h_t = tanh(H_1 x_t + H_2 x_{t-1} + ... + d)
FormulaLine HoodSheet::mlpLine() const {
  const GateStep& gate = step_.cell.gates.front();
  FormulaWriter writer;
  writer.tinted(nowSymbol(QStringLiteral("h")), at(gate.value), kAll,
                QCoreApplication::translate("HoodSheet", textOf("h")->name));
  writer.sign(QStringLiteral("=")).sign(QStringLiteral("tanh("));
  const auto& terms = step_.gates.front();
  for (std::size_t back = 0; back < terms.size(); ++back) {
    const QString place = back == 0 ? QStringLiteral("t") : QStringLiteral("t−%1").arg(back);
    const QString symbol = QStringLiteral("H_{%1} x_{%2}").arg(back + 1).arg(place);
    const QString name = barOf(terms[back]).name;
    back == 0 ? writer.symbol(symbol, terms[back].product(), kFromInput, name)
              : writer.plus(symbol, terms[back].product(), kFromInput, name);
  }
  writer.plus(QStringLiteral("d"), at(gate.bias), kFromBias,
              QCoreApplication::translate("HoodSheet", "Bias"));
  return writer.sign(QStringLiteral(")"))
      .line(QCoreApplication::translate("HoodSheet", textOf("h")->meaning));
}

std::vector<FormulaLine> HoodSheet::cellLines() const {
  const CellStep& cell = step_.cell;
  if (step_.kind == StepKind::Mlp) return {mlpLine()};
  if (step_.kind == StepKind::Rnn) return {gateLine("h")};
  const auto key = [this](const char* gate) { return static_cast<int>(gateNumber(gate)) * kParts; };
  const auto gate = [&](const char* name) { return at(cell.gate(name).value); };
  FormulaWriter hidden;
  hidden.tinted(QStringLiteral("h_{t}"), at(cell.hidden), kHiddenState,
                QCoreApplication::translate("HoodSheet", "Hidden state"));
  hidden.sign(QStringLiteral("="));
  if (step_.kind == StepKind::Gru) {
    hidden.sign(QStringLiteral("(1 −"))
        .symbol(QStringLiteral("z_{t}"), gate("z"), key("z"),
                QCoreApplication::translate("HoodSheet", "Update gate"));
    hidden.sign(QStringLiteral(")"))
        .times(QStringLiteral("n_{t}"), gate("n"), key("n"),
               QCoreApplication::translate("HoodSheet", "Candidate"));
    hidden.plus(QStringLiteral("z_{t}"), gate("z"), key("z"),
                QCoreApplication::translate("HoodSheet", "Update gate"));
    hidden.times(QStringLiteral("h_{t−1}"), at(cell.hiddenBefore));
    return {gateLine("r"), gateLine("z"), candidateLine(),
            hidden.line(QCoreApplication::translate("HoodSheet", "what it hands on"))};
  }
  FormulaWriter state;
  state.tinted(QStringLiteral("c_{t}"), at(cell.cell), kCellState,
               QCoreApplication::translate("HoodSheet", "Cell state"));
  state.sign(QStringLiteral("="))
      .symbol(QStringLiteral("f_{t}"), gate("f"), key("f"),
              QCoreApplication::translate("HoodSheet", "Forget gate"));
  state.times(QStringLiteral("c_{t−1}"), at(cell.cellBefore));
  state.plus(QStringLiteral("i_{t}"), gate("i"), key("i"),
             QCoreApplication::translate("HoodSheet", "Input gate"));
  state.times(QStringLiteral("g_{t}"), gate("g"), key("g"),
              QCoreApplication::translate("HoodSheet", "Candidate"));
  hidden.symbol(QStringLiteral("o_{t}"), gate("o"), key("o"),
                QCoreApplication::translate("HoodSheet", "Output gate"));
  hidden.sign(QStringLiteral("⊙ tanh("), QStringLiteral("× tanh("));
  hidden
      .symbol(QStringLiteral("c_{t}"), at(cell.cell), kCellState,
              QCoreApplication::translate("HoodSheet", "Cell state"))
      .sign(QStringLiteral(")"));
  return {gateLine("f"),
          gateLine("i"),
          gateLine("o"),
          gateLine("g"),
          state.line(QCoreApplication::translate("HoodSheet", "what the cell holds")),
          hidden.line(QCoreApplication::translate("HoodSheet", "what it hands on"))};
}

HoodSheet::Sum HoodSheet::gateSum(std::size_t number, int part) const {
  const GateStep& gate = step_.cell.gates[number];
  const bool isCandidate = gate.name == "n";
  const double reset = isCandidate ? at(step_.cell.gate("r").value) : 1;
  Sum sum;
  sum.title =
      QCoreApplication::translate("HoodSheet", "%1 %2, unit %3")
          .arg(QCoreApplication::translate("HoodSheet", textOf(gate.name)->name), toQString(gate.name))
          .arg(step_.choice.unit + 1);
  const auto bias = [&](const QString& name, double value, double factor) {
    const QString factors =
        factor == 1 ? QString() : formulaNumber(factor) + QStringLiteral(" × ") + formulaNumber(value);
    sum.bars.push_back({name, factors, factor * value});
  };
  const bool whole = part == kAll;
  for (const Term& term : step_.gates[number]) {
    const bool past = term.of == Term::Of::Past;
    if (part == kFromBias || (part == kFromInput && past) || (part == kFromPast && !past)) continue;
    TermBar bar = barOf(term);
    if (term.weight == 1 && step_.kind == StepKind::Mlp) bar.factors.clear();
    if (whole && past && isCandidate) {
      bar.value *= reset;
      bar.factors.prepend(formulaNumber(reset) + QStringLiteral(" × "));
    }
    sum.bars.push_back(std::move(bar));
  }
  if (whole || part == kFromBias) bias(QCoreApplication::translate("HoodSheet", "bias"), at(gate.bias), 1);
  if (isCandidate && part != kFromInput)
    bias(QCoreApplication::translate("HoodSheet", "inner bias"), at(gate.pastBias), whole ? reset : 1);
  std::stable_sort(sum.bars.begin(), sum.bars.end(),
                   [](const TermBar& a, const TermBar& b) { return std::abs(a.value) > std::abs(b.value); });
  const QString squash = isSquashed(gate.name) ? QStringLiteral("tanh") : QStringLiteral("σ");
  double total = 0;
  for (const TermBar& bar : sum.bars) total += bar.value;
  sum.sentence = whole ? QCoreApplication::translate("HoodSheet", "%1 numbers sum to %2, and %3(%2) = %4")
                             .arg(sum.bars.size())
                             .arg(formulaNumber(total), squash, formulaNumber(at(gate.value)))
                       : QCoreApplication::translate("HoodSheet", "%1 numbers sum to %2")
                             .arg(sum.bars.size())
                             .arg(formulaNumber(total));
  return sum;
}

HoodSheet::Sum HoodSheet::cellSum(int key) const {
  if (key < kCellState) return gateSum(static_cast<std::size_t>(key / kParts), key % kParts);
  const CellStep& cell = step_.cell;
  const auto gate = [&](const char* name) { return at(cell.gate(name).value); };
  const auto product = [](const QString& name, double a, double b) {
    return TermBar{name, formulaNumber(a) + QStringLiteral(" × ") + formulaNumber(b), a * b};
  };
  Sum sum;
  const std::size_t unit = step_.choice.unit + 1;
  if (key == kCellState) {
    sum.title = QCoreApplication::translate("HoodSheet", "Cell state c, unit %1").arg(unit);
    sum.sentence = QCoreApplication::translate("HoodSheet", "What is kept of the cell, and what is let in.");
    sum.bars = {product(QCoreApplication::translate("HoodSheet", "kept: f × c before"), gate("f"),
                        at(cell.cellBefore)),
                product(QCoreApplication::translate("HoodSheet", "let in: i × g"), gate("i"), gate("g"))};
  } else if (step_.kind == StepKind::Gru) {
    sum.title = QCoreApplication::translate("HoodSheet", "Hidden state h, unit %1").arg(unit);
    sum.sentence = QCoreApplication::translate("HoodSheet", "What stays of the past, and what is new.");
    sum.bars = {
        product(QCoreApplication::translate("HoodSheet", "stays: z × h before"), gate("z"),
                at(cell.hiddenBefore)),
        product(QCoreApplication::translate("HoodSheet", "new: (1 − z) × n"), 1 - gate("z"), gate("n"))};
  } else {
    sum.title = QCoreApplication::translate("HoodSheet", "Hidden state h, unit %1").arg(unit);
    sum.sentence =
        QCoreApplication::translate("HoodSheet", "As much of the cell as the output gate lets out.");
    sum.bars = {product(QCoreApplication::translate("HoodSheet", "o × tanh(c)"), gate("o"),
                        std::tanh(at(cell.cell)))};
  }
  return sum;
}

std::vector<FormulaLine> HoodSheet::lines() const {
  if (step_.kind == StepKind::None) return {};
  return step_.kind == StepKind::Attention ? headLines() : cellLines();
}

HoodSheet::Sum HoodSheet::sumOf(int key) const {
  if (step_.kind == StepKind::None || key < 0) return {};
  return step_.kind == StepKind::Attention ? headSum(key) : cellSum(key);
}

}  // namespace lexarium

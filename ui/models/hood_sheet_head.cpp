// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <cmath>

#include "ui/models/formula_writer.h"
#include "ui/models/hood_sheet.h"

namespace lexarium {
namespace {

enum HeadKey : int { kQuery, kKey, kValue, kScore, kWeight, kOutput };

/// exp(s) itself can be read as a number up to here; beyond, all are taken relative to the largest.
constexpr double kReadableScore = 6;

}  // namespace

/// q_t = W_q n_t + b_q
FormulaLine HoodSheet::projectionLine(int key) const {
  const HeadStep& head = step_.head;
  const auto looked = static_cast<Eigen::Index>(*step_.choice.looked);
  const auto number = static_cast<Eigen::Index>(step_.choice.unit);
  const QString letter = key == kQuery ? QStringLiteral("q")
                         : key == kKey ? QStringLiteral("k")
                                       : QStringLiteral("v");
  const QString token = key == kQuery ? QStringLiteral("t") : QStringLiteral("j");
  const NumberTerms& made = key == kQuery ? step_.query : key == kKey ? step_.key : step_.value;
  const double value = key == kQuery ? head.query(number)
                       : key == kKey ? head.keys(number, looked)
                                     : head.values(number, looked);
  const QString name = key == kQuery ? QCoreApplication::translate("HoodSheet", "Query")
                       : key == kKey ? QCoreApplication::translate("HoodSheet", "Key")
                                     : QCoreApplication::translate("HoodSheet", "Value");
  FormulaWriter writer;
  writer.symbol(QStringLiteral("%1_{%2}").arg(letter, token), value, key, name).sign(QStringLiteral("="));
  writer.symbol(QStringLiteral("W_{%1} n_{%2}").arg(letter, token), value - made.bias, key, name);
  writer.plus(QStringLiteral("b_{%1}").arg(letter), made.bias, key,
              QCoreApplication::translate("HoodSheet", "Bias"));
  return writer.line(
      key == kQuery ? QCoreApplication::translate("HoodSheet", "query: what the token looks for")
      : key == kKey ? QCoreApplication::translate("HoodSheet", "key: what token j answers to")
                    : QCoreApplication::translate("HoodSheet", "value: what token j hands on"));
}

std::vector<FormulaLine> HoodSheet::headLines() const {
  const HeadStep& head = step_.head;
  const auto looked = static_cast<Eigen::Index>(*step_.choice.looked);
  const double score = head.scores(looked), weight = head.weights(looked);
  FormulaWriter scoring;
  scoring.symbol(QStringLiteral("s_{j}"), score, kScore, QCoreApplication::translate("HoodSheet", "Score"))
      .sign(QStringLiteral("="));
  scoring.symbol(QStringLiteral("q_{t} · k_{j}"), score / head.scale, kScore,
                 QCoreApplication::translate("HoodSheet", "Score"));
  scoring.sign(QStringLiteral("/")).symbol(QStringLiteral("√d"), 1 / head.scale);
  const double largest = head.scores.maxCoeff();
  const double shift = largest > kReadableScore ? largest : 0;
  const QString of = shift > 0 ? QStringLiteral("exp(s_{%1} − max s)") : QStringLiteral("exp(s_{%1})");
  FormulaWriter weighing;
  weighing
      .tinted(QStringLiteral("a_{j}"), weight, kWeight, QCoreApplication::translate("HoodSheet", "Attention"))
      .sign(QStringLiteral("="));
  weighing
      .symbol(of.arg(QStringLiteral("j")), std::exp(score - shift), kScore,
              QCoreApplication::translate("HoodSheet", "Score"))
      .sign(QStringLiteral("/"));
  weighing.symbol(QStringLiteral("Σ_{i ≤ t} ") + of.arg(QStringLiteral("i")),
                  (head.scores.array() - shift).exp().sum(), kWeight,
                  QCoreApplication::translate("HoodSheet", "Attention"));
  const double value = head.values(static_cast<Eigen::Index>(step_.choice.unit), looked);
  FormulaWriter output;
  output.tinted(QStringLiteral("o_{t}"), at(head.output), kOutput,
                QCoreApplication::translate("HoodSheet", "Output of the head"));
  output.sign(QStringLiteral("="))
      .symbol(QStringLiteral("a_{j}"), weight, kWeight,
              QCoreApplication::translate("HoodSheet", "Attention"));
  output.times(QStringLiteral("v_{j}"), value, kValue, QCoreApplication::translate("HoodSheet", "Value"));
  output.plus(QStringLiteral("Σ_{i ≠ j} a_{i} v_{i}"), at(head.output) - weight * value, kOutput,
              QCoreApplication::translate("HoodSheet", "Output of the head"));
  return {projectionLine(kQuery),
          projectionLine(kKey),
          projectionLine(kValue),
          scoring.line(QCoreApplication::translate("HoodSheet", "score: how well both fit")),
          weighing.line(QCoreApplication::translate("HoodSheet", "attention; later tokens are masked")),
          output.line(QCoreApplication::translate("HoodSheet", "what the head hands on"))};
}

HoodSheet::Sum HoodSheet::headSum(int key) const {
  const HeadStep& head = step_.head;
  const std::size_t number = step_.choice.unit, looked = *step_.choice.looked;
  const QString from = tokenName(step_.choice.step), to = tokenName(looked);
  Sum sum;
  const auto addAll = [&](const std::vector<Term>& terms) {
    for (const Term& term : terms) {
      sum.bars.push_back(barOf(term));
      if (term.of == Term::Of::Token) sum.bars.back().key = static_cast<int>(term.index);
    }
  };
  const auto made = [&](const NumberTerms& projection) {
    addAll(projection.terms);
    sum.bars.push_back({QCoreApplication::translate("HoodSheet", "bias"), {}, projection.bias});
    double total = 0;
    for (const TermBar& bar : sum.bars) total += bar.value;
    sum.sentence = QCoreApplication::translate("HoodSheet", "%1 numbers sum to %2")
                       .arg(sum.bars.size())
                       .arg(formulaNumber(total));
  };
  if (key == kQuery) {
    sum.title = QCoreApplication::translate("HoodSheet", "Query of %1, number %2")
                    .arg(from, QString::number(number + 1));
    made(step_.query);
  } else if (key == kKey) {
    sum.title =
        QCoreApplication::translate("HoodSheet", "Key of %1, number %2").arg(to, QString::number(number + 1));
    made(step_.key);
  } else if (key == kValue) {
    sum.title = QCoreApplication::translate("HoodSheet", "Value of %1, number %2")
                    .arg(to, QString::number(number + 1));
    made(step_.value);
  } else if (key == kScore) {
    sum.title = QCoreApplication::translate("HoodSheet", "%1 looks at %2").arg(from, to);
    sum.sentence = QCoreApplication::translate(
                       "HoodSheet", "Products q × k / √d of the head's numbers sum to the score %1")
                       .arg(formulaNumber(head.scores(static_cast<Eigen::Index>(looked))));
    addAll(step_.scores);
  } else if (key == kWeight) {
    sum.title = QCoreApplication::translate("HoodSheet", "What %1 looks at").arg(from);
    sum.sentence =
        QCoreApplication::translate("HoodSheet", "All weights sum to 1. Click a token to see its numbers.");
    std::vector<Term> terms;
    for (Eigen::Index j = 0; j < head.weights.size(); ++j)
      terms.push_back({Term::Of::Token, static_cast<std::size_t>(j), head.weights(j), 1});
    sortBySize(terms);
    addAll(terms);
    for (TermBar& bar : sum.bars) bar.factors.clear();
  } else {
    sum.title = QCoreApplication::translate("HoodSheet", "Output of the head, number %1").arg(number + 1);
    sum.sentence = QCoreApplication::translate("HoodSheet", "Attention × value of each token sums to %1")
                       .arg(formulaNumber(at(head.output)));
    addAll(step_.outputs);
  }
  return sum;
}

}  // namespace lexarium

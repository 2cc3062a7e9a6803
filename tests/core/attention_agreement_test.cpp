// SPDX-License-Identifier: GPL-3.0-or-later
// Whether attention says what counted, by hand.
#include "core/analysis/attention_agreement.h"

#include <QTest>
#include <cmath>

using namespace lexarium;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Saliency saliencyOf(const Eigen::MatrixXd& scores) {
  Saliency saliency;
  saliency.scores = scores;
  saliency.input.resize(static_cast<std::size_t>(scores.rows()));
  saliency.output.resize(static_cast<std::size_t>(scores.cols()));
  return saliency;
}

AttentionHead headOf(const char* part, AttentionAxis queries, const Eigen::MatrixXf& weights) {
  return {{part, 0, 0}, AttentionAxis::Input, queries, weights};
}

}  // namespace

class AttentionAgreementTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void headsBetweenInputAndOutputAreAveraged() {
    AttentionTrace trace;
    Eigen::MatrixXf first(3, 2), second(3, 2);
    first << 1, 0, 0, 1, 0, 0;
    second << 0, 0.5F, 0.5F, 0.5F, 0.5F, 0;
    trace.heads = {headOf("encoder", AttentionAxis::Input, Eigen::MatrixXf::Ones(3, 3)),
                   headOf("cross", AttentionAxis::Output, first),
                   headOf("cross", AttentionAxis::Output, second)};
    const auto saliency = saliencyOf(Eigen::MatrixXd::Ones(3, 2));
    const Eigen::MatrixXd attention = attentionFor(trace, saliency);
    QCOMPARE(attention(0, 0), 0.5);
    QCOMPARE(attention(1, 0), 0.25);
    QCOMPARE(attention(1, 1), 0.75);
    // One look for all classes; hops as their mean.
    trace.heads = {headOf("memory", AttentionAxis::Hops, first)};
    QCOMPARE(attentionFor(trace, saliency)(0, 1), 0.5);
    trace.heads.clear();
    QVERIFY(attentionFor(trace, saliency).array().isNaN().all());
  }

  void ranksAreCompared() {
    Eigen::MatrixXd scores(4, 5);
    scores << 1, -4, 1, 1, kNone,  //
        2, 3, 1, kNone, kNone,     //
        -3, -2, 1, kNone, kNone,   //
        4, 1, 1, 2, kNone;
    Eigen::MatrixXd attention(4, 5);
    attention << 0.1, 0.1, 0.1, 0.5, 0.5,  //
        0.2, 0.2, 0.2, 0.2, 0.2,           //
        0.3, 0.3, 0.3, 0.3, 0.3,           //
        0.4, 0.4, 0.4, 0.4, 0.4;
    const auto agreement = agreementOf(attention, saliencyOf(scores));
    QCOMPARE(agreement[0], 1.0);   // by their size, not their sign
    QCOMPARE(agreement[1], -1.0);  // the other way round
    for (std::size_t o = 2; o < 5; ++o) QVERIFY(std::isnan(agreement[o]));
  }
};

QTEST_GUILESS_MAIN(AttentionAgreementTest)
#include "attention_agreement_test.moc"

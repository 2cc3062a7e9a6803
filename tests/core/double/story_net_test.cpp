// SPDX-License-Identifier: GPL-3.0-or-later
// The memory network against central differences, and against its formulae written out.
#include "core/models/story_net.h"

#include <QTest>
#include <cmath>

#include "core/autodiff/gradient_check.h"

using namespace lexarium;

class StoryNetTest : public QObject {
  Q_OBJECT

 private:
  static StoryShape shape(Index hops) {
    StoryShape shape;
    shape.words = 6;
    shape.answers = 3;
    shape.units = 4;
    shape.hops = hops;
    shape.sentences = 5;
    return shape;
  }
  static Sentences sentences(std::initializer_list<std::vector<TokenId>> all) {
    Sentences made;
    for (const auto& one : all) made.add(one);
    return made;
  }

 private Q_SLOTS:
  void gradientsAreRight_data() {
    QTest::addColumn<int>("hops");
    for (const int hops : {1, 2, 3}) QTest::addRow("%d hops", hops) << hops;
  }
  void gradientsAreRight() {
    QFETCH(int, hops);
    Parameters parameters;
    const StoryNet net(shape(hops), parameters);
    Rng rng(3);
    StoryNet::initialise(parameters, rng);
    for (double& value : parameters.values()) value *= 8;
    // Three sentences of two stories, one of them empty.
    const Sentences stories = sentences({{1, 2}, {3}, {4, 5, 1}, {}, {2, 2}, {0, 3}});
    const Sentences questions = sentences({{1, 4}, {5}});
    const std::uint32_t answers[] = {2, 0};
    const GradientCheck check = checkGradients(parameters, [&](Tape& tape) {
      return softmaxCrossEntropy(net.forward(tape, stories, questions, 2), answers);
    });
    QVERIFY2(check.worst < 1e-6, check.place.c_str());
    QVERIFY(check.nonZero * 3 > check.checked);
  }

  /// One hop by hand: equations 1 to 3 of Sukhbaatar et al. 2015.
  void oneHopAsWritten() {
    Parameters parameters;
    const StoryNet net(shape(1), parameters);
    Rng rng(5);
    StoryNet::initialise(parameters, rng);
    for (double& value : parameters.values()) value *= 8;
    const std::vector<std::vector<TokenId>> story{{1, 2, 3}, {4}};
    const std::vector<TokenId> question{5, 1};
    const auto weighted = [&](const char* table, const std::vector<TokenId>& words) {
      Eigen::VectorXd sum = Eigen::VectorXd::Zero(4);
      const auto length = static_cast<double>(words.size());
      for (std::size_t j = 1; j <= words.size(); ++j)
        for (Index k = 1; k <= 4; ++k) {
          const double l = (1 - static_cast<double>(j) / length) -
                           static_cast<double>(k) / 4 * (1 - 2 * static_cast<double>(j) / length);
          sum(k - 1) += l * parameters.value(*parameters.find(table))(k - 1, words[j - 1]);
        }
      return sum;
    };
    const auto timeOf = [&](const char* table, Index back) {
      return Eigen::VectorXd(parameters.value(*parameters.find(table)).col(back));
    };
    const Eigen::VectorXd u = weighted("memory0.words", question);
    Eigen::VectorXd scores(2), o = Eigen::VectorXd::Zero(4);
    for (Index i = 0; i < 2; ++i)
      scores(i) = u.dot(weighted("memory0.words", story[static_cast<std::size_t>(i)]) +
                        timeOf("memory0.times", 1 - i));
    const Eigen::VectorXd p =
        (scores.array() - scores.maxCoeff()).exp() / (scores.array() - scores.maxCoeff()).exp().sum();
    for (Index i = 0; i < 2; ++i)
      o += p(i) *
           (weighted("memory1.words", story[static_cast<std::size_t>(i)]) + timeOf("memory1.times", 1 - i));
    const Eigen::VectorXd expected = parameters.value(*parameters.find("output.weight")) * (u + o);
    Tape tape(parameters);
    const Matrix logits =
        net.forward(tape, sentences({story[0], story[1]}), sentences({question}), 1).value();
    QVERIFY((logits.col(0) - expected).cwiseAbs().maxCoeff() < 1e-10);
    QVERIFY((net.attention(tape, 0).col(0).cast<double>() - p).cwiseAbs().maxCoeff() < 1e-6);
  }
};

QTEST_GUILESS_MAIN(StoryNetTest)
#include "story_net_test.moc"

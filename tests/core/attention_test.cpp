// SPDX-License-Identifier: GPL-3.0-or-later
// Where a language model looks, what is left of it without some heads, and what is measured on such weights.
#include <QTest>
#include <cmath>

#include "core/analysis/attention_measures.h"
#include "core/analysis/head_step.h"
#include "core/models/learner.h"
#include "core/models/neural_model.h"
#include "core/models/transformer_session.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

const char* const kText = "w1 w2 w3 w4 w5 w6";

std::shared_ptr<const SequenceModel> trained(const std::string& id) {
  const ModelInfo& info = *findModel(id);
  const ParamSet params = with(ParamSet::defaultsOf(info.params), {{"tokens", std::string("characters")},
                                                                   {"dimensions", std::int64_t{12}},
                                                                   {"units", std::int64_t{12}},
                                                                   {"layers", std::int64_t{2}},
                                                                   {"heads", std::int64_t{3}},
                                                                   {"context", std::int64_t{20}},
                                                                   {"batch", std::int64_t{8}},
                                                                   {"learning_rate", 0.02}});
  const auto learner = info.create(circleCorpus(20, 600, 3), params, {.seed = 7});
  if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
  for (int i = 0; i < 40; ++i) learner->step();
  return asLanguageModel(learner->copyModel());
}

/// Its heads of that layer have values of 0: what they see is nothing.
std::shared_ptr<const NeuralModel> blind(const SequenceModel& other, std::size_t layer) {
  const auto& model = dynamic_cast<const NeuralModel&>(other);
  const auto& net = dynamic_cast<const TransformerNet&>(model.net());
  Parameters changed;
  net.declare(changed);
  std::copy(model.parameters().values().begin(), model.parameters().values().end(), changed.values().begin());
  const TransformerLinear& in = net.names().blocks[layer].in;
  changed.value(in.weights).bottomRows(net.keyRows()).setZero();
  changed.value(*in.bias).bottomRows(net.keyRows()).setZero();
  // model.net() is owned by the model, which outlives this one in these tests.
  return std::make_shared<const NeuralModel>(
      std::shared_ptr<const SequenceNet>(other.shared_from_this(), &net), other.tokenizer(), 1.0, changed);
}

Eigen::MatrixXf diagonal(Eigen::Index size) { return Eigen::MatrixXf::Identity(size, size); }

}  // namespace

class AttentionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void looksAsItsTraceSays() {
    const auto model = trained("transformer");
    const AttentionTrace seen = model->look({kText});
    const SequenceTrace trace = model->trace(kText);
    QCOMPARE(seen.input.size(), trace.ids.size());
    QCOMPARE(seen.heads.size(), std::size_t{6});
    QVERIFY(seen.output.empty() && std::isnan(seen.probabilities.front()));
    double sum = 0;
    for (std::size_t t = 1; t < trace.ids.size(); ++t) sum -= std::log(double(seen.probabilities[t]));
    QVERIFY(std::abs(seen.loss - sum / double(trace.ids.size() - 1)) < 1e-5);
    for (const AttentionHead& head : seen.heads) {
      QVERIFY(head.place.part == "self" && head.keys == AttentionAxis::Input);
      QCOMPARE(head.weights, trace.find("attention", head.place.layer, head.place.head)->values);
      QVERIFY(head.weights.colwise().sum().isOnes(1e-5f));
    }
    QVERIFY(model->look({""}).heads.empty());
  }

  void modelsWithoutAttentionSaySo() {
    const auto model = trained("gru");
    QVERIFY(model->heads().empty() && model->look({kText}).heads.empty());
    QVERIFY(model->look({kText}).loss > 0);
    const HeadPlace place{"self", 0, 0};
    QVERIFY(!model->without(std::span(&place, 1)));
  }

  void allHeadsOfALayerSilentIsNoAttentionThere() {
    const auto model = trained("transformer");
    for (const std::size_t layer : {0u, 1u}) {
      std::vector<HeadPlace> silent;
      for (const HeadPlace& place : model->heads())
        if (place.layer == layer) silent.push_back(place);
      QCOMPARE(silent.size(), std::size_t{3});
      const AttentionTrace without = model->without(silent)->look({kText});
      const AttentionTrace expected = blind(*model, layer)->look({kText});
      QVERIFY(std::abs(without.loss - expected.loss) < 1e-6);
      for (std::size_t t = 1; t < without.probabilities.size(); ++t)
        QVERIFY(std::abs(without.probabilities[t] - expected.probabilities[t]) < 1e-6f);
      QVERIFY(std::abs(without.loss - model->look({kText}).loss) > 1e-4);
    }
  }

  void oneSilentHeadLeavesTheOthersAsTheyAre() {
    const auto model = trained("transformer");
    const AttentionTrace before = model->look({kText});
    const HeadPlace place{"self", 1, 1}, nowhere{"cross", 0, 0}, beyond{"self", 7, 0};
    const AttentionTrace after = model->without(std::span(&place, 1))->look({kText});
    // The last layer's heads stand before what is silent.
    for (std::size_t i = 0; i < before.heads.size(); ++i)
      QCOMPARE(after.heads[i].weights, before.heads[i].weights);
    QVERIFY(after.loss != before.loss);
    QVERIFY(!model->without(std::span(&nowhere, 1)) && !model->without(std::span(&beyond, 1)));
    QVERIFY(!model->without({}));
    // Saved and loaded it is still without.
    const auto saved = loadTrainedModel(model->without(std::span(&place, 1))->save());
    QVERIFY(saved);
    QCOMPARE((*saved)->look({kText}).loss, after.loss);
  }

  void stagesAreThoseOfEveryStep() {
    const auto model = trained("transformer");
    const SequenceTrace trace = model->trace(kText);
    const HeadStages stages = headStages(*model, trace, 1, 2);
    for (std::size_t t = 0; t < trace.ids.size(); ++t) {
      const HeadStep step = headStep(*model, trace, 1, 2, t);
      const auto q = static_cast<Eigen::Index>(t);
      QVERIFY((stages.scores.col(q).head(q + 1) - step.scores).cwiseAbs().maxCoeff() < 1e-9);
      QVERIFY((stages.weights.col(q).head(q + 1) - step.weights).cwiseAbs().maxCoeff() < 1e-9);
      QVERIFY((stages.outputs.col(q) - step.output).cwiseAbs().maxCoeff() < 1e-9);
      QVERIFY((stages.products.col(q).head(q + 1) * step.scale - step.scores).cwiseAbs().maxCoeff() < 1e-9);
      for (Eigen::Index k = q + 1; k < stages.scores.rows(); ++k)
        QVERIFY(std::isnan(stages.scores(k, q)) && stages.weights(k, q) == 0 &&
                std::isfinite(stages.products(k, q)));
    }
    const auto& attention = trace.find("attention", 1, 2)->values;
    QVERIFY((stages.weights.cast<float>() - attention).cwiseAbs().maxCoeff() < 1e-4f);
  }

  void headsTogetherAreTheirMeanOrTheirMost() {
    Eigen::MatrixXf a = diagonal(2), b(2, 2);
    b << 0.25f, 0.5f, 0.75f, 0.5f;
    const Eigen::MatrixXf other = diagonal(3);
    const std::vector<const Eigen::MatrixXf*> heads{&a, &b, &other};
    QVERIFY(headsTogether(heads, HeadsTogether::Mean).isApprox((a + b) / 2));
    QVERIFY(headsTogether(heads, HeadsTogether::Most).isApprox(a.cwiseMax(b)));
    QVERIFY(headsTogether({}, HeadsTogether::Mean).size() == 0);
  }

  void spreadIsNothingAtOneTokenAndOneAtAllAlike() {
    QCOMPARE(attentionSpread(diagonal(4)), 0.0);
    QVERIFY(std::abs(attentionSpread(Eigen::MatrixXf::Constant(4, 3, 0.25f)) - 1) < 1e-6);
    // Causal: even over what may be seen. The first token has no choice and does not count.
    Eigen::MatrixXf causal = Eigen::MatrixXf::Zero(3, 3);
    for (Eigen::Index q = 0; q < 3; ++q) causal.col(q).head(q + 1).setConstant(1 / float(q + 1));
    QVERIFY(std::abs(attentionSpread(causal) - 1) < 1e-6);
    QCOMPARE(attentionSpread(Eigen::MatrixXf()), 0.0);
  }

  void diagonalsAreFound() {
    QVERIFY(std::abs(diagonalShare(diagonal(6), 0) - 1) < 1e-6);
    QVERIFY(std::abs(diagonalShare(diagonal(6).rowwise().reverse(), 0) - 1) < 1e-6);
    // Each looks at the token before it.
    Eigen::MatrixXf before = Eigen::MatrixXf::Zero(5, 5);
    before(0, 0) = 1;
    for (Eigen::Index q = 1; q < 5; ++q) before(q - 1, q) = 1;
    QVERIFY(std::abs(diagonalShare(before) - 1) < 1e-6);
    // Two source tokens for each target token.
    Eigen::MatrixXf wide = Eigen::MatrixXf::Zero(11, 6);
    for (Eigen::Index q = 0; q < 6; ++q) wide(2 * q, q) = 1;
    QVERIFY(std::abs(diagonalShare(wide, 0) - 1) < 1e-6);
    // Even weights: three of ten keys for most queries.
    const double even = diagonalShare(Eigen::MatrixXf::Constant(10, 10, 0.1f));
    QVERIFY2(even > 0.2 && even < 0.31, qPrintable(QString::number(even)));
    QCOMPARE(diagonalShare(Eigen::MatrixXf()), 0.0);
    QCOMPARE(diagonalShare(Eigen::MatrixXf::Zero(3, 3)), 0.0);
    QVERIFY(std::abs(diagonalShare(Eigen::MatrixXf::Ones(3, 1), 0) - 1.0 / 3) < 1e-6);
  }

  void changeIsHalfOfWhatMoved() {
    QCOMPARE(attentionChange(diagonal(3), diagonal(3)).value(), 0.0);
    QCOMPARE(attentionChange(diagonal(2), diagonal(2).rowwise().reverse()).value(), 1.0);
    QVERIFY(!attentionChange(diagonal(2), diagonal(3)) && !attentionChange({}, {}));
  }

  void differencesFollowTheTokens() {
    const std::vector<std::string> before{"the", "cat", "sat"}, after{"the", "old", "cat", "ran"};
    const auto places = sameTokens(after, before);
    QVERIFY(places[0] == 0u && !places[1] && places[2] == 1u && !places[3]);
    QVERIFY(sameTokens({}, before).empty());
    const Eigen::MatrixXf a = diagonal(3);
    const Eigen::MatrixXf b = Eigen::MatrixXf::Constant(4, 4, 0.25f);
    const Eigen::MatrixXf difference = attentionDifference(a, b, places, places);
    QCOMPARE(difference(0, 0), -0.75f);
    QCOMPARE(difference(2, 2), -0.75f);
    QCOMPARE(difference(0, 2), 0.25f);
    QVERIFY(std::isnan(difference(1, 1)) && std::isnan(difference(0, 3)) && std::isnan(difference(3, 0)));
  }
};

QTEST_APPLESS_MAIN(AttentionTest)
#include "attention_test.moc"

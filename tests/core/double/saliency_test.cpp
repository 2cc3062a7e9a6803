// SPDX-License-Identifier: GPL-3.0-or-later
// What counts for an output: gradients against central differences of the vectors, integrated gradients
// against their sum, a linear model against its closed form, occlusion against texts changed by hand.
#include "core/models/saliency.h"

#include <QTest>
#include <cmath>

#include "core/models/neural_model.h"
#include "core/models/pair_model.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"
#include "core/text/tokenizers.h"

using namespace lexarium;

static_assert(std::is_same_v<Real, double>);

namespace {

const char* const kText = "badcabed";

std::shared_ptr<const Tokenizer> letters() {
  const std::string_view all = "abcdefg";
  return *makeCharacterTokenizer(std::span(&all, 1), 100);
}

void shake(Parameters& parameters) {
  Rng rng(5);
  for (double& value : parameters.values()) value = (rng.uniform() - 0.5) * 1.6;
}

NetShape shapeOf(const std::string& kind, bool tied) {
  NetShape shape;
  shape.kind = kind;
  shape.vocabulary = static_cast<Index>(letters()->size());
  shape.dimensions = shape.units = 6;
  shape.layers = kind == "mlp" ? 1 : 2;
  shape.context = kind == "mlp" ? 3 : 12;
  shape.heads = shape.keyHeads = 3;
  shape.feedForward = 10;
  shape.tied = tied;
  return shape;
}

std::shared_ptr<const NeuralModel> languageModel(const NetShape& shape) {
  const auto net = makeSequenceNet(shape);
  Parameters parameters;
  net->declare(parameters);
  shake(parameters);
  return std::make_shared<const NeuralModel>(net, letters(), 1.0, parameters);
}

std::shared_ptr<const PairModel> pairModel(PairShape::Attention attention,
                                           PairShape::Kind kind = PairShape::Kind::Recurrent) {
  PairTokens tokens{letters(), letters()};
  PairShape shape;
  shape.attention = attention;
  shape.kind = kind;
  shape.heads = 2;
  shape.feedForward = 8;
  shape.sourceVocabulary = static_cast<Index>(tokens.source->size());
  shape.targetVocabulary = static_cast<Index>(tokens.targetVocabulary());
  shape.dimensions = shape.units = 6;
  Parameters parameters;
  const auto net = makePairNet(shape, parameters);
  shake(parameters);
  return std::make_shared<const PairModel>(shape, tokens, parameters);
}

ClassifierShape classifierShape(ClassifierShape::Kind kind, Index classes) {
  ClassifierShape shape;
  shape.kind = kind;
  shape.vocabulary = static_cast<Index>(letters()->size());
  shape.classes = classes;
  shape.longest = 10;
  shape.dimensions = 4;
  shape.units = 4;
  shape.heads = 2;
  shape.feedForward = 8;
  if (kind == ClassifierShape::Kind::Transformer) shape.pooling = ClassifierShape::Pooling::Last;
  return shape;
}

std::shared_ptr<const ClassifierModel> classifier(ClassifierShape::Kind kind, Index classes = 3) {
  const ClassifierShape shape = classifierShape(kind, classes);
  Parameters parameters;
  const ClassifierNet net(shape, parameters);
  shake(parameters);
  const std::vector<std::string> names{"x", "y", "z"};
  return std::make_shared<const ClassifierModel>(
      shape, letters(), std::vector(names.begin(), names.begin() + classes), parameters);
}

StoryWords storyWords() {
  StoryWords words;
  words.learn("Mary went to the garden. John took an apple where is");
  return words;
}

std::shared_ptr<const StoryModel> storyModel() {
  StoryShape shape;
  shape.words = static_cast<Index>(storyWords().size());
  shape.answers = 3;
  shape.units = 5;
  shape.hops = 2;
  shape.sentences = 4;
  Parameters parameters;
  const StoryNet net(shape, parameters);
  shake(parameters);
  return std::make_shared<const StoryModel>(shape, storyWords(), std::vector<std::string>{"a", "b", "c"},
                                            parameters);
}

const Reading kStory{"where is Mary", "", {"Mary went to the garden.", "John took an apple", "John went"}};

struct Asked {
  std::shared_ptr<const TrainedModel> model;
  Reading reading;
};

Asked askedOf(const std::string& name) {
  if (name == "additive") return {pairModel(PairShape::Attention::Additive), {"abcd", "dca"}};
  if (name == "dot") return {pairModel(PairShape::Attention::Dot), {"abcd", "dca"}};
  if (name == "encoder-decoder")
    return {pairModel(PairShape::Attention::Dot, PairShape::Kind::Transformer), {"abcd", "dca"}};
  if (name == "encoder") return {classifier(ClassifierShape::Kind::Transformer), {kText}};
  if (name == "flatten") return {classifier(ClassifierShape::Kind::Flatten), {kText}};
  if (name == "mean") return {classifier(ClassifierShape::Kind::Mean), {kText}};
  if (name == "cells") return {classifier(ClassifierShape::Kind::Lstm), {kText}};
  if (name == "story") return {storyModel(), kStory};
  const bool tied = name == "tied";
  return {languageModel(shapeOf(tied ? "transformer" : name, tied)), {kText}};
}

void networks() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"mlp", "rnn", "lstm", "gru", "transformer", "tied", "additive", "dot", "flatten",
                           "encoder-decoder", "encoder", "mean", "cells", "story"})
    QTest::newRow(name) << name;
}

/// Numbers that are some.
std::vector<double> column(const Saliency& saliency, Index output) {
  std::vector<double> scores;
  for (Index i = 0; i < saliency.scores.rows(); ++i)
    if (!std::isnan(saliency.scores(i, output))) scores.push_back(saliency.scores(i, output));
  return scores;
}

double sumOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

}  // namespace

class SaliencyTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// The scores sum to dF/ds at s = 1 of F(s x): a derivative that integration knows only by its ends.
  /// Here each letter by itself: its vector alone is made a little longer, by a letter that is used once.
  void gradientsAreRight() {
    for (const char* kind : {"lstm", "transformer", "mlp"}) {
      const NetShape shape = shapeOf(kind, false);
      const auto model = languageModel(shape);
      const Saliency said = model->explain({"abcdefg"}, {});
      QCOMPARE(said.scores.cols(), 7);
      const Index last = 6;
      double largest = 0;
      for (Index i = 0; i < 7; ++i) {
        std::vector<double> odds;
        for (const double by : {1e-5, -1e-5}) {
          Parameters moved;
          model->net().declare(moved);
          std::copy(model->parameters().values().begin(), model->parameters().values().end(),
                    moved.values().begin());
          const TokenId id = letters()->encode("abcdefg").ids[static_cast<std::size_t>(i)];
          moved.value(model->net().table()).col(static_cast<Index>(id)) *= 1 + by;
          Tape tape(moved);
          NetState state = model->net().zeroState(1);
          const auto ids = letters()->encode("abcdefg").ids;
          const Matrix logits = model->net().forward(tape, ids, 1, state).value();
          Index target = 0;
          logits.col(last).maxCoeff(&target);
          odds.push_back(logOddsOf(logits.col(last), target));
        }
        const double differences = (odds[0] - odds[1]) / 2e-5;
        QVERIFY2(near(said.scores(i, last), differences, 1e-7 * std::max(1.0, std::abs(differences))), kind);
        largest = std::max(largest, std::abs(differences));
      }
      QVERIFY(largest > 0.01);
    }
  }

  void gradientsAreTheSameAloneAndTogether_data() { networks(); }
  void gradientsAreTheSameAloneAndTogether() {
    QFETCH(QString, name);
    const Asked asked = askedOf(name.toStdString());
    const Saliency all = asked.model->explain(asked.reading, {});
    QVERIFY(!all.isEmpty() && all.output.size() >= 3);
    SaliencyQuery query;
    query.outputs = {1};
    const Saliency one = asked.model->explain(asked.reading, query);
    QVERIFY(std::isnan(one.logOdds[0]) && std::isnan(one.scores(0, 0)));
    QVERIFY(near(all.logOdds[1], one.logOdds[1], 1e-9));
    const auto first = column(all, 1), second = column(one, 1);
    QCOMPARE(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) QVERIFY(near(first[i], second[i], 1e-9));
    QVERIFY(std::abs(sumOf(first)) > 1e-6);
  }

  void integratedGradientsAreComplete_data() { networks(); }
  void integratedGradientsAreComplete() {
    QFETCH(QString, name);
    const Asked asked = askedOf(name.toStdString());
    SaliencyQuery query;
    query.method = SaliencyMethod::IntegratedGradients;
    query.tolerance = 1e-4;
    const Saliency said = asked.model->explain(asked.reading, query);
    QVERIFY(said.steps >= 8 && said.steps <= 256);
    QVERIFY(said.gap < 1e-2);
    bool moves = false;
    for (Index o = 0; o < said.scores.cols(); ++o) {
      const auto at = static_cast<std::size_t>(o);
      const double change = said.logOdds[at] - said.reference[at];
      QVERIFY(near(sumOf(column(said, o)), change, 1e-4 * std::max(1.0, std::abs(change)) + 1e-12));
      moves = moves || std::abs(change) > 1e-3;
    }
    QVERIFY(moves);
  }

  /// A mean of vectors and two classes: F = (w_1 - w_0) . mean + (b_1 - b_0).
  void aLinearModelHasAClosedForm() {
    const auto model = classifier(ClassifierShape::Kind::Mean, 2);
    const TensorSet saved = model->save();
    Parameters parameters;
    const ClassifierNet net(model->shape(), parameters);
    QVERIFY(parameters.load(saved, "net."));
    const Matrix w = parameters.value(*parameters.find("output.weight"));
    const Matrix b = parameters.value(*parameters.find("output.bias"));
    const Matrix table = parameters.value(net.table());
    const auto ids = letters()->encode(kText).ids;
    for (const auto method : {SaliencyMethod::GradientTimesInput, SaliencyMethod::IntegratedGradients}) {
      SaliencyQuery query;
      query.method = method;
      const Saliency said = model->explain({kText}, query);
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const double expected = (w.row(1) - w.row(0)).dot(table.col(static_cast<Index>(ids[i]))) /
                                static_cast<double>(ids.size());
        QVERIFY(near(said.scores(static_cast<Index>(i), 1), expected, 1e-10));
        QVERIFY(near(said.scores(static_cast<Index>(i), 0), -expected, 1e-10));
      }
      if (method == SaliencyMethod::IntegratedGradients) {
        QCOMPARE(said.steps, std::size_t{8});
        QVERIFY(near(said.reference[1], b(1, 0) - b(0, 0), 1e-12));
        QVERIFY(said.gap < 1e-10);
      }
    }
  }

  void leavingOutIsReadingTheRest() {
    SaliencyQuery query;
    query.method = SaliencyMethod::Occlusion;
    query.occludedBy = OccludedBy::Nothing;
    const auto sorts = classifier(ClassifierShape::Kind::Lstm);
    const Saliency whole = sorts->explain({"abc"}, query), rest = sorts->explain({"ac"}, query);
    QVERIFY(near(whole.scores(1, 2), whole.logOdds[2] - rest.logOdds[2], 1e-12));
    const auto speaks = languageModel(shapeOf("lstm", false));
    // "abcd" without c foretells d as "abd" does.
    const Saliency four = speaks->explain({"abcd"}, query), three = speaks->explain({"abd"}, query);
    QVERIFY(near(four.scores(2, 2), four.logOdds[2] - three.logOdds[1], 1e-12));
    QVERIFY(std::isnan(four.scores(2, 1)) && std::isnan(four.scores(1, 0)));
    const auto pairs = pairModel(PairShape::Attention::General);
    const Saliency long4 = pairs->explain({"abcd", "gf"}, query),
                   long3 = pairs->explain({"acd", "gf"}, query);
    QCOMPARE(long4.output.size(), std::size_t{3});
    for (std::size_t o = 0; o < 3; ++o)
      QVERIFY(near(long4.scores(1, static_cast<Index>(o)), long4.logOdds[o] - long3.logOdds[o], 1e-12));
    const auto stories = storyModel();
    Reading shorter = kStory;
    shorter.story.erase(shorter.story.begin() + 1);
    const Saliency told = stories->explain(kStory, query), tersely = stories->explain(shorter, query);
    for (std::size_t o = 0; o < 3; ++o)
      for (std::size_t p = 0; p < 3; ++p)
        if (told.output[o].label == tersely.output[p].label)
          QVERIFY(near(told.scores(1, static_cast<Index>(o)), told.logOdds[o] - tersely.logOdds[p], 1e-12));
  }

  /// Letters have no token for unknown ones: zeros stand in, so that a mean changes by just that vector.
  void zerosStandInForUnknown() {
    SaliencyQuery query;
    query.method = SaliencyMethod::Occlusion;
    const auto model = classifier(ClassifierShape::Kind::Mean, 2);
    const Saliency without = model->explain({kText}, query), gradients = model->explain({kText}, {});
    for (Index i = 0; i < without.scores.rows(); ++i)
      QVERIFY(near(without.scores(i, 1), gradients.scores(i, 1), 1e-10));
    QCOMPARE(without.input[0].label, std::string("b"));
    QCOMPARE(without.input[3].range.begin, std::size_t{3});
  }

  void stopsAndTakesAnything() {
    std::stop_source source;
    source.request_stop();
    for (const char* name : {"lstm", "additive", "cells", "story"}) {
      const Asked asked = askedOf(name);
      for (int method = 0; method < 3; ++method) {
        SaliencyQuery query;
        query.method = static_cast<SaliencyMethod>(method);
        QVERIFY(asked.model->explain(asked.reading, query, source.get_token()).isEmpty());
        for (const char* text : {"", "?", "a"}) {
          const Saliency said = asked.model->explain({text, "", {}}, query);
          QCOMPARE(static_cast<std::size_t>(said.scores.rows()), said.input.size());
          QCOMPARE(static_cast<std::size_t>(said.scores.cols()), said.output.size());
        }
        query.outputs = {99};
        QVERIFY(asked.model->explain(asked.reading, query).isEmpty());
      }
    }
  }

  void pointsOfIntegrationAreThoseOfGauss() {
    for (const std::size_t count : {1, 2, 8, 64}) {
      const Quadrature rule = gaussLegendre(count);
      // Exact for polynomials of degree 2 n - 1.
      const auto degree = static_cast<double>(2 * count - 1);
      double sum = 0, whole = 0;
      for (std::size_t i = 0; i < count; ++i) {
        sum += rule.weights[i] * std::pow(rule.points[i], degree);
        whole += rule.weights[i];
      }
      QVERIFY(near(sum, 1 / (degree + 1), 1e-13) && near(whole, 1, 1e-13));
    }
    QVERIFY(near(gaussLegendre(2).points[0], 0.5 - std::sqrt(3.0) / 6, 1e-14));
  }

  void oddsAreThose() {
    Vector logits(3);
    logits << 1, 2, 3;
    const double p = std::exp(2.0) / (std::exp(1.0) + std::exp(2.0) + std::exp(3.0));
    QVERIFY(near(logOddsOf(logits, 1), std::log(p / (1 - p)), 1e-12));
    logits << 1000, 0, -1000;
    QVERIFY(near(logOddsOf(logits, 0), 1000, 1e-9));
  }
};

QTEST_GUILESS_MAIN(SaliencyTest)
#include "saliency_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What models of tasks read, say and look at: tokens in their places, probabilities, weights that sum to 1.
#include <QTest>
#include <cmath>

#include "core/models/pair_learner.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_learner.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;

namespace {

std::shared_ptr<const TaskData> sample(const char* id, std::size_t count) {
  TaskData data = findTaskSample(id)->generate(3);
  data.examples.resize(std::min(count, data.examples.size()));
  return std::make_shared<const TaskData>(std::move(data));
}

/// A few steps of some learner.
template <class Learner, class Config>
std::unique_ptr<Learner> learned(const Config& config, const char* id, std::size_t count = 200) {
  auto learner = std::make_unique<Learner>(config);
  if (!learner->prepare(sample(id, count))) return nullptr;
  for (int i = 0; i < 5; ++i) learner->step();
  return learner;
}

std::string cut(const std::string& text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

/// Is the token where it says? Words are in lower case, and some stand for all that are not known.
bool standsThere(const std::string& text, const PlacedToken& token, const Tokenizer& tokenizer) {
  if (tokenizer.unknown() != kNoToken && token.label == tokenizer.label(tokenizer.unknown())) return true;
  return QString::fromStdString(cut(text, token.range)).toLower().toStdString() == token.label;
}

bool sumsToOne(const Eigen::MatrixXf& weights) {
  return weights.size() > 0 && ((weights.colwise().sum().array() - 1).abs() < 1e-5F).all();
}

PairConfig pairs(const char* tokens) {
  PairConfig config;
  config.shape.dimensions = config.shape.units = 16;
  config.data.tokens = tokens;
  config.data.vocabulary = 200;
  return config;
}

}  // namespace

class TaskLookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pairs_data() {
    QTest::addColumn<QString>("tokens");
    for (const char* tokens : {"characters", "words", "subwords"}) QTest::newRow(tokens) << tokens;
  }
  void pairs() {
    QFETCH(QString, tokens);
    const auto learner = learned<PairLearner>(::pairs(tokens.toUtf8().constData()), "translation", 400);
    QVERIFY(learner);
    const auto model = learner->model();
    const TaskExample& example = learner->data().task->examples[learner->data().splits.train[0]];
    for (const std::string& output : {std::string(), example.output}) {
      const AttentionTrace trace = model->look({example.input, output});
      QVERIFY(output.empty() || trace.outputText == output);
      QCOMPARE(trace.input.size(), model->tokens().readSource(example.input).size());
      QCOMPARE(trace.probabilities.size(), trace.output.size());
      QCOMPARE(trace.heads.size(), std::size_t{1});
      const AttentionHead& head = trace.heads[0];
      QVERIFY(head.place == (HeadPlace{"cross", 0, 0}) && head.keys == AttentionAxis::Input &&
              head.queries == AttentionAxis::Output);
      QCOMPARE(head.weights.rows(), static_cast<Index>(trace.input.size()));
      QCOMPARE(head.weights.cols(), static_cast<Index>(trace.output.size()));
      QVERIFY(sumsToOne(head.weights));
      std::uint64_t last = 0;
      for (const bool isSource : {true, false}) {
        last = 0;
        const std::string& text = isSource ? example.input : trace.outputText;
        for (const PlacedToken& token : isSource ? trace.input : trace.output) {
          QVERIFY(token.range.begin >= last && token.range.end >= token.range.begin);
          last = token.range.end;
          const auto& tokenizer = isSource ? *model->tokens().source : *model->tokens().target;
          if (tokens == "words" && token.label != "\u25A0") QVERIFY(standsThere(text, token, tokenizer));
        }
        QVERIFY(last <= text.size());
      }
      if (output.empty()) continue;
      // What it makes of what it is made to say is what align() finds.
      QCOMPARE(last, output.size());
      QCOMPARE(trace.output.back().label, std::string("\u25A0"));
      const Translation aligned = model->align(example.input, output);
      QVERIFY(std::abs(aligned.score + trace.loss) < 1e-5);
      QVERIFY(aligned.attention.isApprox(head.weights, 1e-4F));
    }
    // What it says by itself is what it translates.
    const Translation said = model->translate(example.input).front();
    const AttentionTrace own = model->look({example.input});
    QCOMPARE(own.outputText, said.text);
    QVERIFY(std::abs(own.loss + said.score) < 1e-4);
  }

  void oddPairsAreLookedAt() {
    const auto learner = learned<PairLearner>(::pairs("words"), "translation", 300);
    QVERIFY(learner);
    std::string endless;
    for (int i = 0; i < 3000; ++i) endless += "the ";
    for (const std::string& text : {std::string(), std::string(" "), std::string("\xFF qqq"), endless}) {
      for (const std::string& output : {std::string(), std::string(" "), std::string("\xFF zzz"), endless}) {
        const AttentionTrace trace = learner->model()->look({text, output});
        QVERIFY(!trace.input.empty() && trace.input.size() <= 256 && !trace.output.empty());
        QCOMPARE(trace.heads[0].weights.rows(), static_cast<Index>(trace.input.size()));
        QCOMPARE(trace.heads[0].weights.cols(), static_cast<Index>(trace.output.size()));
        QVERIFY(std::isfinite(trace.loss));
      }
    }
  }

  void withoutAttentionThereIsNothingToSee() {
    PairConfig config = ::pairs("characters");
    config.shape.attention = PairShape::Attention::None;
    const auto learner = learned<PairLearner>(config, "reversed");
    QVERIFY(learner && learner->model()->look({"123", "321"}).heads.empty());
    QCOMPARE(learner->model()->look({"123", "321"}).probabilities.size(), std::size_t{4});
    QVERIFY(learner->model()->heads().empty() && !learner->model()->without({}));
  }

  void allHeadsOfATransformerAreSeen() {
    PairConfig config = ::pairs("words");
    config.shape.kind = PairShape::Kind::Transformer;
    config.shape.layers = 2;
    config.shape.heads = 2;
    config.shape.feedForward = 16;
    const auto learner = learned<PairLearner>(config, "translation", 300);
    QVERIFY(learner);
    const auto model = learner->model();
    const TaskExample& example = learner->data().task->examples[learner->data().splits.train[0]];
    const AttentionTrace trace = model->look({example.input, example.output});
    const auto sources = static_cast<Index>(trace.input.size()),
               targets = static_cast<Index>(trace.output.size());
    QVERIFY(sources != targets);  // else a mistake would not be seen
    QCOMPARE(trace.heads.size(), std::size_t{3 * 2 * 2});
    QCOMPARE(model->heads().size(), trace.heads.size());
    for (std::size_t i = 0; i < trace.heads.size(); ++i) {
      const AttentionHead& head = trace.heads[i];
      QVERIFY(head.place == model->heads()[i]);
      const bool readsOnly = head.place.part == "encoder", saysOnly = head.place.part == "decoder";
      QCOMPARE(head.weights.rows(), saysOnly ? targets : sources);
      QCOMPARE(head.weights.cols(), readsOnly ? sources : targets);
      QVERIFY((head.keys == AttentionAxis::Output) == saysOnly);
      QVERIFY((head.queries == AttentionAxis::Input) == readsOnly);
      QVERIFY(sumsToOne(head.weights));
      if (!saysOnly) continue;
      // The first token comes after the beginning alone, whose place is that of the end; none is seen before
      // it is said.
      QCOMPARE(head.weights(targets - 1, 0), 1.0F);
      for (Index t = 0; t < targets; ++t)
        for (Index key = t; key < targets - 1; ++key) QCOMPARE(head.weights(key, t), 0.0F);
    }
    const Translation aligned = model->align(example.input, example.output);
    QCOMPARE(aligned.attention.rows(), sources);
    QVERIFY(std::abs(aligned.score + trace.loss) < 1e-5);
  }

  void headsAreSwitchedOff() {
    PairConfig pairConfig = ::pairs("characters");
    pairConfig.shape.kind = PairShape::Kind::Transformer;
    const auto pairLearner = learned<PairLearner>(pairConfig, "reversed");
    ClassifierConfig classConfig;
    classConfig.shape.kind = ClassifierShape::Kind::Transformer;
    classConfig.shape.pooling = ClassifierShape::Pooling::Last;
    const auto classLearner = learned<ClassifierLearner>(classConfig, "reviews");
    QVERIFY(pairLearner && classLearner);
    const std::vector<std::pair<std::shared_ptr<const TrainedModel>, Reading>> models{
        {pairLearner->model(), {"12345", "54321"}}, {classLearner->model(), {"the film was not bad"}}};
    for (const auto& [model, reading] : models) {
      const AttentionTrace before = model->look(reading);
      QVERIFY(!model->heads().empty() && !model->without({}));
      QVERIFY(!model->without(std::vector<HeadPlace>{{"self", 0, 0}, {"encoder", 9, 0}}));
      for (const HeadPlace& head : model->heads()) {
        const auto without = model->without(std::vector<HeadPlace>{head});
        QVERIFY(without);
        QVERIFY(without->look(reading).probabilities != before.probabilities);
      }
      QVERIFY(model->without(model->heads()));
      QCOMPARE(model->look(reading).probabilities, before.probabilities);  // it has not changed itself
      const auto loaded = loadTrainedModel(model->save());
      QVERIFY(loaded && (*loaded)->look(reading).probabilities == before.probabilities);
    }
    // A token that stands for the class comes after all others.
    const AttentionTrace classes = models[1].first->look(models[1].second);
    QCOMPARE(classes.input.back().label, std::string("[CLS]"));
    QCOMPARE(classes.heads[0].weights.rows(), static_cast<Index>(classes.input.size()));
  }

  void classes() {
    ClassifierConfig config;
    config.shape.dimensions = config.shape.units = 16;
    const auto learner = learned<ClassifierLearner>(config, "reviews");
    QVERIFY(learner);
    const auto model = learner->model();
    const std::string text = "the food was not good";
    const AttentionTrace trace = model->look({text});
    const Classification said = model->classify(text);
    QCOMPARE(trace.probabilities, said.probabilities);
    QCOMPARE(trace.outputText, model->labels()[said.label]);
    QCOMPARE(trace.output.size(), model->labels().size());
    QCOMPARE(trace.input.size(), said.tokens.size());
    for (const PlacedToken& token : trace.input) QVERIFY(standsThere(text, token, *model->tokenizer()));
    QCOMPARE(trace.heads.size(), std::size_t{1});
    QVERIFY(trace.heads[0].queries == AttentionAxis::Whole && trace.heads[0].place.part == "pooling");
    QCOMPARE(trace.heads[0].weights.cols(), Index{1});
    for (std::size_t i = 0; i < said.attention.size(); ++i)
      QCOMPARE(trace.heads[0].weights(static_cast<Index>(i), 0), said.attention[i]);
    const double other = model->look({text, model->labels()[1 - said.label]}).loss;
    QVERIFY(other > trace.loss && trace.loss > 0);
    QVERIFY(model->look({""}).input.size() == 1);
    config.shape.pooling = ClassifierShape::Pooling::Mean;
    QVERIFY(learned<ClassifierLearner>(config, "reviews")->model()->look({text}).heads.empty());
  }

  void stories() {
    StoryConfig config;
    config.shape.units = 16;
    config.shape.hops = 2;
    const auto learner = learned<StoryLearner>(config, "stories");
    QVERIFY(learner);
    const auto model = learner->model();
    const std::vector<std::string> story{"John went to the garden .", "Mary moved to the kitchen ."};
    const AttentionTrace trace = model->look({"where is mary ?", "", story});
    const StoryAnswer answer = model->answer(story, "where is mary ?");
    QCOMPARE(trace.outputText, answer.text);
    QCOMPARE(trace.probabilities, std::vector<float>{answer.probability});
    QCOMPARE(trace.input[1].label, story[1]);
    QVERIFY(trace.heads[0].queries == AttentionAxis::Hops && trace.heads[0].place.part == "memory");
    QCOMPARE(trace.heads[0].weights, answer.attention);
    QVERIFY(sumsToOne(trace.heads[0].weights));
    const auto& [text, p] = answer.others[1];
    const AttentionTrace second = model->look({"where is mary ?", text, story});
    QCOMPARE(second.probabilities[0], p);
    QVERIFY(std::abs(second.loss + std::log(p)) < 1e-5);
    const AttentionTrace unheard = model->look({"where is mary ?", "on the moon", story});
    QVERIFY(unheard.probabilities[0] == 0 && std::isfinite(unheard.loss));
    QCOMPARE(model->look({"", "", {}}).input.size(), std::size_t{1});
    QCOMPARE(model->look({"", "", std::vector<std::string>(99, "a b")}).input.size(), std::size_t{50});
  }
};

QTEST_GUILESS_MAIN(TaskLookTest)
#include "task_look_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What views of attention show, as plain values: parts and heads of any kind of model, moments of a run, the
// word that a token belongs to, examples, and two readings beside each other.
#include <QTest>
#include <cmath>

#include "ui/models/attention_moments.h"
#include "ui/models/attention_sheet.h"
#include "ui/models/counterfactual_model.h"
#include "ui/models/reading_examples.h"
#include "ui/models/word_at.h"

using namespace lexarium;

namespace {

using Kind = AttentionChoice::Kind;

Eigen::MatrixXf even(Eigen::Index keys, Eigen::Index queries) {
  return Eigen::MatrixXf::Constant(keys, queries, 1 / static_cast<float>(keys));
}

/// As an encoder-decoder of two layers with two heads each tells it: three tokens in, two out.
AttentionTrace pairTrace() {
  AttentionTrace trace;
  for (const char* label : {"3rd", " ", "May"}) trace.input.push_back({label});
  for (const char* label : {"05", "03"}) trace.output.push_back({label});
  trace.outputText = "05 03";
  trace.probabilities = {0.5f, 0.25f};
  for (const std::size_t layer : {0u, 1u}) {
    for (const std::size_t head : {0u, 1u}) {
      trace.heads.push_back(
          {{"encoder", layer, head}, AttentionAxis::Input, AttentionAxis::Input, even(3, 3)});
      trace.heads.push_back(
          {{"cross", layer, head}, AttentionAxis::Input, AttentionAxis::Output, even(3, 2)});
    }
  }
  return trace;
}

/// Looks at the input in one way or another, whatever it is given.
class FakeModel final : public TrainedModel {
 public:
  explicit FakeModel(Eigen::MatrixXf weights) : weights_(std::move(weights)) {}
  std::string modelId() const override { return "fake"; }
  TensorSet save() const override { return {}; }
  std::size_t memoryBytes() const override { return 0; }
  AttentionTrace look(const Reading&) const override {
    AttentionTrace trace;
    trace.loss = 1;
    trace.heads.push_back({{"pooling", 0, 0}, AttentionAxis::Input, AttentionAxis::Whole, weights_});
    return trace;
  }

 private:
  Eigen::MatrixXf weights_;
};

std::shared_ptr<const Corpus> corpusOf(const std::string& text) {
  auto corpus = corpusFromText("text", text, {});
  if (!corpus) qFatal("%s", corpus.error().message().c_str());
  return *corpus;
}

}  // namespace

class AttentionModelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void partsAndHeadsOfPairs() {
    const AttentionSheet sheet(pairTrace());
    QCOMPARE(sheet.parts(), (std::vector<std::string>{"cross", "encoder"}));
    // Four heads, two layers in two ways, all in two ways.
    QCOMPARE(sheet.choices("cross").size(), std::size_t{10});
    QCOMPARE(sheet.headsOf("cross", {Kind::LayerMost, 1, 0}).size(), std::size_t{2});
    QCOMPARE(sheet.headsOf("cross", {Kind::AllMean, 0, 0}).size(), std::size_t{4});
    QVERIFY(sheet.choices("memory").empty() && !sheet.nearest("memory", {}));
    QCOMPARE(*sheet.nearest("cross", {Kind::Head, 7, 7}), (AttentionChoice{Kind::Head, 0, 0}));
    const HeatmapData data = sheet.heatmap("cross", {Kind::Head, 1, 1}, false);
    QCOMPARE(data.rowCount(), Eigen::Index{2});
    QCOMPARE(data.rowName(0), QString("05"));
    QCOMPARE(data.columnName(2), QString("May"));
    QVERIFY(data.title.contains("Layer 2, head 2") && data.rowTitle.contains("Output") &&
            data.columnTitle.contains("Input"));
    QVERIFY(sheet.heatmap("self", {}, false).isEmpty());
  }

  void choicesAreKeptAsNumbers() {
    for (const AttentionChoice& choice : AttentionSheet(pairTrace()).choices("encoder"))
      QCOMPARE(AttentionChoice::fromCode(choice.code()), choice);
    QCOMPARE(AttentionChoice::fromCode(-5).layer, std::size_t{0});
    AttentionChoice::fromCode(2'000'000'000);
  }

  void aClassifierAndAStoryHaveNamesToo() {
    AttentionTrace trace;
    for (const char* sentence : {"Mary went home.", "John slept."}) trace.input.push_back({sentence});
    trace.heads.push_back({{"memory", 0, 0}, AttentionAxis::Input, AttentionAxis::Hops, even(2, 3)});
    trace.heads.push_back({{"pooling", 0, 0}, AttentionAxis::Input, AttentionAxis::Whole, even(2, 1)});
    const AttentionSheet sheet(trace);
    QCOMPARE(sheet.parts().front(), std::string("pooling"));
    QCOMPARE(sheet.names(AttentionAxis::Hops).size(), std::size_t{3});
    QCOMPARE(sheet.heatmap("memory", {}, true).rowCount(), Eigen::Index{3});
    QCOMPARE(sheet.heatmap("pooling", {}, true).rowCount(), Eigen::Index{1});
    QCOMPARE(sheet.choices("memory").size(), std::size_t{1});
  }

  void momentsAreSpreadAndCompared() {
    std::vector<ModelMoment> all;
    for (std::uint64_t step = 0; step < 100; ++step)
      all.push_back({step, step % 10 == 5 ? nullptr : std::make_shared<FakeModel>(even(4, 1))});
    const auto spread = spreadMoments(all, 7);
    QCOMPARE(spread.size(), std::size_t{7});
    QVERIFY(spread.front().step == 0 && spread.back().step == 99);
    QCOMPARE(spreadMoments(all, 1000).size(), std::size_t{90});
    QVERIFY(spreadMoments({}, 7).empty());

    Eigen::MatrixXf sharp = Eigen::MatrixXf::Zero(4, 1);
    sharp(2, 0) = 1;
    std::vector<AttentionMoment> seen;
    for (const auto& weights : {even(4, 1), even(4, 1), sharp, sharp, even(3, 1)})
      seen.push_back(
          attentionMoment({seen.size(), std::make_shared<FakeModel>(weights)}, {"x"}, "cross", {}));
    QVERIFY(std::abs(seen[0].spread - 1) < 1e-6 && seen[2].spread == 0 && seen[0].loss == 1);
    QCOMPARE(largestChange(seen), std::optional<std::size_t>(2));
    QVERIFY(!largestChange(std::span(seen).first(2)));
    QVERIFY(!largestChange(std::span(seen).last(2)));  // another shape cannot be compared
  }

  void tokensBelongToWords() {
    const auto corpus = corpusOf("The old king sat. The king's men slept in the castle.");
    const Vocabulary& words = corpus->vocabulary();
    const std::string text = "a king  slept";
    const auto word = [&](std::uint64_t begin, std::uint64_t end) {
      const auto id = wordAt(words, text, {begin, end});
      return id ? std::string(words.word(*id)) : std::string();
    };
    QCOMPARE(word(2, 6), std::string("king"));
    QCOMPARE(word(3, 4), std::string("king"));  // a letter of it
    QCOMPARE(word(1, 6), std::string("king"));  // with the space before it
    QCOMPARE(word(6, 8), std::string());        // spaces
    QCOMPARE(word(8, 9), std::string("slept"));
    QCOMPARE(word(0, 1), std::string());  // not in the text
    QVERIFY(!wordAt(words, text, {100, 200}));
  }

  void tokensBelongToChineseWords() {
    const auto corpus = corpusOf("小狗在花园里跑。小狗喜欢花园。");
    const std::string text = "大小狗在";
    const auto id = wordAt(corpus->vocabulary(), text, {6, 9});  // 狗
    QVERIFY(id);
    QCOMPARE(std::string(corpus->vocabulary().word(*id)), std::string("小狗"));
    // In the middle of a character it is that character.
    QCOMPARE(wordAt(corpus->vocabulary(), text, {7, 8}), id);
  }

  void examplesAreWholeSentences() {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "The dog number " + std::to_string(i) + " ran to the park. ";
    const auto corpus = corpusOf(text);
    const auto examples = readingExamples(corpus.get(), 10);
    QCOMPARE(examples.size(), std::size_t{10});
    for (const Reading& example : examples) {
      QVERIFY2(QString::fromStdString(example.input).startsWith("The dog number 2"), example.input.c_str());
      QVERIFY(example.input.ends_with("park."));
    }
    QCOMPARE(readingExamples(nullptr, 5).size(), std::size_t{1});
    QCOMPARE(readingExamples(corpusOf("Yes. No.").get(), 5).size(), std::size_t{1});
  }

  void twoReadingsStandInOneTable() {
    AttentionTrace before = pairTrace(), after = pairTrace();
    after.output[1].label = "04";
    after.probabilities = {0.75f, 0.5f};
    CounterfactualModel model;
    model.setTraces(before, after);
    QCOMPARE(model.rowCount(), 3);
    const auto text = [&](int row, int column) {
      return model.data(model.index(row, column), Qt::DisplayRole).toString();
    };
    QCOMPARE(text(0, CounterfactualModel::kToken), QString("05"));
    QCOMPARE(text(0, CounterfactualModel::kChange), QString("+25 %"));
    QCOMPARE(model.rows()[1].token, QString("04"));
    QVERIFY(!model.rows()[1].before && model.rows()[2].before && !model.rows()[2].after);
    QCOMPARE(text(1, CounterfactualModel::kChange), QString("new"));
    QCOMPARE(text(2, CounterfactualModel::kChange), QString("gone"));
    model.setTraces(before, before);
    QCOMPARE(text(0, CounterfactualModel::kChange), QString("="));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
  }
};

QTEST_MAIN(AttentionModelsTest)
#include "attention_models_test.moc"

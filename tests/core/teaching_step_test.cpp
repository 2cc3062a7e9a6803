// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/teaching_step.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/models/learner.h"
#include "core/text/samples.h"

using namespace lexarium;

namespace {

constexpr double kRate = 0.05;
constexpr double kClose = 1e-6;

std::shared_ptr<const Corpus> sampleCorpus() {
  static const auto corpus = *loadSample(samples().front());
  return corpus;
}

struct Setting {
  ParamSet params;
  std::unique_ptr<Learner> learner;
  std::shared_ptr<const TeachingSampler> sampler;
};

/// A model that has learned for a while, and what picks examples for it.
Setting trained(const std::string& model, const char* objective = nullptr, bool shared = true) {
  Setting setting;
  setting.params = presetFor(*findModel(model), *sampleCorpus());
  if (objective) setting.params.set("objective", ParamValue(std::string(objective)));
  if (model == "skip-gram") setting.params.set("share_negatives", ParamValue(shared));
  Execution execution;
  execution.mode = Execution::Mode::Reproducible;
  setting.learner = findModel(model)->create(sampleCorpus(), setting.params, execution);
  if (!setting.learner->prepare({})) return {};
  for (int i = 0; i < 30; ++i) setting.learner->step();
  setting.sampler = *TeachingSampler::create(model, setting.params, sampleCorpus());
  return setting;
}

RowTable tableOf(const Matrix& columns) {
  RowTable table(static_cast<std::size_t>(columns.cols()), static_cast<std::size_t>(columns.rows()));
  for (Eigen::Index i = 0; i < columns.cols(); ++i)
    std::copy_n(columns.col(i).data(), columns.rows(), table.row(static_cast<std::size_t>(i)));
  return table;
}

double difference(const RowTable& table, Eigen::Index row, const Numbers& expected) {
  double largest = 0;
  for (Eigen::Index k = 0; k < expected.size(); ++k) {
    const double is = table.row(static_cast<std::size_t>(row))[k];
    largest = std::max(largest, std::abs(is - expected[k]) / std::max(1.0, std::abs(expected[k])));
  }
  return largest;
}

std::uint32_t column(Eigen::Index index) { return static_cast<std::uint32_t>(index); }

}  // namespace

/// The step that is shown is the step that the training kernels take.
class TeachingStepTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void predictionsMoveRowsAsTheKernelsDo_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("objective");
    QTest::addColumn<bool>("shared");
    for (const char* model : {"skip-gram", "cbow"})
      for (const char* objective : {"negative-sampling", "hierarchical-softmax"})
        QTest::addRow("%s, %s", model, objective) << model << objective << (model[0] == 's');
    QTest::addRow("skip-gram, own negatives") << "skip-gram"
                                              << "negative-sampling" << false;
  }
  void predictionsMoveRowsAsTheKernelsDo() {
    QFETCH(QString, model);
    QFETCH(QString, objective);
    QFETCH(bool, shared);
    const Setting setting = trained(model.toStdString(), objective.toStdString().c_str(), shared);
    QVERIFY(setting.sampler);
    Rng rng(3);
    std::size_t others = 0;
    for (int round = 0; round < 50; ++round) {
      const auto pair = setting.sampler->pick(rng, std::nullopt, std::nullopt);
      QVERIFY(pair);
      ModelRows rows;
      setting.learner->copyRows(pair->rows(), rows);
      const auto trace = tracePrediction(*pair, rows, kRate);
      QVERIFY(trace);

      RowTable input = tableOf(rows.input), output = tableOf(rows.output);
      std::vector<Target> targets;
      for (const Target& target : pair->targets)
        targets.push_back({column(rows.columnOfOutput(target.row)), target.sign});
      LossSum loss;
      if (shared) {
        std::vector<std::uint32_t> inputs{column(rows.columnOfWord(pair->centre))};
        for (const TokenId word : pair->others) inputs.push_back(column(rows.columnOfWord(word)));
        others += pair->others.size();
        learnShared(input, inputs, output, targets, static_cast<Real>(kRate), loss);
      } else if (model == "skip-gram") {
        QVERIFY(pair->others.empty());
        Real* row = input.row(column(rows.columnOfWord(pair->centre)));
        learnTargets(row, row, output, targets, static_cast<Real>(kRate), loss);
      } else {
        std::vector<std::uint32_t> context;
        for (const TokenId word : pair->context) context.push_back(column(rows.columnOfWord(word)));
        const auto hidden = makeAlignedReals(input.stride()), change = makeAlignedReals(input.stride());
        averageRows(input, context, hidden.get());
        learnTargets(hidden.get(), change.get(), output, targets, static_cast<Real>(kRate), loss);
        addToRows(input, context, Real{1} / static_cast<Real>(context.size()), change.get());
      }
      const double whole = loss.take();
      QVERIFY(pair->others.empty() ? std::abs(whole - trace->loss) < kClose * (1 + trace->loss)
                                   : whole > trace->loss);
      for (const TracedRow& row : trace->inputs) {
        QVERIFY((row.after - row.before).norm() > 0);
        QVERIFY(difference(input, rows.columnOfWord(row.row), row.after) < kClose);
      }
      for (const TracedRow& row : trace->outputs)
        QVERIFY(difference(output, rows.columnOfOutput(row.row), row.after) < kClose);
    }
    QVERIFY(shared == (others > 0));
  }

  void cellsMoveRowsAsTheKernelDoes() {
    const Setting setting = trained("glove");
    QVERIFY(setting.sampler);
    Rng rng(4);
    for (int round = 0; round < 50; ++round) {
      const auto pair = setting.sampler->pick(rng, std::nullopt, std::nullopt);
      QVERIFY(pair && pair->count > 0 && pair->weight > 0 && pair->weight <= 1);
      ModelRows rows;
      setting.learner->copyRows(pair->rows(), rows);
      const auto trace = traceCell(*pair, rows, kRate);
      QVERIFY(trace);
      const std::size_t d = setting.learner->dimensions();
      GloveTables tables(1, d, 1);
      const auto fill = [&](RowTable& table, std::size_t bias, const TracedCellSide& side) {
        for (std::size_t k = 0; k <= d; ++k) {
          const std::size_t place = k < d ? k : bias;
          table.row(0)[place] = static_cast<Real>(side.before[static_cast<Eigen::Index>(k)]);
          table.row(0)[tables.half + place] =
              static_cast<Real>(side.squaresBefore[static_cast<Eigen::Index>(k)]);
        }
      };
      fill(tables.words, d, trace->word);
      fill(tables.contexts, d + 1, trace->context);
      const Real loss = learnCell(tables, 0, 0, static_cast<Real>(std::log(pair->count)),
                                  static_cast<Real>(pair->weight), static_cast<Real>(kRate));
      QVERIFY(std::abs(loss - trace->loss) < 1e-5 * (1 + trace->loss));
      const auto check = [&](const RowTable& table, std::size_t bias, const TracedCellSide& side) {
        for (std::size_t k = 0; k <= d; ++k) {
          const std::size_t place = k < d ? k : bias;
          const auto index = static_cast<Eigen::Index>(k);
          QVERIFY(std::abs(table.row(0)[place] - side.after[index]) <
                  kClose * (1 + std::abs(side.after[index])));
          QVERIFY(std::abs(table.row(0)[tables.half + place] - side.squaresAfter[index]) <
                  1e-5 * side.squaresAfter[index]);
        }
      };
      check(tables.words, d, trace->word);
      check(tables.contexts, d + 1, trace->context);
    }
  }

  void theGradientIsThatOfTheLoss() {
    // Central differences of L by h and by one v'.
    const Setting setting = trained("skip-gram");
    Rng rng(5);
    const auto pair = setting.sampler->pick(rng, std::nullopt, std::nullopt);
    ModelRows rows;
    setting.learner->copyRows(pair->rows(), rows);
    const auto trace = tracePrediction(*pair, rows, kRate);
    const auto lossAt = [&](const Numbers& hidden) {
      double loss = 0;
      for (const TracedTarget& target : trace->targets)
        loss += std::log1p(std::exp(-target.target.sign * target.row.dot(hidden)));
      return loss;
    };
    QVERIFY(std::abs(lossAt(trace->hidden) - trace->loss) < 1e-9);
    constexpr double kStep = 1e-5;
    for (Eigen::Index k = 0; k < trace->hidden.size(); ++k) {
      Numbers up = trace->hidden, down = trace->hidden;
      up[k] += kStep;
      down[k] -= kStep;
      const double slope = (lossAt(up) - lossAt(down)) / (2 * kStep);
      QVERIFY(std::abs(slope - trace->hiddenGradient[k]) < 1e-6);
    }
  }

  void aNegativeThatIsDrawnTwiceCountsTwice() {
    TeachingPair pair;
    pair.centre = 0;
    pair.context = {1};
    pair.targets = {{1, 1}, {2, -1}, {2, -1}};
    ModelRows rows;
    rows.words = {0};
    rows.outputs = {1, 2};
    rows.input = (Matrix(2, 1) << 1, 2).finished();
    rows.output = (Matrix(2, 2) << 0.5F, 0.1F, -0.5F, 0.2F).finished();
    const auto trace = tracePrediction(pair, rows, 0.1);
    QCOMPARE(trace->targets.size(), std::size_t{3});
    QCOMPARE(trace->outputs.size(), std::size_t{2});
    const Numbers moved = trace->outputs[1].after - trace->outputs[1].before;
    QVERIFY((moved + 0.1 * 2 * trace->targets[1].error * trace->hidden).norm() < 1e-12);
    // A row that is missing gives no trace.
    rows.outputs = {1, 7};
    QVERIFY(!tracePrediction(pair, rows, 0.1));
    QVERIFY(!traceCell(pair, rows, 0.1));
  }

  void noiseWordsFollowTheModelsDistribution() {
    const Setting setting = trained("skip-gram");
    Rng rng(6);
    std::map<std::uint32_t, double> drawn;
    double all = 0;
    for (int round = 0; round < 4000; ++round) {
      const auto pair = setting.sampler->pick(rng, std::nullopt, std::nullopt);
      QVERIFY(pair->targets.front().sign > 0 && pair->targets.front().row == pair->predicted());
      for (std::size_t k = 1; k < pair->targets.size(); ++k) {
        QVERIFY(pair->targets[k].sign < 0 && pair->targets[k].row != pair->predicted());
        ++drawn[pair->targets[k].row];
        ++all;
      }
    }
    const auto weights = noiseWeights(sampleCorpus()->vocabulary().counts().first(setting.sampler->words()));
    double sum = 0;
    for (const double weight : weights) sum += weight;
    for (std::uint32_t word = 0; word < 5; ++word) {
      const double expected = all * weights[word] / sum;
      QVERIFY(std::abs(drawn[word] - expected) < 6 * std::sqrt(expected) + 0.1 * expected);
    }
  }

  void picksAroundTheWordsAskedFor() {
    const Setting setting = trained("skip-gram");
    const Corpus& corpus = *sampleCorpus();
    Rng rng(7);
    int together = 0;
    for (int round = 0; round < 30; ++round) {
      const TokenId word = 40;
      const auto pair = setting.sampler->pick(rng, word, std::nullopt);
      QVERIFY(pair);
      QCOMPARE(pair->predicted(), word);  // by the words around it
      QCOMPARE(corpus.tokens()[pair->centrePlace], pair->centre);
      QCOMPARE(corpus.tokens()[pair->contextPlaces.front()], pair->context.front());
      QVERIFY(pair->contextPlaces.front() != pair->centrePlace);
      const auto both = setting.sampler->pick(rng, word, pair->centre);
      if (!both) continue;  // a window that only thinning out had made short enough
      ++together;
      QCOMPARE(both->predicted(), word);
      QCOMPARE(both->centre, pair->centre);
    }
    QVERIFY(together > 15);
    const auto beyond = static_cast<TokenId>(setting.sampler->words());
    QVERIFY(!setting.sampler->pick(rng, beyond, std::nullopt));
    QVERIFY(!TeachingSampler::create("lstm", setting.params, sampleCorpus()));
  }

  void tinyTextsAreAnswered() {
    const auto corpus = *corpusFromText("tiny", "a b", {});
    ParamSet params = presetFor(*findModel("cbow"), *corpus);
    const auto sampler = TeachingSampler::create("cbow", params, corpus);
    QVERIFY(sampler);
    Rng rng(1);
    const auto pair = (*sampler)->pick(rng, std::nullopt, std::nullopt);
    QVERIFY(pair && pair->context.size() == 1);
    params.set("cross_sentences", ParamValue(false));
    const auto alone = *corpusFromText("tiny", "Go on. Go on. Stop.", {});
    const auto three = TeachingSampler::create("skip-gram", params, alone);
    const auto nothing = (*three)->pick(rng, alone->vocabulary().find("stop"), std::nullopt);
    QVERIFY(!nothing && !nothing.error().what.empty());
    const auto never = (*three)->pick(rng, alone->vocabulary().find("stop"), alone->vocabulary().find("go"));
    QVERIFY(!never);
  }
};

QTEST_GUILESS_MAIN(TeachingStepTest)
#include "teaching_step_test.moc"

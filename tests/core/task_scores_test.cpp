// SPDX-License-Identifier: GPL-3.0-or-later
// BLEU as sacrebleu computes it, scores of classes by hand, and the built-in samples of tasks.
#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <map>

#include "core/tasks/bleu.h"
#include "core/tasks/classification.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;
using Words = std::vector<std::string>;

class TaskScoresTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tokensAsMteval13a() {
    const auto cut = [](const char* text) { return bleuTokens(text, BleuTokens::International13a); };
    QCOMPARE(cut("It wasn't surprising."), (Words{"It", "wasn't", "surprising", "."}));
    QCOMPARE(cut("1,000.5 dogs, 3-4 cats"), (Words{"1,000.5", "dogs", ",", "3", "-", "4", "cats"}));
    QCOMPARE(cut("&quot;a&quot; (b) &amp; c/d"), (Words{"\"", "a", "\"", "(", "b", ")", "&", "c", "/", "d"}));
    QCOMPARE(cut("état."), (Words{"état", "."}));
    QVERIFY(cut("  ").empty());
    QCOMPARE(bleuTokens("我 爱你。", BleuTokens::Characters), (Words{"我", "爱", "你", "。"}));
    QCOMPARE(bleuTokensFor(Words{"我爱你。"}), BleuTokens::Characters);
    QCOMPARE(bleuTokensFor(Words{"Je t'aime."}), BleuTokens::International13a);
  }

  /// The example of sacrebleu's README (github.com/mjpost/sacrebleu): 48.53 82.4/50.0/45.5/37.5.
  void bleuAsSacrebleu() {
    const Words said{"The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."};
    const std::vector<Words> references{{"The dog bit the man.", "The dog had bit the man."},
                                        {"It was not unexpected.", "No one was surprised."},
                                        {"The man bit him first.", "The man had bitten the dog."}};
    const Bleu bleu = bleuOf(said, references, BleuTokens::International13a);
    QCOMPARE(QString::number(bleu.score, 'f', 2), QString("48.53"));
    QCOMPARE(QString::number(bleu.precisions[0], 'f', 1), QString("82.4"));
    QCOMPARE(QString::number(bleu.precisions[1], 'f', 1), QString("50.0"));
    QCOMPARE(QString::number(bleu.precisions[2], 'f', 1), QString("45.5"));
    QCOMPARE(QString::number(bleu.precisions[3], 'f', 1), QString("37.5"));
    QCOMPARE(QString::number(bleu.brevityPenalty, 'f', 3), QString("0.943"));
    QCOMPARE(bleu.said, std::uint64_t{17});
    QCOMPARE(bleu.expected, std::uint64_t{18});
  }

  void bleuOfTheSameIsAHundred() {
    const Words said{"a b c d e", "f g h i"};
    QVERIFY(
        std::abs(bleuOf(said, std::vector<Words>{{said[0]}, {said[1]}}, BleuTokens::International13a).score -
                 100) < 1e-9);
    QCOMPARE(bleuOf(Words{"x"}, std::vector<Words>{{"y"}}, BleuTokens::International13a).score, 0.0);
    QCOMPARE(bleuOf(Words{""}, std::vector<Words>{{"a b c d"}}, BleuTokens::International13a).score, 0.0);
    QCOMPARE(bleuOf({}, {}, BleuTokens::International13a).score, 0.0);
  }

  void scoresOfClasses() {
    Eigen::MatrixXf probabilities(2, 4);
    probabilities << 0.95F, 0.8F, 0.25F, 0.35F,  //
        0.05F, 0.2F, 0.75F, 0.65F;
    const std::vector<std::uint32_t> labels{0, 1, 1, 0};
    const ClassificationScores scores = scoresOf(probabilities, labels);
    QCOMPARE(scores.accuracy, 0.5);
    QCOMPARE(scores.confusion(1, 0), 1.0);
    QCOMPARE(scores.precision[0], 0.5);
    QCOMPARE(scores.recall[1], 0.5);
    QCOMPARE(scores.macroF1, 0.5);
    // |0.95 - 1| + |0.8 - 0| + |0.75 - 1| + |0.65 - 0|, a quarter each.
    QVERIFY(std::abs(scores.calibrationError - (0.05 + 0.8 + 0.25 + 0.65) / 4) < 1e-6);
    QCOMPARE(scoresOf(Eigen::MatrixXf(2, 0), {}).accuracy, 0.0);
  }

  void samplesAreTheSameForASeed_data() {
    QTest::addColumn<QString>("id");
    for (const TaskSample& sample : taskSamples())
      QTest::newRow(sample.id.c_str()) << QString::fromStdString(sample.id);
  }
  void samplesAreTheSameForASeed() {
    QFETCH(QString, id);
    const TaskSample& sample = *findTaskSample(id.toStdString());
    const TaskData data = sample.generate(7), again = sample.generate(7), other = sample.generate(8);
    QVERIFY2(data.examples.size() >= 5000, qPrintable(QString::number(data.examples.size())));
    QCOMPARE(again.examples.size(), data.examples.size());
    std::size_t same = 0;
    for (std::size_t i = 0; i < std::min(data.examples.size(), other.examples.size()); ++i) {
      QCOMPARE(again.examples[i].input, data.examples[i].input);
      QCOMPARE(again.examples[i].output, data.examples[i].output);
      QVERIFY(!data.examples[i].input.empty() && !data.examples[i].output.empty());
      same += data.examples[i].input == other.examples[i].input ? 1 : 0;
    }
    QVERIFY(same * 2 < data.examples.size());
    if (data.kind == TaskKind::Labels) {
      std::map<std::string, std::size_t> classes;
      for (const TaskExample& example : data.examples) {
        QCOMPARE(data.labels[example.label], example.output);
        ++classes[example.output];
      }
      for (const auto& [name, count] : classes) QVERIFY(count * 3 > data.examples.size());
    }
    for (const TaskExample& example : data.examples) {
      for (const std::uint32_t sentence : example.support) QVERIFY(sentence < example.story.size());
      // The sentence that was told last of the room holds the answer.
      if (data.kind == TaskKind::Stories)
        QVERIFY(std::any_of(example.support.begin(), example.support.end(), [&](std::uint32_t sentence) {
          return example.story[sentence].find(example.output) != std::string::npos;
        }));
    }
  }

  void datesAreRight() {
    static const QRegularExpression iso("^(19|20)\\d\\d-[01]\\d-[0-3]\\d$");
    for (const TaskExample& example : findTaskSample("dates")->generate(1).examples) {
      const QString date = QString::fromStdString(example.output);
      QVERIFY(iso.match(date).hasMatch() && QDate::fromString(date, Qt::ISODate).isValid());
      const QString input = QString::fromStdString(example.input).toLower();
      const QLocale english(QLocale::English);
      // A weekday that is named is the day's own.
      for (int day = 1; day <= 7; ++day)
        if (input.contains(english.dayName(day).toLower()))
          QCOMPARE(QDate::fromString(date, Qt::ISODate).dayOfWeek(), day);
    }
  }
};

QTEST_GUILESS_MAIN(TaskScoresTest)
#include "task_scores_test.moc"

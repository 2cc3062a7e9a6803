// SPDX-License-Identifier: GPL-3.0-or-later
// What stands under the loss curve when something is to be done, and that its buttons do it.
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "ui/session/session.h"
#include "ui/views/loss_view.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

struct Program {
  QTemporaryDir folder;
  Session session{folder.filePath("settings.json")};
  LossView view{session};

  Program() {
    view.resize(900, 400);
    view.show();
  }
  bool open(const QString& text) {
    session.openText("text", text);
    return QTest::qWaitFor([this] { return session.corpus() != nullptr; }, kPatience);
  }
  RunConfig config(const char* model) const {
    return {model, presetFor(*findModel(model), *session.corpus()), {.mode = Execution::Mode::Reproducible}};
  }
  QPushButton* button(const char* name) const { return view.findChild<QPushButton*>(name); }
  QString sentence() const { return view.findChild<QLabel*>("lossAdvice")->text(); }
  const Run& current() { return *session.runs().current(); }
  RunStatus::State state() { return session.runs().status().state; }
};

QString randomText(int words) {
  Rng rng(3);
  QString text;
  for (int i = 0; i < words; ++i)
    text += QStringLiteral("w%1%2").arg(rng.below(40)).arg(rng.below(9) == 0 ? ".\n" : " ");
  return text;
}

}  // namespace

class LossAdviceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDivergedRunGoesOnFromItsLastGoodState();
  void withoutAGoodStateItBeginsAgain();
  void anOverfittingRunCanBeHelped();
  void nothingIsSaidWhileAllIsWell();
};

void LossAdviceTest::aDivergedRunGoesOnFromItsLastGoodState() {
  Program program;
  QVERIFY(program.open(randomText(3000)));
  RunController& runs = program.session.runs();
  RunConfig config = program.config("lstm");
  config.params.set("learning_rate", 900.0);
  config.params.set("clip", 0.0);
  config.params.set("optimizer", std::string("sgd"));
  config.params.set("epochs", std::int64_t{3});
  runs.trainWith(config);
  QTRY_COMPARE_WITH_TIMEOUT(program.state(), RunStatus::State::Diverged, kPatience);
  QPushButton* goOn = program.button("adviceGoOn");
  QTRY_VERIFY_WITH_TIMEOUT(goOn->isVisible(), kPatience);
  QVERIFY(goOn->isEnabled());
  QVERIFY2(program.sentence().contains("diverged at step"), qPrintable(program.sentence()));
  QVERIFY(!program.button("adviceStop")->isVisible());
  const int parent = program.current().id;
  const auto good = program.current().trainer->lastGood();
  QVERIFY(good);
  QTest::mouseClick(goOn, Qt::LeftButton);
  QVERIFY(runs.isActive());
  QVERIFY(program.current().id != parent);
  QCOMPARE(program.current().parent, parent);
  QCOMPARE(program.current().parentStep, good->step);
  QTRY_COMPARE_WITH_TIMEOUT(program.state(), RunStatus::State::Finished, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(!goOn->isVisible(), kPatience);
  std::vector<MetricPoint> points;
  program.current().trainer->metrics().read(0, points);
  QVERIFY(points.back().step > good->step + 5);
  const double usual = std::get<double>(findSpec(findModel("lstm")->params, "learning_rate")->defaultValue);
  QCOMPARE(points.back().learningRate, usual);
  for (const MetricPoint& point : points) QVERIFY(point.step <= good->step || std::isfinite(point.loss));
}

/// Of a project that is opened again only what it has kept is there.
void LossAdviceTest::withoutAGoodStateItBeginsAgain() {
  Program program;
  QVERIFY(program.open(randomText(500)));
  PastRun past;
  past.config = program.config("gru");
  past.config.params.set("learning_rate", 0.003);
  past.status.state = RunStatus::State::Diverged;
  past.status.step = 310;
  past.status.learningRate = 0.003;
  past.points = {{310, 1, 1, 5, 0.003, 1}};
  program.session.runs().addPast("Old", Trainer::past(program.session.corpus(), std::move(past)));
  QPushButton* goOn = program.button("adviceGoOn");
  QTRY_VERIFY_WITH_TIMEOUT(goOn->isVisible(), kPatience);
  QVERIFY(program.sentence().contains("310"));
  QVERIFY2(goOn->text().contains("0.0015"), qPrintable(goOn->text()));  // half of it
  QTest::mouseClick(goOn, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(program.session.runs().status().step > 0, kPatience);
  QCOMPARE(program.current().parent, 0);
  QCOMPARE(program.current().trainer->config().params.getNumber("learning_rate"), 0.0015);
  program.session.runs().stop();
}

void LossAdviceTest::anOverfittingRunCanBeHelped() {
  Program program;
  QVERIFY(program.open(randomText(400)));  // nothing can be learned but by heart
  RunController& runs = program.session.runs();
  RunConfig config = program.config("lstm");
  config.params.set("epochs", std::int64_t{100'000});
  config.params.set("validate_every", std::int64_t{5});
  config.params.set("learning_rate", 0.01);
  runs.trainWith(config);
  QPushButton* stop = program.button("adviceStop");
  QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), kPatience);
  QVERIFY2(program.sentence().contains("Overfitting since step"), qPrintable(program.sentence()));
  // More dropout acts on the run, and can be raised again when it has been seen what became of it.
  QPushButton* dropOut = program.button("adviceDropout");
  QTRY_VERIFY_WITH_TIMEOUT(dropOut->isVisible() && dropOut->isEnabled(), kPatience);
  QTest::mouseClick(dropOut, Qt::LeftButton);
  QCOMPARE(runs.activeParams().getNumber("dropout"), 0.3);
  const auto flags = [&] {
    std::vector<MetricFlag> found;
    program.current().trainer->metrics().readFlags(0, found);
    return found.size();
  };
  QTRY_COMPARE_WITH_TIMEOUT(flags(), std::size_t{1}, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(dropOut->isEnabled() && dropOut->isVisible(), kPatience);
  QTest::mouseClick(dropOut, Qt::LeftButton);
  QCOMPARE(runs.activeParams().getNumber("dropout"), 0.4);
  // Back to the best moment.
  QTest::mouseClick(program.button("adviceGoBack"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(!runs.isLive(), kPatience);
  program.session.timeline().goLive();
  QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), kPatience);
  QTest::mouseClick(stop, Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(program.state(), RunStatus::State::Stopped, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible() && !dropOut->isVisible(), kPatience);
  QVERIFY(program.button("adviceGoBack")->isVisible());
}

void LossAdviceTest::nothingIsSaidWhileAllIsWell() {
  Program program;
  QVERIFY(program.open(randomText(500)));
  program.session.runs().trainWith(program.config("skip-gram"));
  QTRY_COMPARE_WITH_TIMEOUT(program.state(), RunStatus::State::Finished, kPatience);
  for (const char* name : {"adviceStop", "adviceGoBack", "adviceDropout", "adviceGoOn"})
    QVERIFY(!program.button(name)->isVisible());
  QVERIFY(!program.current().trainer->lastGood());
}

QTEST_MAIN(LossAdviceTest)
#include "loss_advice_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/training_steps_view.h"

#include <QCheckBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <cmath>

#include "ui/widgets/helpers.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class TrainingStepsViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<TrainingStepsView> view_;

  void open(const char* model = "skip-gram", const char* objective = nullptr) {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    RunConfig config = session_->runs().nextConfig();
    config.modelId = model;
    config.params = presetFor(*findModel(model), *session_->corpus());
    if (objective) config.params.set("objective", ParamValue(std::string(objective)));
    session_->runs().setNextConfig(config);
  }
  QPushButton* button(const char* name) { return view_->findChild<QPushButton*>(name); }
  QString text() { return view_->findChild<QTextBrowser*>("stepText")->toPlainText(); }
  double loss() {
    const auto& trace = *view_->trace();
    if (const auto* cell = std::get_if<CellTrace>(&trace)) return cell->loss;
    return std::get<PredictionTrace>(trace).loss;
  }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<TrainingStepsView>(*session_);
    connect(view_.get(), &View::needsChanged, view_.get(),
            [this] { session_->runs().setProbe(view_->needs()); });
    view_->resize(1100, 600);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void theEmptyStateTakesTheFirstStep() {
    QVERIFY(!view_->textSummary().isEmpty());
    open();
    auto* empty = button("emptyButton");
    QVERIFY(empty->isVisible());
    QTest::mouseClick(empty, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    QVERIFY(!empty->isVisible());
    QCOMPARE(session_->runs().status().state, RunStatus::State::Paused);
  }

  void pagesOfEveryModel_data() {
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("objective");
    QTest::newRow("skip-gram") << QByteArray("skip-gram") << QByteArray("negative-sampling");
    QTest::newRow("tree") << QByteArray("skip-gram") << QByteArray("hierarchical-softmax");
    QTest::newRow("cbow") << QByteArray("cbow") << QByteArray("negative-sampling");
    QTest::newRow("glove") << QByteArray("glove") << QByteArray();
  }
  void pagesOfEveryModel() {
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, objective);
    open(model, objective.isEmpty() ? nullptr : objective.constData());
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(session_->runs().status().state, RunStatus::State::Paused, kPatience);
    QStringList pages{text()};
    const Matrix before = *view_->inputPlot().data().values;
    QVERIFY(!button("previousPage")->isEnabled());
    for (int i = 1; i < kStepPages; ++i) {
      QTest::mouseClick(button("nextPage"), Qt::LeftButton);
      QCOMPARE(view_->page(), i);
      QVERIFY(!pages.contains(text()) && text().size() > 60);
      pages << text();
      QVERIFY(!view_->grab().isNull());
      QVERIFY(view_->textSummary().size() > 40);
    }
    QVERIFY(!button("nextPage")->isEnabled());
    // The numbers of the text are those of the trace.
    QVERIFY2(pages[kStepLoss].contains(formatValue(loss())), qPrintable(pages[kStepLoss]));
    // The last page shows the table after the step: before minus rate times gradient.
    const Matrix after = *view_->inputPlot().data().values;
    QVERIFY((after - before).norm() > 0);
    view_->previous();
    QCOMPARE(view_->page(), int{kStepGradients});
    const Matrix gradient = *view_->inputPlot().data().values;
    if (const auto* trace = std::get_if<PredictionTrace>(&*view_->trace())) {
      const double error = (before - static_cast<Real>(trace->rate) * gradient - after).cwiseAbs().maxCoeff();
      QVERIFY(error < 1e-5);
    } else {
      // AdaGrad steps differ in length, never in direction.
      for (Eigen::Index i = 0; i < after.size(); ++i)
        QVERIFY((after.data()[i] - before.data()[i]) * gradient.data()[i] <= 1e-9);
    }
  }

  void arrowKeysTurnPagesAndPlayRunsThem() {
    open();
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    view_->setFocus();
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QTest::keyClick(button("playPages"), Qt::Key_Right);
    QTest::keyClick(view_->findChild<QTextBrowser*>("stepText"), Qt::Key_Right);
    QCOMPARE(view_->page(), 3);
    QTest::keyClick(view_.get(), Qt::Key_Left);
    QCOMPARE(view_->page(), 2);
    for (int i = 0; i < 9; ++i) QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(view_->page(), kStepPages - 1);
    view_->setPlaying(true);  // from the beginning
    QCOMPARE(view_->page(), 0);
    view_->setPlaying(false);
  }

  void samePairLaterCostsLess() {
    open();
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    const auto pair = view_->pair();
    const std::uint64_t step = session_->runs().status().step;
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().status().step > step + 40, kPatience);
    // The copy is frozen while the model goes on.
    const double frozen = loss();
    QTest::mouseClick(button("takeNewRows"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(loss() != frozen, kPatience);
    QCOMPARE(view_->pair()->centrePlace, pair->centrePlace);
    QVERIFY(view_->needs().rows.empty());  // nothing more is copied
  }

  void pairsComeFromAroundTheSelectedWord() {
    open("cbow");
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    const TokenId king = *session_->corpus()->vocabulary().find("king");
    session_->selection().select(king);
    QTest::mouseClick(button("newPair"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(view_->pair()->centre, king, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(text().contains("king", Qt::CaseInsensitive), kPatience);
    // A click on a column selects its word.
    auto& plot = view_->inputPlot();
    const HeatmapCell cell{0, 0};
    plot.reveal(cell);
    QTest::mouseClick(plot.viewport(), Qt::LeftButton, Qt::NoModifier,
                      plot.geometryOfCells().cellRect(cell).center().toPoint());
    QVERIFY(session_->selection().primary() != king);
  }

  void wholeTablesOfARunThatIsOver() {
    open();
    RunConfig config = session_->runs().nextConfig();
    config.params.set("epochs", ParamValue(std::int64_t{1}));
    session_->runs().setNextConfig(config);
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().current() && !session_->runs().isActive(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    const auto all = session_->runs().vectors()->vectors.cols();
    auto* whole = view_->findChild<QCheckBox*>("wholeTables");
    QVERIFY(whole->isEnabled() == (all <= 2000));
    whole->setChecked(true);
    QTRY_COMPARE_WITH_TIMEOUT(view_->inputPlot().data().columnCount(), all, kPatience);
    QCOMPARE(view_->outputPlot().data().columnCount(), all);
  }

  void anotherRunBringsAnotherPair() {
    open();
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
    session_->runs().discard();
    QTRY_VERIFY_WITH_TIMEOUT(!view_->trace().has_value(), kPatience);
    QVERIFY(button("emptyButton")->isVisible());
    session_->openText("tiny", "a b");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus()->title() == "tiny", kPatience);
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->trace().has_value(), kPatience);
  }

  void stateComesBack() {
    view_->findChild<QCheckBox*>("wholeTables")->setChecked(true);
    TrainingStepsView other(*session_);
    other.restoreState(view_->saveState());
    QCOMPARE(other.saveState(), view_->saveState());
  }
};

QTEST_MAIN(TrainingStepsViewTest)
#include "training_steps_view_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/hood_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "tests/support/plot_theme.h"
#include "ui/models/formula_writer.h"
#include "ui/plot/curve_plot.h"
#include "ui/views/hood_gradient.h"
#include "ui/widgets/token_text.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

FormulaLine numbered(const QString& symbol, int key) {
  return FormulaWriter().symbol(symbol, 0.5, key, symbol).sign("=").plus("b", -0.25).line();
}

}  // namespace

/// The view on models that have learned for a few steps, and the widgets that it is made of.
class HoodViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<HoodView> view_;

  void train(const char* model) {
    if (!session_->corpus()) session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    RunConfig config = session_->runs().nextConfig();
    config.modelId = model;
    config.params = presetFor(*findModel(model), *session_->corpus());
    if (config.params.contains("layers")) config.params.set("layers", ParamValue(std::int64_t{2}));
    if (config.params.contains("units")) config.params.set("units", ParamValue(std::int64_t{24}));
    session_->runs().setNextConfig(config);
    session_->runs().stepOnce();
    QTRY_COMPARE_WITH_TIMEOUT(session_->runs().status().state, RunStatus::State::Paused, kPatience);
  }
  void stop() {
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
  }
  template <class T>
  T* part(const char* name) {
    return view_->findChild<T*>(name);
  }
  FormulaSheet* formulas() { return part<FormulaSheet>("hoodFormulas"); }
  TermBars* bars() { return part<TermBars>("hoodBars"); }
  std::size_t step() { return view_->sheet() ? view_->sheet()->step().choice.step : 9999; }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<HoodView>(*session_);
    connect(view_.get(), &View::needsChanged, view_.get(),
            [this] { session_->runs().setProbe(view_->needs()); });
    view_->resize(1200, 640);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void theFormulasHoldTheNumbers_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("lines");
    QTest::newRow("mlp") << "mlp" << 1;
    QTest::newRow("rnn") << "rnn" << 1;
    QTest::newRow("lstm") << "lstm" << 6;
    QTest::newRow("gru") << "gru" << 4;
    QTest::newRow("transformer") << "transformer" << 6;
  }
  void theFormulasHoldTheNumbers() {
    QFETCH(QString, model);
    QFETCH(int, lines);
    train(qPrintable(model));
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet() && !view_->gradient().curves().empty(), kPatience);
    QCOMPARE(static_cast<int>(formulas()->lines().size()), lines);
    const HoodStep& now = view_->sheet()->step();
    const auto unit = static_cast<Eigen::Index>(now.choice.unit);
    const double result = now.kind == StepKind::Attention ? now.head.output(unit) : now.cell.hidden(unit);
    QCOMPARE(formulas()->lines().back().atoms.front().number, formulaNumber(result));
    // Each symbol that can be chosen says what it is the sum of, with names.
    std::size_t asked = 0;
    for (const FormulaLine& line : formulas()->lines()) {
      for (const FormulaAtom& atom : line.atoms) {
        if (atom.key < 0) continue;
        const HoodSheet::Sum sum = view_->sheet()->sumOf(atom.key);
        QVERIFY(!sum.title.isEmpty() && !sum.sentence.isEmpty() && !sum.bars.empty() && !atom.name.isEmpty());
        ++asked;
      }
    }
    QVERIFY(asked >= 4);
    QVERIFY(!view_->grab().isNull());
    QVERIFY(view_->textSummary().contains("loss"));
  }

  void sumsAreThoseOfTheFormula() {
    train("lstm");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    const HoodSheet& sheet = *view_->sheet();
    const auto total = [](const HoodSheet::Sum& sum) {
      double all = 0;
      for (const TermBar& bar : sum.bars) all += bar.value;
      return all;
    };
    const auto unit = static_cast<Eigen::Index>(sheet.step().choice.unit);
    for (const FormulaLine& line : sheet.lines()) {
      const FormulaAtom& left = line.atoms.front();
      const HoodSheet::Sum sum = sheet.sumOf(left.key);
      if (left.symbol == "c_{t}") QVERIFY(std::abs(total(sum) - sheet.step().cell.cell(unit)) < 1e-12);
      if (left.symbol == "h_{t}") QVERIFY(std::abs(total(sum) - sheet.step().cell.hidden(unit)) < 1e-12);
      if (left.symbol != "f_{t}") continue;
      QVERIFY(std::abs(total(sum) - sheet.step().cell.gate("f").sum(unit)) < 1e-12);
      for (std::size_t i = 1; i < sum.bars.size(); ++i)
        QVERIFY(std::abs(sum.bars[i - 1].value) >= std::abs(sum.bars[i].value));
    }
  }

  void theCandidateOfAGruSumsWithItsReset() {
    train("gru");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    const HoodSheet& sheet = *view_->sheet();
    const int key = sheet.lines()[2].atoms.front().key;
    double all = 0;
    for (const TermBar& bar : sheet.sumOf(key).bars) all += bar.value;
    const auto unit = static_cast<Eigen::Index>(sheet.step().choice.unit);
    QVERIFY(std::abs(all - sheet.step().cell.gate("n").sum(unit)) < 1e-12);
  }

  void stepsGoForthAndBack() {
    train("rnn");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    const std::size_t begin = step();
    QVERIFY(begin > 0);
    QTest::mouseClick(part<QToolButton>("hoodForward"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(step(), begin + 1, kPatience);
    QTest::keyClick(view_.get(), Qt::Key_Left);
    QTRY_COMPARE_WITH_TIMEOUT(step(), begin, kPatience);
    auto* text = part<TokenText>("hoodText");
    QTest::keyClick(text, Qt::Key_Left);
    QTRY_COMPARE_WITH_TIMEOUT(step(), begin - 1, kPatience);
    QCOMPARE(text->range(), (TokenText::Range{int(begin) - 1, int(begin) - 1}));
    QTest::keyClick(text, Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(step(), std::size_t{0}, kPatience);
    QVERIFY(!part<QToolButton>("hoodBack")->isEnabled() && part<QToolButton>("hoodForward")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(view_->gradient().curves().front().step == 0, kPatience);
    QTest::mouseClick(text->viewport(), Qt::LeftButton, {}, text->tokenRect(4).center().toPoint());
    QTRY_COMPARE_WITH_TIMEOUT(step(), std::size_t{4}, kPatience);
    QTest::mouseClick(part<QToolButton>("hoodLast"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!part<QToolButton>("hoodForward")->isEnabled(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(view_->gradient().curves().front().isGuess, kPatience);
  }

  void anotherUnitAndLayerHaveOtherNumbers() {
    train("lstm");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    const QString before = formulas()->plainLine(5);
    part<QSpinBox>("hoodUnit")->setValue(7);
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet()->step().choice.unit == 6, kPatience);
    QVERIFY(formulas()->plainLine(5) != before);
    QTest::mouseClick(part<QPushButton>("hoodMostActive"), Qt::LeftButton);
    const auto isMost = [&] {
      const Eigen::VectorXd& h = view_->sheet()->step().cell.hidden;
      return std::abs(h(part<QSpinBox>("hoodUnit")->value() - 1)) == h.cwiseAbs().maxCoeff();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isMost(), kPatience);
    QVERIFY(part<QComboBox>("hoodLayer")->isVisible());
    part<QComboBox>("hoodLayer")->setCurrentIndex(1);
    Q_EMIT part<QComboBox>("hoodLayer")->activated(1);
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet()->step().choice.layer == 1, kPatience);
  }

  void aHeadLooksWhereAsked() {
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    const HeadStep& head = view_->sheet()->step().head;
    Eigen::Index most = 0;
    head.weights.maxCoeff(&most);
    QCOMPARE(*view_->sheet()->step().choice.looked, static_cast<std::size_t>(most));
    Q_EMIT bars()->chosen(3);  // a click on the bar of the fourth token
    QTRY_COMPARE_WITH_TIMEOUT(*view_->sheet()->step().choice.looked, std::size_t{3}, kPatience);
    QVERIFY(part<QComboBox>("hoodHead")->isVisible() && part<QSpinBox>("hoodLooked")->isVisible());
    part<QSpinBox>("hoodLooked")->setValue(0);
    QTRY_COMPARE_WITH_TIMEOUT(*view_->sheet()->step().choice.looked, static_cast<std::size_t>(most),
                              kPatience);
  }

  void twoRunsStandInOnePicture() {
    train("rnn");
    stop();
    train("lstm");
    const auto& curves = view_->gradient().curves();
    QTRY_VERIFY_WITH_TIMEOUT(curves.size() == 2, kPatience);
    QVERIFY(!curves[0].cell.empty() &&
            curves[1].cell.empty());  // never one run's name over another's numbers
    QCOMPARE(curves[0].hidden.front(), 1.0);
    QCOMPARE(curves[0].hidden.size(), step() + 1);
    QVERIFY(view_->gradient().sentence().contains(curves[1].name));
    session_->runs().setRunVisible(curves[1].id, false);
    QTRY_COMPARE_WITH_TIMEOUT(view_->gradient().curves().size(), std::size_t{1}, kPatience);
  }

  void countsHaveNothingUnderTheHood() {
    train("ngram");
    auto* note = part<QLabel>("hoodNote");
    QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kPatience);
    QVERIFY(note->text().contains("n-gram") && !formulas()->isVisible());
    QCOMPARE(view_->textSummary(), note->text());
  }

  void anEmptyTextIsAskedFor() {
    train("gru");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    part<QPlainTextEdit>("hoodInput")->setPlainText("");
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("hoodNote")->isVisible(), kPatience);
    part<QPlainTextEdit>("hoodInput")->setPlainText("a");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet() && step() == 0, kPatience);
  }

  void theChoiceComesBack() {
    train("lstm");
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet(), kPatience);
    part<QPlainTextEdit>("hoodInput")->setPlainText("the cat sat on the mat");
    part<QSpinBox>("hoodUnit")->setValue(5);
    QTest::keyClick(view_.get(), Qt::Key_End);
    QTRY_VERIFY_WITH_TIMEOUT(view_->sheet()->step().choice.unit == 4 && step() == 21, kPatience);
    const QJsonObject state = view_->saveState();
    HoodView other(*session_);
    other.restoreState(state);
    other.resize(800, 500);
    other.show();
    session_->runs().stepOnce();  // frames come with a step
    QTRY_VERIFY_WITH_TIMEOUT(other.sheet(), kPatience);
    QCOMPARE(other.saveState(), state);
  }

  // The widgets by themselves.

  void keysAndPointerChooseSymbols() {
    FormulaSheet sheet;
    sheet.setTheme(plotTheme());
    sheet.resize(400, 60);
    sheet.show();
    sheet.setLines({numbered("f_{t}", 4), numbered("i_{t}", 8), numbered("o_{t}", 12)});
    QCOMPARE(sheet.currentKey(), 4);  // never nothing
    QSignalSpy changed(&sheet, &FormulaSheet::currentChanged);
    QTest::keyClick(&sheet, Qt::Key_Down);
    QTest::keyClick(&sheet, Qt::Key_Down);
    QCOMPARE(sheet.currentKey(), 12);
    QVERIFY(sheet.viewport()->rect().contains(sheet.atomRect(12).center().toPoint()));  // scrolled to
    QTest::keyClick(&sheet, Qt::Key_Down);
    QCOMPARE(changed.size(), 2);  // there is no further one
    QTest::keyClick(&sheet, Qt::Key_Up);
    QTest::mouseMove(sheet.viewport(), sheet.atomRect(12).center().toPoint());
    QTest::mouseClick(sheet.viewport(), Qt::LeftButton, {}, sheet.atomRect(12).center().toPoint());
    QCOMPARE(sheet.currentKey(), 12);
    sheet.setLines({numbered("g_{t}", 12), numbered("f_{t}", 4)});
    QCOMPARE(sheet.currentKey(), 12);  // stays while it is there
    sheet.setLines({numbered("h_{t}", 1)});
    QCOMPARE(sheet.currentKey(), 1);
    QVERIFY(sheet.atomRect(99).isEmpty());
  }

  void longFormulasGoOnBelow() {
    FormulaSheet sheet;
    sheet.setTheme(plotTheme());
    sheet.resize(300, 300);
    sheet.show();
    FormulaWriter writer;
    for (int i = 0; i < 12; ++i) writer.symbol("W_{xf} x_{t}", 0.125, i);
    sheet.setLines({writer.line()});
    QVERIFY(sheet.atomRect(11).top() > sheet.atomRect(0).bottom());
    for (int key = 0; key < 12; ++key) QVERIFY(sheet.atomRect(key).right() <= sheet.viewport()->width());
  }

  void signsStandBeforeTheirNumbers() {
    const FormulaLine line =
        FormulaWriter().symbol("a", -1.5).plus("b", -0.25).times("c", -2).plus("d", 3).line();
    QStringList numbers;
    for (const FormulaAtom& atom : line.atoms) numbers << atom.number;
    QCOMPARE(numbers.join(' '), QString("−1.500 − 0.250 × (−2.000) + 3.000"));
    QCOMPARE(formulaNumber(-0.0001), QString("0.000"));
    QCOMPARE(formulaNumber(std::numeric_limits<double>::infinity()), QString("∞"));
  }

  void scriptsTakeLessRoomThanLetters() {
    const QFont font = plotTheme().body;
    const double plain = drawSymbol(nullptr, {}, "Wf", font),
                 lowered = drawSymbol(nullptr, {}, "W_{f}", font);
    QVERIFY(lowered > drawSymbol(nullptr, {}, "W", font) && lowered < plain);
    QVERIFY(drawSymbol(nullptr, {}, "W_{f", font) > 0);  // an open brace ends with the text
  }

  void barsLieOnTheSideOfTheirSign() {
    TermBars terms;
    terms.setTheme(plotTheme());
    terms.resize(400, 200);
    terms.show();
    terms.setBars({{"big", "2 × −2", -4, -1}, {"small", "1 × 1", 1, 7}});
    QVERIFY(terms.barRect(0).right() <= terms.barRect(1).left() + 0.5);
    QVERIFY(std::abs(terms.barRect(0).width() - 4 * terms.barRect(1).width()) < 0.01);
    QSignalSpy chosen(&terms, &TermBars::chosen);
    QTest::mouseClick(terms.viewport(), Qt::LeftButton, {}, terms.rowRect(0).center().toPoint());
    QCOMPARE(chosen.size(), 0);
    QTest::mouseClick(terms.viewport(), Qt::LeftButton, {}, terms.rowRect(1).center().toPoint());
    QTest::keyClick(&terms, Qt::Key_Down);
    QTest::keyClick(&terms, Qt::Key_Down);
    QTest::keyClick(&terms, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[1][0].toInt(), 7);
    terms.setBars({});
    QVERIFY(!terms.grab().isNull());
  }
};

QTEST_MAIN(HoodViewTest)
#include "hood_view_test.moc"

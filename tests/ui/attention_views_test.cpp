// SPDX-License-Identifier: GPL-3.0-or-later
// The views of attention on a Transformer that has learned for some steps, by mouse and keyboard.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "tests/support/plot_theme.h"
#include "ui/models/counterfactual_model.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/heatmap_grid.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/session/moment_mark.h"
#include "ui/session/session.h"
#include "ui/views/attention_contexts.h"
#include "ui/views/attention_time_view.h"
#include "ui/views/attention_view.h"
#include "ui/views/counterfactual_view.h"
#include "ui/views/loss_view.h"
#include "ui/widgets/attention_lines.h"
#include "ui/widgets/attention_stages.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class AttentionViewsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<View> view_;

  template <class T>
  T& show() {
    session_->runs().setProbe({});  // so that a run that rests gives the new view its frame
    view_ = std::make_unique<T>(*session_);
    connect(view_.get(), &View::needsChanged, view_.get(),
            [this] { session_->runs().setProbe(view_->needs()); });
    view_->resize(1200, 700);
    view_->show();
    if (!QTest::qWaitForWindowExposed(view_.get())) qFatal("no window");
    return static_cast<T&>(*view_);
  }
  void step(int steps = 1) {
    for (int i = 0; i < steps; ++i) {
      const std::uint64_t before = session_->runs().status().step;
      session_->runs().stepOnce();
      QTRY_VERIFY_WITH_TIMEOUT(session_->runs().status().step > before &&
                                   session_->runs().status().state == RunStatus::State::Paused,
                               kPatience);
    }
  }
  void train(const char* model, const char* sample = "small-world-en") {
    session_->openSample(sample);
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    RunConfig config = session_->runs().nextConfig();
    config.modelId = model;
    config.params = presetFor(*findModel(model), *session_->corpus());
    config.params.set("layers", ParamValue(std::int64_t{2}));
    config.params.set("units", ParamValue(std::int64_t{24}));
    if (config.params.contains("heads")) config.params.set("heads", ParamValue(std::int64_t{3}));
    session_->runs().setNextConfig(config);
    step();
  }
  template <class T>
  T* part(const char* name) {
    T* found = view_->findChild<T*>(name);
    if (!found) qFatal("no %s", name);
    return found;
  }
  static void pick(QComboBox* box, int index) {
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
  }
  static void pickData(QComboBox* box, int data) { pick(box, box->findData(data)); }
  void type(const char* name, const QString& text) {
    auto* field = part<QPlainTextEdit>(name);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
  }
  /// A click on the middle of a cell.
  static void click(HeatmapPlot* plot, const HeatmapCell& cell) {
    plot->reveal(cell);
    QTest::mouseClick(plot->viewport(), Qt::LeftButton, {},
                      plot->geometryOfCells().cellRect(cell).center().toPoint());
  }
  AttentionView& attention() { return static_cast<AttentionView&>(*view_); }

 private Q_SLOTS:
  void init() { session_ = std::make_unique<Session>(folder_.filePath("settings.ini")); }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void saysWhatItWillShowAndTrains() {
    auto& view = show<AttentionView>();
    QVERIFY(view.textSummary().contains("where a model looks"));
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus(), kPatience);
    QPushButton* button = view.findChild<QPushButton*>();
    for (QPushButton* each : view.findChildren<QPushButton*>())
      if (each->isVisible()) button = each;
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().isActive(), kPatience);
    QCOMPARE(session_->runs().current()->trainer->config().modelId, std::string("transformer"));
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet() && !view.sheet()->trace().heads.empty(), kPatience);
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
  }

  void theMatrixIsWhatTheModelLookedAt() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    QVERIFY(!session_->reading().isEmpty());  // an example stands there
    type("attentionInput", "the cat");
    QTRY_COMPARE_WITH_TIMEOUT(view.sheet()->trace().input.size(), std::size_t{7}, kPatience);
    auto* grid = part<HeatmapGrid>("attentionGrid");
    auto* plot = part<HeatmapPlot>("attentionMatrix");
    QCOMPARE(grid->tiles().size(), std::size_t{6});
    // A click enlarges a head.
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->tileRect(4).center().toPoint());
    QCOMPARE(grid->current(), 4);
    const auto model = session_->runs().current()->trainer->snapshot()->trained;
    const AttentionTrace trace = model->look({"the cat"});
    const Eigen::MatrixXf expected = trace.heads[4].weights.transpose();
    QCOMPARE(Eigen::MatrixXf(plot->data().values->cast<float>()), expected);
    QCOMPARE(plot->data().columnName(0), QString("t"));
    QVERIFY(plot->data().title.contains("Layer 2, head 2"));
    // Several as one.
    auto* choice = part<QComboBox>("attentionHead");
    pickData(choice, AttentionChoice{AttentionChoice::Kind::AllMost, 0, 0}.code());
    QCOMPARE(grid->current(), -1);
    for (const AttentionHead& head : trace.heads)
      QVERIFY(((*plot->data().values).cast<float>().transpose() - head.weights).minCoeff() >= 0);
    // Colours per row change no number.
    const Matrix before = *plot->data().values;
    part<QCheckBox>("attentionPerRow")->click();
    QVERIFY(plot->data().perRow && *plot->data().values == before);
    QVERIFY(view.textSummary().contains("Loss on this text"));
  }

  void keysWalkThroughTheHeads() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    auto* grid = part<HeatmapGrid>("attentionGrid");
    QSignalSpy chosen(grid, &HeatmapGrid::chosen);
    QTest::keyClick(grid, Qt::Key_Right);
    QTest::keyClick(grid, Qt::Key_Down);
    QCOMPARE(grid->current(), 4);
    QTest::keyClick(grid, Qt::Key_Down);  // there is none below
    QCOMPARE(grid->current(), 4);
    QCOMPARE(chosen.count(), 2);
    QTest::keyClick(grid, Qt::Key_X);
    QTRY_COMPARE_WITH_TIMEOUT(view.off().size(), std::size_t{1}, kPatience);
    QVERIFY(view.off().contains(HeadPlace{"self", 1, 1}));
  }

  void headsAreSwitchedOffAndOn() {
    auto& view = show<AttentionView>();
    train("transformer");
    step(2);
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    const auto model = session_->runs().current()->trainer->snapshot()->trained;
    const double loss = model->look(session_->reading().reading()).loss;
    QTRY_COMPARE_WITH_TIMEOUT(view.whole()->trace().loss, loss, kPatience);
    auto* grid = part<HeatmapGrid>("attentionGrid");
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->switchRect(0).center().toPoint());
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet() != view.whole(), kPatience);
    QVERIFY(grid->tiles()[0].off && !grid->tiles()[1].off);
    QVERIFY(view.sheet()->trace().loss != loss);
    QCOMPARE(view.whole()->trace().loss, loss);
    QVERIFY(part<QLabel>("attentionLoss")->text().contains("without the heads 1.1"));
    QVERIFY(part<QLabel>("attentionSaid")->text().contains("Without:"));
    auto* allOn = part<QPushButton>("attentionAllOn");
    QVERIFY(allOn->isVisible());
    QTest::mouseClick(allOn, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet() == view.whole(), kPatience);
    QVERIFY(!allOn->isVisible() && !part<QLabel>("attentionLoss")->text().contains("without"));
  }

  void aCellTellsWhereBothWordsStand() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    type("attentionInput", "the puppy");
    QTRY_COMPARE_WITH_TIMEOUT(view.sheet()->trace().input.size(), std::size_t{9}, kPatience);
    auto* plot = part<HeatmapPlot>("attentionMatrix");
    click(plot, {8, 1});
    const Vocabulary& words = session_->corpus()->vocabulary();
    const std::vector<TokenId> selected{*words.find("the"), *words.find("puppy")};
    QCOMPARE(session_->selection().words(), selected);
    auto* contexts = view.findChild<AttentionContexts*>();
    QVERIFY(contexts->isVisible() && contexts->title().contains("“y” looks at “h”"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("attentionPairNote")->text().contains("places"), kPatience);
    auto* lines = view.findChild<QAbstractItemView*>("attentionLines");
    QVERIFY(lines->model()->rowCount() > 0);
    // A line opens the text there.
    lines->setFocus();
    lines->setCurrentIndex(lines->model()->index(0, 1));
    QTest::keyClick(lines, Qt::Key_Return);
    QVERIFY(session_->selection().focus().has_value());
    // A space is no word.
    click(plot, {3, 3});
    QVERIFY(part<QLabel>("attentionPairNote")->text().contains("Neither"));
  }

  void linesShowOneTokenOfTheOtherSide() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    type("attentionInput", "the cat");
    QTRY_COMPARE_WITH_TIMEOUT(view.sheet()->trace().input.size(), std::size_t{7}, kPatience);
    pickData(part<QComboBox>("attentionShow"), static_cast<int>(AttentionView::Show::Lines));
    auto* lines = part<AttentionLines>("attentionPicture");
    QVERIFY(lines->isVisible());
    const AttentionLines::Place query{true, 6}, key{false, 2};
    QTest::mouseMove(lines->viewport(), lines->tokenRect(query).center().toPoint());
    QTRY_COMPARE(lines->current(), std::optional(query));
    QTest::mouseClick(lines->viewport(), Qt::LeftButton, {}, lines->tokenRect(query).center().toPoint());
    QSignalSpy pairs(lines, &AttentionLines::pairChosen);
    QTest::mouseClick(lines->viewport(), Qt::LeftButton, {}, lines->tokenRect(key).center().toPoint());
    QCOMPARE(pairs.count(), 1);
    QCOMPARE(pairs.front()[0].toInt(), 6);
    QCOMPARE(pairs.front()[1].toInt(), 2);
    QTest::keyClick(lines, Qt::Key_Up);
    QCOMPARE(lines->current(), std::optional(AttentionLines::Place{true, 5}));
    QTest::keyClick(lines, Qt::Key_Right);
    QCOMPARE(lines->current(), std::optional(AttentionLines::Place{false, 5}));
    QTest::keyClick(lines, Qt::Key_Escape);
    QVERIFY(!view.grab().isNull());
  }

  void stagesEndWhereTheMatrixBegins() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    type("attentionInput", "the cat");
    QTRY_COMPARE_WITH_TIMEOUT(view.sheet()->trace().input.size(), std::size_t{7}, kPatience);
    pickData(part<QComboBox>("attentionShow"), static_cast<int>(AttentionView::Show::Stages));
    auto* stages = part<AttentionStages>("attentionStages");
    QTRY_VERIFY_WITH_TIMEOUT(stages->isVisible() && stages->stages(), kPatience);
    const Eigen::MatrixXf weights = stages->stages()->weights.cast<float>();
    QVERIFY((weights - view.sheet()->trace().heads[0].weights).cwiseAbs().maxCoeff() < 1e-4f);
    // The cell under the mouse goes through all stages, and its row is the one whose values are weighted.
    HeatmapPlot& softmax = stages->plot(2);
    // The picture may get its last size while the mouse is on its way: it comes again, from another cell.
    const auto pointsAtIt = [&] {
      for (const HeatmapCell cell : {HeatmapCell{5, 1}, HeatmapCell{4, 2}})
        QTest::mouseMove(softmax.viewport(), softmax.geometryOfCells().cellRect(cell).center().toPoint());
      return stages->query() == 4;
    };
    QVERIFY(QTest::qWaitFor(pointsAtIt, kPatience));
    QCOMPARE(stages->plot(0).current(), std::optional(HeatmapCell{4, 2}));
    QVERIFY(part<QLabel>("attentionStageSentence")->text().contains("weight"));
    const Matrix& weighted = *stages->plot(3).data().values;
    QCOMPARE(weighted.rows(), Eigen::Index{8});
    QVERIFY((weighted.topRows(7).colwise().sum() - weighted.row(7)).cwiseAbs().maxCoeff() < 1e-5f);
    QTest::mouseMove(softmax.viewport(), softmax.geometryOfCells().cellRect({2, 4}).center().toPoint());
    QTRY_VERIFY(part<QLabel>("attentionStageSentence")->text().contains("masked"));
  }

  void modelsWithoutAttentionAreToldApart() {
    auto& view = show<AttentionView>();
    train("lstm");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    QVERIFY(part<QLabel>("attentionNote")->isVisible());
    QVERIFY(view.textSummary().contains("no attention"));
    QVERIFY(!part<HeatmapPlot>("attentionMatrix")->isVisible());
  }

  void anotherIsAnotherExampleForAllViews() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    const std::string first = session_->reading().reading().input;
    QTest::mouseClick(part<QPushButton>("attentionAnother"), Qt::LeftButton);
    const std::string second = session_->reading().reading().input;
    QVERIFY(second != first && !second.empty());
    auto* examples = part<QComboBox>("attentionExamples");
    QVERIFY(examples->count() > 3);
    pick(examples, 1);
    QCOMPARE(session_->reading().reading().input, first);
  }

  void longAndChineseTextsAreRead() {
    auto& view = show<AttentionView>();
    train("transformer", "small-world-zh");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    Reading reading{std::string()};
    for (int i = 0; i < 30; ++i) reading.input += "小狗在花园里跑。";
    session_->reading().set(reading);
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet()->trace().input.size() > 40, kPatience);
    auto* plot = part<HeatmapPlot>("attentionMatrix");
    QVERIFY(plot->geometryOfCells().cell >= 10);  // readable, and scrolled
    click(plot, {1, 0});
    QVERIFY(!session_->selection().isEmpty());
    for (const auto palette : {LookOptions::Palette::Dark, LookOptions::Palette::HighContrast}) {
      LookOptions look = session_->settings().look();
      look.palette = palette;
      look.projector = true;
      session_->settings().setLook(look);
      QVERIFY(!view.grab().isNull());
    }
  }

  void modelsOfTasksAreShownToo_data() {
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("part");
    QTest::newRow("pairs") << "dates"
                           << "encoder-decoder"
                           << "cross";
    QTest::newRow("classes") << "reviews"
                             << "classifier"
                             << "pooling";
    QTest::newRow("stories") << "stories"
                             << "memory-network"
                             << "memory";
  }
  void modelsOfTasksAreShownToo() {
    QFETCH(QString, sample);
    QFETCH(QString, model);
    QFETCH(QString, part);
    auto& view = show<AttentionView>();
    session_->openTaskSample(sample);
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    RunConfig config = session_->runs().nextConfig();
    config.modelId = model.toStdString();
    config.params = presetFor(*findModel(config.modelId), *session_->corpus());
    for (const char* size : {"dimensions", "units"})
      if (config.params.contains(size)) config.params.set(size, ParamValue(std::int64_t{16}));
    session_->runs().setNextConfig(config);
    step(2);
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet() && !view.sheet()->parts().empty(), kPatience);
    QCOMPARE(view.sheet()->parts().front(), part.toStdString());
    QVERIFY(!session_->reading().reading().input.empty());
    QCOMPARE(session_->reading().reading().story.empty(), sample != QString("stories"));
    auto* plot = this->part<HeatmapPlot>("attentionMatrix");
    QVERIFY(plot->isVisible() && !plot->data().isEmpty());
    click(plot, {0, 0});
    QVERIFY(view.findChild<AttentionContexts*>()->isVisible());
    // What it is made to say stands in the rows.
    if (part == QString("cross")) {
      auto* output = this->part<QLineEdit>("attentionOutput");
      QVERIFY(output->isVisible());
      output->setFocus();
      QTest::keyClicks(output, "1998-05-03");
      QTest::keyClick(output, Qt::Key_Return);
      QTRY_COMPARE_WITH_TIMEOUT(view.sheet()->trace().outputText, std::string("1998-05-03"), kPatience);
    }
    QVERIFY(!view.grab().isNull());
    auto& time = show<AttentionTimeView>();
    QTRY_VERIFY_WITH_TIMEOUT(time.moments().size() >= 2, kPatience);
    for (const AttentionMoment& moment : time.moments())
      QCOMPARE(moment.weights.cols(), time.moments().front().weights.cols());
    auto& counter = show<CounterfactualView>();
    QTRY_VERIFY_WITH_TIMEOUT(counter.after(), kPatience);
    QVERIFY(counter.findChild<CounterfactualModel*>()->rowCount() > 0);
    QVERIFY(!this->part<HeatmapPlot>("counterfactualDifference")->data().isEmpty());
  }

  void timeGoesBackToTheMomentThatIsClicked() {
    auto& view = show<AttentionTimeView>();
    train("transformer");
    step(6);
    QTRY_VERIFY_WITH_TIMEOUT(view.moments().size() >= 6, kPatience);
    for (std::size_t i = 1; i < view.moments().size(); ++i) {
      QVERIFY(view.moments()[i].step > view.moments()[i - 1].step);
      QVERIFY(view.moments()[i].weights.colwise().sum().isOnes(1e-4f));
    }
    auto* strip = part<HeatmapGrid>("attentionStrip");
    QCOMPARE(strip->tiles().size(), view.moments().size());
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {},
                      strip->tileRect(strip->current()).center().toPoint());
    strip->reveal(1);
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, strip->tileRect(1).center().toPoint());
    QCOMPARE(session_->timeline().shownStep(), view.moments()[1].step);
    QVERIFY(!session_->timeline().isLive());
    QTRY_COMPARE(strip->current(), 1);
    QCOMPARE(part<CurvePlot>("attentionTimePlot")->scene().curves.size(), std::size_t{2});
    session_->timeline().goLive();
    QTRY_COMPARE(strip->current(), static_cast<int>(view.moments().size()) - 1);
  }

  void theMomentOfChangeIsMarkedOnTheLossChart() {
    auto& view = show<AttentionTimeView>();
    train("transformer");
    step(5);
    QTRY_VERIFY_WITH_TIMEOUT(view.moments().size() >= 5 && view.changedAt(), kPatience);
    const auto& mark = MomentMark::of(*session_).moment();
    QVERIFY(mark && mark->step == *view.changedAt() && mark->run == session_->runs().current()->id);
    LossView loss(*session_);
    loss.resize(800, 400);
    loss.show();
    QVERIFY(QTest::qWaitForWindowExposed(&loss));
    const auto marked = [&] {
      for (const Curve& curve : loss.plot().scene().curves) {
        for (std::size_t i = 0; curve.flags && i < curve.flags->size(); ++i)
          if ((*curve.flags)[i].step == mark->step && (*curve.flags)[i].text == mark->text.toStdString())
            return true;
      }
      return false;
    };
    QTRY_VERIFY(marked());
    MomentMark::of(*session_).set(std::nullopt);
    QVERIFY(!loss.plot().scene().curves.front().flags->size());
  }

  void anEditShowsWhatItChanges() {
    auto& view = show<CounterfactualView>();
    train("transformer");
    step(3);
    QTRY_VERIFY_WITH_TIMEOUT(view.after(), kPatience);
    // The same text twice: no difference.
    const auto* difference = part<HeatmapPlot>("counterfactualDifference");
    QCOMPARE(difference->data().values->cwiseAbs().maxCoeff(), Real(0));
    type("pinnedInput", "the cat sat");
    type("editedInput", "the dog sat");
    QTRY_VERIFY_WITH_TIMEOUT(view.before()->trace().input.size() == 11 &&
                                 view.after()->trace().input.size() == 11 &&
                                 view.after()->trace().input[4].label == "d",
                             kPatience);
    const Matrix& values = *difference->data().values;
    QCOMPARE(values(2, 1), Real(0));    // before the edit all is as it was
    QVERIFY(std::isnan(values(4, 1)));  // no counterpart
    QVERIFY(values(8, 1) != Real(0));   // after it it is not
    const auto* rows = view.findChild<CounterfactualModel*>();
    QCOMPARE(rows->rows().size(), std::size_t{14});  // c, a, t gone; d, o, g new
    QCOMPARE(rows->rows()[1].before, rows->rows()[1].after);
    QTest::mouseClick(part<QPushButton>("pinReading"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(view.before()->trace().input[4].label == "d", kPatience);
    QCOMPARE(part<QPlainTextEdit>("pinnedInput")->toPlainText(), QString("the dog sat"));
  }

  void picturesAndNumbersLeaveTheProgram() {
    auto& view = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(view.sheet(), kPatience);
    const auto fails = [](const Error& error) { qFatal("%s", error.message().c_str()); };
    auto* plot = part<HeatmapPlot>("attentionMatrix");
    auto* lines = part<AttentionLines>("attentionPicture");
    auto* grid = part<HeatmapGrid>("attentionGrid");
    for (const PlotSource& source :
         {plot->exportSource("a", fails), lines->exportSource("b", fails), grid->exportSource("c", fails)}) {
      const QByteArray svg = renderPicture(source, PictureFormat::Svg);
      QVERIFY(svg.contains("<svg") && svg.size() > 2000);
      QVERIFY(renderPicture(source, PictureFormat::Pdf).startsWith("%PDF"));
      QVERIFY(renderPicture(source, PictureFormat::Png).startsWith("\x89PNG"));
      QVERIFY(source.csv().size() > 100);
    }
    QVERIFY(renderPicture(plot->exportSource("a", fails), PictureFormat::Svg).contains("Attention weight"));
    QMenu menu;
    view.fillMenu(menu);
    QVERIFY(menu.actions().size() > 5);
  }

  void stateComesBack() {
    auto& first = show<AttentionView>();
    train("transformer");
    QTRY_VERIFY_WITH_TIMEOUT(first.sheet(), kPatience);
    type("attentionInput", "a dog");
    pickData(part<QComboBox>("attentionHead"), AttentionChoice{AttentionChoice::Kind::Head, 1, 2}.code());
    pickData(part<QComboBox>("attentionShow"), static_cast<int>(AttentionView::Show::Lines));
    const QJsonObject state = first.saveState();
    session_->reading().set({});
    auto& second = show<AttentionView>();
    second.restoreState(state);
    QCOMPARE(second.saveState(), state);
    QCOMPARE(session_->reading().reading().input, std::string("a dog"));
  }
};

QTEST_MAIN(AttentionViewsTest)
#include "attention_views_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/cooccurrence_view.h"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class CooccurrenceViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<CooccurrenceView> view_;

  void open() {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view_->words().size(), std::size_t{24}, kPatience);
  }
  /// The window's part: what the view needs reaches the trainer.
  void connectProbe() {
    connect(view_.get(), &View::needsChanged, view_.get(),
            [this] { session_->runs().setProbe(view_->needs()); });
  }
  TokenId id(const char* word) { return *session_->corpus()->vocabulary().find(word); }
  void click(const HeatmapCell& cell) {
    auto& plot = view_->plot(0);
    plot.reveal(cell);
    QTest::mouseClick(plot.viewport(), Qt::LeftButton, Qt::NoModifier,
                      plot.geometryOfCells().cellRect(cell).center().toPoint());
  }
  double meanDifference() {
    const auto& values = view_->plot(2).data().values;
    double sum = 0, count = 0;
    for (Eigen::Index i = 0; values && i < values->size(); ++i) {
      const double value = values->data()[i];
      if (!std::isfinite(value)) continue;
      sum += std::abs(value);
      ++count;
    }
    return count > 0 ? sum / count : NAN;
  }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<CooccurrenceView>(*session_);
    connectProbe();
    view_->resize(1200, 600);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void saysWhatItWillShow() {
    QVERIFY(view_->findChild<QPushButton*>("emptyButton")->isVisible());
    QVERIFY(!view_->textSummary().isEmpty());
    open();
    QVERIFY(!view_->findChild<QPushButton*>("emptyButton")->isVisible());
    QVERIFY(view_->textSummary().contains("24 rows"));
  }

  void theWordsInViewFollowTheSelection() {
    open();
    session_->selection().select({id("king"), id("queen"), id("the")});
    QTRY_COMPARE_WITH_TIMEOUT(view_->words(), (std::vector<TokenId>{id("king"), id("queen"), id("the")}),
                              kPatience);
    QCOMPARE(view_->plot(0).data().rowName(0), QString("king"));
    session_->selection().select(id("king"));
    QTRY_COMPARE_WITH_TIMEOUT(view_->words().size(), std::size_t{24}, kPatience);
    QCOMPARE(view_->words().front(), id("king"));
    view_->findChild<QSpinBox*>("cooccurrenceWords")->setValue(10);
    QTRY_COMPARE_WITH_TIMEOUT(view_->words().size(), std::size_t{10}, kPatience);
    session_->selection().clear();
    QTRY_VERIFY_WITH_TIMEOUT(view_->words().size() == 10 && view_->words().front() != id("king"), kPatience);
  }

  void everyMeasureIsShown() {
    open();
    auto* show = view_->findChild<QComboBox*>("cooccurrenceShow");
    std::vector<double> largest;
    for (int i = 0; i < 3; ++i) {
      show->setCurrentIndex(i);
      largest.push_back(heatmapRange(view_->plot(0).data()).second);
      QVERIFY(view_->plot(1).isHidden() && view_->plot(2).isHidden());
    }
    QVERIFY(std::abs(std::log(largest[0]) - largest[1]) < 1e-3);
    QVERIFY(largest[2] > 0 && largest[2] != largest[1]);
  }

  void aClickListsThePlacesAndALineOpensTheText() {
    open();
    auto* show = view_->findChild<QComboBox*>("cooccurrenceShow");
    show->setCurrentIndex(0);
    const Matrix& counts = *view_->plot(0).data().values;
    HeatmapCell cell;
    double most = 0;
    for (Eigen::Index r = 0; r < counts.rows(); ++r)
      for (Eigen::Index c = 0; c < counts.cols(); ++c)
        if (r != c && counts(r, c) > most) {
          most = counts(r, c);
          cell = {r, c};
        }
    QVERIFY(most > 0);
    const auto words = view_->words();
    const std::vector<TokenId> pair{words[static_cast<std::size_t>(cell.row)],
                                    words[static_cast<std::size_t>(cell.column)]};
    click(cell);
    QCOMPARE(session_->selection().words(), pair);
    auto* table = view_->findChild<QTableView*>("jointLines");
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0 && table->isVisible(), kPatience);
    QCOMPARE(view_->words(), words);  // a click here does not change what is in view
    QVERIFY(!table->grab().isNull());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier,
                      table->visualRect(table->model()->index(0, 1)).center());
    QVERIFY(session_->selection().focus());
    const TokenId there = session_->corpus()->tokens()[*session_->selection().focus()];
    QVERIFY(there == pair[0] || there == pair[1]);
    QTest::mouseClick(view_->findChild<QToolButton*>("closeContexts"), Qt::LeftButton);
    QVERIFY(!table->isVisible());
  }

  void gloveIsComparedWhileItTrains() {
    open();
    RunConfig config = session_->runs().nextConfig();
    config.modelId = "glove";
    config.params = presetFor(*findModel("glove"), *session_->corpus());
    session_->runs().setNextConfig(config);
    session_->runs().stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(view_->plot(1).isVisible() && view_->plot(2).isVisible(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(meanDifference()), kPatience);
    const double before = meanDifference();
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    // Rare cells weigh little, so that some difference remains.
    QTRY_VERIFY_WITH_TIMEOUT(meanDifference() < 0.85 * before, kPatience);
    // The difference is that of the two maps beside it.
    const Matrix &text = *view_->plot(0).data().values, &model = *view_->plot(1).data().values;
    const Matrix& rest = *view_->plot(2).data().values;
    for (Eigen::Index i = 0; i < rest.size(); ++i) {
      if (std::isfinite(rest.data()[i]))
        QVERIFY(std::abs(model.data()[i] - text.data()[i] - rest.data()[i]) < 1e-5);
    }
    QCOMPARE(heatmapRange(view_->plot(0).data()), heatmapRange(view_->plot(1).data()));
    // Other words of a run that is over.
    session_->selection().select({id("king"), id("queen")});
    QTRY_VERIFY_WITH_TIMEOUT(view_->plot(2).data().rowCount() == 2 && std::isfinite(meanDifference()),
                             kPatience);
  }

  void aHiddenViewDoesNothing() {
    view_->hide();
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index(), kPatience);
    QTest::qWait(50);
    QVERIFY(view_->words().empty() && view_->needs().rows.empty());
    view_->show();
    QTRY_VERIFY_WITH_TIMEOUT(!view_->words().empty(), kPatience);
  }

  void tinyTextsAndTextsWithoutPairs() {
    session_->openText("tiny", "a b");
    QTRY_VERIFY_WITH_TIMEOUT(view_->words().size() == 2, kPatience);
    session_->openText("one", "alone");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus()->title() == "one", kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(view_->textSummary().contains("alone"), kPatience);  // why there is nothing
  }

  void stateComesBack() {
    view_->findChild<QSpinBox*>("cooccurrenceWords")->setValue(40);
    const QJsonObject state = view_->saveState();
    CooccurrenceView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
    other.restoreState({{"words", 99999}, {"show", -7}});
    QCOMPARE(other.findChild<QSpinBox*>("cooccurrenceWords")->value(), 300);
  }
};

QTEST_MAIN(CooccurrenceViewTest)
#include "cooccurrence_view_test.moc"

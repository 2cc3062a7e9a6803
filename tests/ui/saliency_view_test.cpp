// SPDX-License-Identifier: GPL-3.0-or-later
// What counted, in front of a real run: by all methods, for an output that is chosen, beside attention.
#include <QComboBox>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include "ui/plot/heatmap_plot.h"
#include "ui/views/saliency_view.h"
#include "ui/widgets/token_text.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class SaliencyViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;

  std::unique_ptr<SaliencyView> shown() {
    auto view = std::make_unique<SaliencyView>(*session_);
    session_->runs().setProbe(view->needs());
    view->resize(900, 700);
    view->show();
    return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
  }
  void train(const char* modelId) {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    RunConfig config;
    config.modelId = modelId;
    config.params = presetFor(*findModel(modelId), *session_->corpus());
    if (config.params.contains("units")) config.params.set("units", std::int64_t{24});
    if (config.params.contains("layers")) config.params.set("layers", std::int64_t{1});
    config.params.set("tokens", std::string("words"));
    if (config.params.contains("epochs")) config.params.set("epochs", std::int64_t{1});
    session_->runs().trainWith(config);
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().runs().size() == 1 && !session_->runs().isActive(), kPatience);
  }
  static void read(const QString& text, Session& session) {
    Reading reading;
    reading.input = text.toStdString();
    session.reading().set(reading);
  }

 private Q_SLOTS:
  void init() { session_ = std::make_unique<Session>(folder_.filePath("settings.ini")); }
  void cleanup() { session_.reset(); }

  void allMethodsExplainAllTokens() {
    const auto view = shown();
    train("lstm");
    read("the king lives in the castle", *session_);
    QTRY_COMPARE_WITH_TIMEOUT(view->saliency().input.size(), std::size_t{6}, kPatience);
    QCOMPARE(view->saliency().output.size(), std::size_t{6});
    // What comes next is explained at first.
    QCOMPARE(view->output(), std::size_t{5});
    auto* method = view->findChild<QComboBox*>("saliencyMethod");
    auto* matrix = view->findChild<HeatmapPlot*>("saliencyMatrix");
    const auto first = view->saliency().scores;
    QCOMPARE(matrix->data().values->rows(), 6);
    QCOMPARE(matrix->data().columns[1], QString("king"));
    for (int index = 1; index < 3; ++index) {
      method->setCurrentIndex(index);
      Q_EMIT method->activated(index);
      QTRY_VERIFY_WITH_TIMEOUT((view->saliency().steps > 0) == (index == 1) &&
                                   !view->saliency().scores.col(5).isApprox(first.col(5)),
                               kPatience);
    }
    QVERIFY(view->findChild<QLabel*>("saliencyDoubt")->text().startsWith("This model has no attention"));
  }

  void aClickChoosesWhatIsExplained() {
    const auto view = shown();
    train("transformer");
    read("the king lives in the castle", *session_);
    QTRY_COMPARE_WITH_TIMEOUT(view->saliency().input.size(), std::size_t{6}, kPatience);
    auto* text = view->findChild<TokenText*>("saliencyText");
    QTest::mouseClick(text->viewport(), Qt::LeftButton, {}, text->tokenRect(3).center().toPoint());
    QCOMPARE(view->output(), std::size_t{2});
    QCOMPARE(view->findChild<QComboBox*>("saliencyOutput")->currentIndex(), 2);
    // What comes after it cannot count.
    QVERIFY(text->tokens()[4].quiet && !text->tokens()[0].quiet);
    QVERIFY(text->tokens()[0].color.isValid());
    const QString doubt = view->findChild<QLabel*>("saliencyDoubt")->text();
    QVERIFY2(doubt.startsWith("Attention is not explanation") && doubt.contains("Rank correlation"),
             qPrintable(doubt));
    auto* matrix = view->findChild<HeatmapPlot*>("saliencyMatrix");
    Q_EMIT matrix->cellClicked({4, 1}, {});
    QCOMPARE(view->output(), std::size_t{4});
    QVERIFY(view->textSummary().contains("Log odds"));
    const QJsonObject state = view->saveState();
    SaliencyView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
  }

  void saysWhyThereIsNothing() {
    const auto view = shown();
    QVERIFY(!view->textSummary().isEmpty());
    train("ngram");
    read("the king", *session_);
    QTRY_VERIFY_WITH_TIMEOUT(view->findChild<QLabel*>("saliencyNote")->isVisible(), kPatience);
    QVERIFY(view->saliency().isEmpty());
  }
};

QTEST_MAIN(SaliencyViewTest)
#include "saliency_view_test.moc"

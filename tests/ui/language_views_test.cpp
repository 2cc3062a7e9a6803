// SPDX-License-Identifier: GPL-3.0-or-later
// The views of language models in front of a real run: what they say comes from its model, and follows it.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "core/models/sequence_learner.h"
#include "ui/models/ladder_model.h"
#include "ui/models/state_place_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/views/guess_view.h"
#include "ui/views/ladder_view.h"
#include "ui/views/next_token_view.h"
#include "ui/views/samples_view.h"
#include "ui/views/states_view.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/sampling_panel.h"
#include "ui/widgets/token_text.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class LanguageViewsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;

  /// A view in a window; what it needs is what the trainer makes, as the main window sees to.
  template <class T>
  std::unique_ptr<T> shown() {
    auto view = std::make_unique<T>(*session_);
    connect(view.get(), &View::needsChanged, view.get(),
            [this, v = view.get()] { session_->runs().setProbe(v->needs()); });
    session_->runs().setProbe(view->needs());
    view->resize(900, 600);
    view->show();
    return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
  }

  RunConfig config(const char* modelId = "lstm", int epochs = 1) const {
    RunConfig config;
    config.modelId = modelId;
    config.params = presetFor(*findModel(modelId), *session_->corpus());
    if (config.params.contains("units")) config.params.set("units", std::int64_t{24});
    config.params.set("tokens", std::string("characters"));
    if (config.params.contains("epochs")) config.params.set("epochs", std::int64_t{epochs});
    return config;
  }
  void open() {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
  }
  void train(const char* modelId = "lstm") {
    open();
    session_->runs().trainWith(config(modelId));
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().runs().size() == 1 && !session_->runs().isActive(), kPatience);
  }

 private Q_SLOTS:
  void init() { session_ = std::make_unique<Session>(folder_.filePath("settings.ini")); }
  void cleanup() { session_.reset(); }

  void samplesFollowThePromptAndTheSettings() {
    const auto view = shown<SamplesView>();
    train();
    QTRY_VERIFY_WITH_TIMEOUT(view->sample() != nullptr, kPatience);
    view->findChild<QPlainTextEdit*>("prompt")->setPlainText("the dog ");
    view->findChild<NumberBox*>("sampleLength")->setValue(30);
    SamplingSettings greedy;
    greedy.greedy = true;
    view->findChild<SamplingPanel*>()->setSettings(greedy);
    Q_EMIT view->findChild<SamplingPanel*>()->changed();
    QTRY_VERIFY_WITH_TIMEOUT(view->sample()->request.prompt == "the dog " &&
                                 view->sample()->request.tokens == 30 &&
                                 view->sample()->request.sampling.greedy,
                             kPatience);
    const auto sample = view->sample();
    QCOMPARE(sample->promptBytes, std::size_t{8});
    QVERIFY(sample->text.starts_with("the dog "));
    const auto said = static_cast<std::size_t>(std::count_if(
        sample->tokens.begin(), sample->tokens.end(), [](const auto& token) { return !token.isPrompt; }));
    QCOMPARE(said, std::size_t{30});
    // The same text as the model itself says, token by token on the screen.
    const auto again =
        speak(*session_->runs().current()->trainer->snapshot()->languageModel(), sample->request);
    QCOMPARE(again.text, sample->text);
    QCOMPARE(view->findChild<TokenText*>("sampleText")->plainText().toStdString(), sample->text);
    const QJsonObject state = view->saveState();
    SamplesView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
  }

  void samplesOfThePastComeBackWithTheTimeline() {
    const auto view = shown<SamplesView>();
    open();
    session_->runs().trainWith(config("lstm", 6));
    auto* history = view->findChild<LinkedTable*>("sampleHistory");
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive() && history->model()->rowCount() > 1, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(view->sample() && view->sample()->step == session_->runs().status().step,
                             kPatience);
    const std::string newest = view->sample()->text;
    QVERIFY(session_->timeline().steps().size() > 1);
    session_->timeline().showIndex(0);
    const std::uint64_t first = session_->timeline().steps().front();
    QTRY_VERIFY_WITH_TIMEOUT(view->sample() && view->sample()->step == first, kPatience);
    QVERIFY(view->sample()->text != newest);
    session_->timeline().goLive();
    QTRY_VERIFY_WITH_TIMEOUT(view->sample() && view->sample()->text == newest, kPatience);
  }

  void nextTokenWritesDrawsForcesAndTakesBack() {
    const auto view = shown<NextTokenView>();
    train();
    auto* bars = view->findChild<ChoiceBars*>("nextBars");
    QTRY_VERIFY_WITH_TIMEOUT(!bars->choices().empty(), kPatience);
    auto* beginning = view->findChild<QLineEdit*>("beginning");
    beginning->setText("the ");
    QTest::keyClick(beginning, Qt::Key_Return);
    QCOMPARE(view->tokens().size(), std::size_t{4});
    // The bars are the model's: their probabilities fall, and are those of a session of its own.
    const auto model = session_->runs().current()->trainer->snapshot()->languageModel();
    const auto expected = [&] {
      const auto session = model->start();
      std::span<const float> logits;
      for (const TokenId token : view->tokens()) logits = session->feed(token);
      return softmaxOf(logits);
    };
    const auto barsAreOf = [&](const std::vector<float>& p) {
      double before = 1;
      for (const Choice& choice : bars->choices()) {
        if (std::abs(choice.probability - static_cast<double>(p[choice.token])) > 1e-5) return false;
        if (choice.probability > before + 1e-9) return false;
        before = choice.probability;
      }
      return !bars->choices().empty();
    };
    const std::vector<float> after = expected();
    QTRY_VERIFY_WITH_TIMEOUT(barsAreOf(after), kPatience);
    // Forcing a token by its bar, the fourth.
    const TokenId forced = bars->choices()[3].token;
    QTest::mouseClick(bars->viewport(), Qt::LeftButton, Qt::NoModifier, bars->rowRect(3).center().toPoint());
    QCOMPARE(view->tokens().size(), std::size_t{5});
    QCOMPARE(view->tokens().back(), forced);
    QTRY_VERIFY_WITH_TIMEOUT(barsAreOf(expected()), kPatience);
    // Greedy draws the likeliest.
    SamplingSettings greedy;
    greedy.greedy = true;
    view->findChild<SamplingPanel*>()->setSettings(greedy);
    const TokenId likely = bars->choices()[0].token;
    QTest::mouseClick(view->findChild<QPushButton*>("drawNext"), Qt::LeftButton);
    QCOMPARE(view->tokens().back(), likely);
    QTest::mouseClick(view->findChild<QPushButton*>("takeBack"), Qt::LeftButton);
    QTest::mouseClick(view->findChild<QPushButton*>("takeBack"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(barsAreOf(after), kPatience);
    QTest::mouseClick(view->findChild<QPushButton*>("startAgain"), Qt::LeftButton);
    QCOMPARE(view->tokens().size(), std::size_t{4});
  }

  void cutsLeaveNothingOfWhatTheyCut() {
    const auto view = shown<NextTokenView>();
    train();
    auto* bars = view->findChild<ChoiceBars*>("nextBars");
    QTRY_VERIFY_WITH_TIMEOUT(bars->choices().size() > 5, kPatience);
    SamplingSettings settings;
    settings.temperature = 0.5;
    settings.topK = 3;
    view->findChild<SamplingPanel*>()->setSettings(settings);
    Q_EMIT view->findChild<SamplingPanel*>()->changed();
    double kept = 0;
    for (std::size_t i = 0; i < bars->choices().size(); ++i) {
      const Choice& choice = bars->choices()[i];
      QCOMPARE(choice.kept > 0, i < 3);
      if (i == 0) QVERIFY(choice.tempered > choice.probability);
      kept += choice.kept;
    }
    QVERIFY(std::abs(kept - 1) < 1e-5);
  }

  void guessesAreCountedForBoth() {
    const auto view = shown<GuessView>();
    train();
    QTRY_VERIFY_WITH_TIMEOUT(view->place().has_value(), kPatience);
    const auto& tokenizer = *session_->runs().current()->trainer->snapshot()->languageModel()->tokenizer();
    auto* guess = view->findChild<QLineEdit*>("guess");
    auto* button = view->findChild<QPushButton*>("revealOrNext");
    int right = 0, model = 0;
    for (int round = 0; round < 6; ++round) {
      QTRY_VERIFY_WITH_TIMEOUT(view->place().has_value() && !view->isRevealed(), kPatience);
      const GuessPlace place = *view->place();
      const bool wantsRight = round % 2 == 0;
      const std::string answer(tokenizer.text(place.answer));
      guess->setText(wantsRight ? QString::fromStdString(answer) : QString("§"));
      if (!wantsRight) QVERIFY(!isRightGuess(tokenizer, place.answer, "§"));
      // A line end cannot be typed into one line.
      right += isRightGuess(tokenizer, place.answer, guess->text().toStdString()) ? 1 : 0;
      model += likeliest(place.logits) == place.answer ? 1 : 0;
      QTest::mouseClick(button, Qt::LeftButton);
      QVERIFY(view->isRevealed());
      QCOMPARE(view->score().places, round + 1);
      QCOMPARE(view->score().person, right);
      QCOMPARE(view->score().model, model);
      QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(right > 0);
    view->clearScore();
    QCOMPARE(view->score().places, 0);
  }

  void statesShowTheMatrixThatTheModelGives_data() {
    QTest::addColumn<QString>("modelId");
    for (const char* id : {"rnn", "lstm", "gru", "transformer"}) QTest::newRow(id) << id;
  }
  void statesShowTheMatrixThatTheModelGives() {
    QFETCH(QString, modelId);
    const auto view = shown<StatesView>();
    train(qPrintable(modelId));
    view->findChild<QPlainTextEdit*>("stateInput")->setPlainText("the cat saw the dog");
    QTRY_VERIFY_WITH_TIMEOUT(view->trace() && view->trace()->text == "the cat saw the dog", kPatience);
    const auto model = session_->runs().current()->trainer->snapshot()->languageModel();
    const SequenceTrace trace = model->trace("the cat saw the dog");
    auto* what = view->findChild<QComboBox*>("stateSource");
    QVERIFY(what->count() > 0);
    for (int i = 0; i < what->count(); ++i) {
      what->setCurrentIndex(i);
      Q_EMIT what->activated(i);
      const TraceMatrix* wanted = trace.find(what->currentData().toString().toStdString(), 0);
      QVERIFY(wanted && view->plot().data().values);
      QVERIFY(view->plot().data().values->isApprox(wanted->values.cast<Real>(), 1e-4F));
    }
  }

  void aUnitLeadsBackToTheText() {
    const auto view = shown<StatesView>();
    train();
    QTRY_VERIFY_WITH_TIMEOUT(view->trace() != nullptr, kPatience);
    auto* places = view->findChild<StatePlaceModel*>();
    view->findChild<QSpinBox*>("stateUnit")->setValue(5);
    QTest::mouseClick(view->findChild<QPushButton*>("findUnit"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(places->rowCount() > 3, kPatience);
    // A row of them is a place of the text.
    const auto token = places->tokenAt(1);
    QVERIFY(token.has_value());
    auto* table = view->findChild<LinkedTable*>("statePlaces");
    Q_EMIT table->chosen(places->index(1, 0), {});
    QCOMPARE(session_->selection().focus(), token);
    // A phrase of the text above it.
    auto* text = view->findChild<TokenText*>("stateText");
    view->findChild<NumberBox*>("stateThreshold")->setValue(0.05);
    text->setRange(TokenText::Range{10, 12});
    Q_EMIT text->rangeChanged();
    auto* found = view->findChild<QLabel*>("stateFound");
    QTRY_VERIFY_WITH_TIMEOUT(found->text().startsWith("On just there") || found->text().startsWith("No unit"),
                             kPatience);
  }

  void theLadderTrainsOneAfterTheOther() {
    const auto view = shown<LadderView>();
    open();
    view->findChild<NumberBox*>("ladderSeconds")->setValue(1);
    auto* button = view->findChild<QPushButton*>("trainLadder");
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().runs().size() >= 3, kPatience);
    button->click();  // that is enough
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    const auto& rungs = view->model().rungs();
    QCOMPARE(rungs.size(), session_->runs().runs().size());
    QTRY_VERIFY_WITH_TIMEOUT(!view->model().rungs()[1].sample.isEmpty(), kPatience);
    QVERIFY(view->model().rungs()[1].parameters > 0);
    QVERIFY(view->model().rungs()[1].loss > 0);
  }
};

QTEST_MAIN(LanguageViewsTest)
#include "language_views_test.moc"

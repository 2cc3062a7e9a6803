// SPDX-License-Identifier: GPL-3.0-or-later
// The views that ask the vectors: sums of words, axes, why two words are close; on nothing, on a tiny text,
// on the sample trained to the end, and on a text of many words.
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "core/base/rng.h"
#include "ui/models/answer_model.h"
#include "ui/models/shared_context_model.h"
#include "ui/plot/scatter_plot.h"
#include "ui/shell/main_window.h"
#include "ui/views/analogy_view.h"
#include "ui/views/ask_view.h"
#include "ui/views/axes_view.h"
#include "ui/views/why_close_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/evidence_list.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/word_edit.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

/// Shown, and asked for its needs as MainWindow does.
template <class T>
struct Shown {
  explicit Shown(Session& session, QSize size = {700, 500}) : session(session), view(new T(session)) {
    view->resize(size);
    QObject::connect(view.get(), &View::needsChanged, &session, [this] { update(); });
    view->show();
    update();
  }
  void update() { session.runs().setProbe(view->isVisible() ? view->needs() : Probe{}); }
  T* operator->() { return view.get(); }
  template <class W>
  W* find(const char* name) {
    return view->template findChild<W*>(name);
  }
  QString sentence(const char* name) { return find<EmptyState>(name)->sentence(); }

  Session& session;
  std::unique_ptr<T> view;
};

}  // namespace

class ExploreViewsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;  // the sample, trained

  std::unique_ptr<Session> newSession() { return std::make_unique<Session>(folder_.filePath("other.ini")); }
  void open(Session& session, const QString& text) {
    session.openText("Text", text);
    QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != nullptr && session.index() != nullptr, kPatience);
  }
  TokenId idOf(const char* word) { return session_->corpus()->vocabulary().find(word).value_or(kNoToken); }
  QString wordOf(TokenId id) {
    return QString::fromStdString(std::string(session_->corpus()->vocabulary().word(id)));
  }
  /// 20,000 different words, each a few times.
  QString manyWords() {
    Rng rng(5);
    QString text;
    for (int i = 0; i < 80'000; ++i)
      text += QStringLiteral("w%1%2").arg(rng.below(20'000)).arg(i % 12 == 11 ? ". " : " ");
    return text;
  }
  void train(Session& session, std::int64_t minimumCount = 0) {
    RunConfig config = session.runs().nextConfig();
    if (minimumCount > 0) {
      config.params.set("min_count", ParamValue(minimumCount));
      config.params.set("epochs", ParamValue(std::int64_t{1}));
    }
    session.runs().trainWith(config);
    QTRY_VERIFY_WITH_TIMEOUT(session.runs().current() && !session.runs().isActive(), kPatience);
    QVERIFY(session.runs().vectors() != nullptr);
  }

 private Q_SLOTS:
  void initTestCase() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->index() != nullptr, kPatience);
    train(*session_);
  }
  void init() { session_->selection().clear(); }
  void cleanupTestCase() { session_.reset(); }

  // --- questions to the text
  void findsSentencesThatMayAnswer() {
    Shown<AskView> shown(*session_);
    auto* question = shown.find<QLineEdit>("corpusQuestion");
    auto* list = shown.find<EvidenceList>("answerSentences");
    QVERIFY(!shown->needs().allWords);
    QTest::keyClicks(question, "What does the cow eat?");
    QTest::keyClick(question, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!shown->answers().empty(), kPatience);
    QVERIFY(shown->needs().allWords);
    const auto& answers = shown->answers();
    QCOMPARE(list->model()->rowCount(), int(answers.size()));
    for (std::size_t i = 1; i < answers.size(); ++i) QVERIFY(answers[i - 1].score >= answers[i].score);
    const QString first = list->model()->index(0, 0).data().toString();
    QVERIFY2(first.contains("cow"), qPrintable(first));
    QVERIFY(answers[0].span.end > answers[0].span.begin);
    // A click goes to the place in the text.
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    const auto focus = session_->selection().focus();
    QVERIFY(focus.has_value());
    QCOMPARE(session_->corpus()->sentenceOf(*focus), answers[0].sentence);
    QVERIFY(shown->textSummary().contains(first.left(10)));

    question->clear();
    QTest::keyClicks(question, "zebra");
    QTest::mouseClick(shown.find<QPushButton>("askCorpus"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(shown->answers().empty(), kPatience);
    QVERIFY(shown.sentence("noSentences").startsWith("No word of the question"));
  }

  void sentencesNeedVectors() {
    const auto session = newSession();
    Shown<AskView> shown(*session);
    QVERIFY(shown->textSummary().contains("ask the text a question"));
    open(*session, "The king lives in the castle. The queen too.");
    QTRY_VERIFY(shown->textSummary().contains("train some first"));
  }

  // --- sums of words
  void answersATypedSum() {
    Shown<AnalogyView> shown(*session_);
    auto* sum = shown.find<WordEdit>("analogySum");
    auto* list = shown.find<LinkedTable>("answerList");
    sum->setFocus();
    QTest::keyClicks(sum, "king - man + woman");
    QTest::keyClick(sum, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), int(AnalogyView::kAnswers), kPatience);
    QStringList answers;
    for (int row = 0; row < 10; ++row) answers << list->model()->index(row, 0).data().toString();
    QVERIFY2(answers.mid(0, 5).contains("queen"), qPrintable(answers.join(' ')));
    for (const char* own : {"king", "man", "woman"}) QVERIFY(!answers.contains(own));
    // 3CosMul shows its score.
    QVERIFY(list->isColumnHidden(AnswerModel::kScore));
    shown.find<QComboBox>("analogyMethod")->setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(!list->isColumnHidden(AnswerModel::kScore), kPatience);
    QVERIFY(shown->textSummary().startsWith("king - man + woman gives "));

    QSignalSpy changed(&session_->selection(), &Selection::changed);
    QTest::mouseClick(shown.find<QPushButton>("showOnMap"), Qt::LeftButton);
    QCOMPARE(changed.count(), 1);
    const auto& words = session_->selection().words();
    QCOMPARE(words.size(), std::size_t{4});
    QCOMPARE(words[0], idOf("king"));
    QCOMPARE(wordOf(words[3]), list->model()->index(0, 0).data().toString());
    // A click on another answer takes its place.
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(2, 0)).center());
    QCOMPARE(changed.count(), 2);
    QCOMPARE(wordOf(session_->selection().primary()), list->model()->index(2, 0).data().toString());
  }

  void saysWhatIsWrongWithASum() {
    Shown<AnalogyView> shown(*session_);
    auto* sum = shown.find<WordEdit>("analogySum");
    const auto sentenceFor = [&](const QString& text) {
      sum->clear();
      QTest::keyClicks(sum, text);
      QTest::keyClick(sum, Qt::Key_Return);
      return shown.sentence("noAnswer");
    };
    QCOMPARE(sentenceFor("king - kong"), QString("\"kong\" does not occur in this text."));
    QVERIFY(!shown->needs().allWords);
    QCOMPARE(sentenceFor("king -"), QString("A word is missing after -."));
    QVERIFY(!shown.find<QPushButton>("showOnMap")->isEnabled());
    sentenceFor("king - king");
    QTRY_VERIFY_WITH_TIMEOUT(shown.sentence("noAnswer").contains("no direction"), kPatience);
    QVERIFY(shown->needs().allWords);
  }

  void offersExamplesOfTheSample() {
    Shown<AnalogyView> shown(*session_);
    const auto examples = shown.find<QToolButton>("analogyExamples")->menu()->actions();
    QVERIFY(examples.size() >= 3);
    examples[1]->trigger();
    QCOMPARE(shown.find<WordEdit>("analogySum")->text(), examples[1]->text());
    QTRY_VERIFY_WITH_TIMEOUT(shown.find<LinkedTable>("answerList")->model()->rowCount() > 0, kPatience);
  }

  void completesTheWordAtTheCursor() {
    Shown<AnalogyView> shown(*session_);
    auto* sum = shown.find<WordEdit>("analogySum");
    QVERIFY(QTest::qWaitForWindowActive(shown.view.get()));
    sum->setFocus();
    QTest::keyClicks(sum, "king - quee");
    QTRY_VERIFY_WITH_TIMEOUT(sum->offers().contains("queen"), kPatience);
    for (const QString& offer : sum->offers()) QVERIFY(offer.startsWith("quee"));
    sum->setText({});
    QTest::keyClicks(sum, "*");
    QTest::qWait(20);
    QVERIFY(sum->text() == "*");
  }

  // --- axes
  void axesShowCosines() {
    Shown<AxesView> shown(*session_);
    ScatterPlot& plot = shown->plot();
    // It begins with an example.
    QTRY_COMPARE_WITH_TIMEOUT(plot.scene().count(), std::size_t{1000}, kPatience);
    QCOMPARE(shown.find<WordEdit>("axis_left")->text(), QString("man"));
    for (const char* name : {"axis_left", "axis_right", "axis_bottom", "axis_top"})
      shown.find<WordEdit>(name)->clear();
    QTest::keyClicks(shown.find<WordEdit>("axis_left"), "man, king");
    QTest::keyClicks(shown.find<WordEdit>("axis_right"), "woman, queen");
    QTest::keyClicks(shown.find<WordEdit>("axis_bottom"), "cat");
    QTest::keyClicks(shown.find<WordEdit>("axis_top"), "dog");
    QTest::keyClick(shown.find<WordEdit>("axis_top"), Qt::Key_Return);
    const auto x = [&](const char* word) {
      return plot.scene().points(0, static_cast<Eigen::Index>(idOf(word)));
    };
    const auto y = [&](const char* word) {
      return plot.scene().points(1, static_cast<Eigen::Index>(idOf(word)));
    };
    shown.find<QSpinBox>("axesWords")->setValue(50'000);
    const std::size_t all = static_cast<std::size_t>(session_->runs().vectors()->vectors.cols());
    QTRY_COMPARE_WITH_TIMEOUT(plot.scene().count(), all, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(x("woman") > 0.1f && x("man") < -0.1f && y("dog") > 0.1f && y("cat") < -0.1f,
                             kPatience);
    QVERIFY(x("queen") > x("king"));
    QVERIFY(plot.scene().points.cwiseAbs().maxCoeff() <= 1.001f);
    QVERIFY(shown->textSummary().contains("woman"));

    // A click selects, and the selection is marked.
    QSignalSpy changed(&session_->selection(), &Selection::changed);
    Q_EMIT plot.clicked(idOf("queen"), false);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(plot.scene().selected, std::vector<std::size_t>{idOf("queen")});
    Q_EMIT plot.lassoed({1, 2, 3}, true);
    QCOMPARE(session_->selection().words().size(), std::size_t{4});

    const std::string csv = shown->exportSource().csv();
    QVERIFY(QString::fromStdString(csv).startsWith(
        QString::fromUtf8("word,rank,count,\"woman, queen − man, king\",dog − cat\r\n")));
    QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), all + 1);
    QVERIFY(exportPlot(shown->exportSource(), folder_.filePath("axes.svg").toStdString()));
    QVERIFY(QFileInfo(folder_.filePath("axes.svg")).size() > 1000);
  }

  void saysWhatIsWrongWithAnAxis() {
    Shown<AxesView> shown(*session_);
    QTRY_VERIFY_WITH_TIMEOUT(shown->plot().scene().count() > 0, kPatience);
    auto* left = shown.find<WordEdit>("axis_left");
    left->clear();
    QTest::keyClick(left, Qt::Key_Return);
    QTRY_COMPARE(shown.sentence("noAxes"), QString("Write at least one word at each end."));
    QTest::keyClicks(left, "kong");
    QTest::keyClick(left, Qt::Key_Return);
    QCOMPARE(shown.sentence("noAxes"), QString("\"kong\" does not occur in this text."));
    left->clear();
    QTest::keyClicks(left, shown.find<WordEdit>("axis_right")->text());
    QTest::keyClick(left, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(shown.sentence("noAxes").contains("must be different"), kPatience);
    // An example repairs it.
    const auto examples = shown.find<QToolButton>("axisExamples0")->menu()->actions();
    QVERIFY(examples.size() > 2);
    examples[1]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(shown->plot().isVisible(), kPatience);
  }

  // --- why close
  void comparesTheTwoWordsSelectedLast() {
    Shown<WhyCloseView> shown(*session_, {900, 400});
    auto* contexts = shown.find<LinkedTable>("whyContexts");
    auto* sentences = shown.find<EvidenceList>("whySentences");
    session_->selection().select({idOf("cat"), idOf("king"), idOf("queen")});
    QCOMPARE(shown->word(), idOf("queen"));
    QCOMPARE(shown->partner(), idOf("king"));
    QTRY_VERIFY_WITH_TIMEOUT(contexts->isVisible() && sentences->model()->rowCount() > 5, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(shown.find<QLabel>("whyFacts")->text().contains("cosine"), kPatience);
    const QString facts = shown.find<QLabel>("whyFacts")->text();
    QVERIFY2(facts.contains("king is neighbour ") && facts.contains("queen is neighbour "),
             qPrintable(facts));
    QVERIFY(!shown.find<QLabel>("whyDoubt")->isVisible());
    QVERIFY(shown.find<QLabel>("whyFooter")->text().contains("within 5 words"));
    for (int row = 0; row < sentences->model()->rowCount(); ++row) {
      const QString text = sentences->model()->index(row, 0).data().toString();
      QVERIFY2(text.contains("king", Qt::CaseInsensitive) || text.contains("queen", Qt::CaseInsensitive),
               qPrintable(text));
    }
    // A click on a context leaves the sentences that have it; another one brings all back.
    const int all = sentences->model()->rowCount();
    const QModelIndex third = contexts->model()->index(2, 0);
    const QString context = third.data().toString();
    Q_EMIT contexts->chosen(third, Qt::NoModifier);
    auto* title = shown.find<QLabel>("whySentencesTitle");
    QTRY_VERIFY_WITH_TIMEOUT(title->text().contains(context), kPatience);
    for (int row = 0; row < sentences->model()->rowCount(); ++row)
      QVERIFY(sentences->model()->index(row, 0).data().toString().contains(context, Qt::CaseInsensitive));
    QTest::mouseClick(shown.find<QToolButton>("whyAllSentences"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(sentences->model()->rowCount(), all, kPatience);

    // A click on a sentence opens the text there.
    session_->selection().setFocus(std::nullopt);
    QTest::mouseClick(sentences->viewport(), Qt::LeftButton, {},
                      sentences->visualRect(sentences->model()->index(0, 0)).center());
    QVERIFY(session_->selection().focus().has_value());
    const TokenId focused = session_->corpus()->tokens()[*session_->selection().focus()];
    QVERIFY(focused == idOf("king") || focused == idOf("queen"));
    QVERIFY(shown->textSummary().contains("They share "));
  }

  void oneWordIsComparedWithItsNearestNeighbour() {
    Shown<WhyCloseView> shown(*session_);
    session_->selection().select(idOf("king"));
    QTRY_VERIFY_WITH_TIMEOUT(shown->partner() != kNoToken, kPatience);
    const auto table = session_->runs().vectors();
    QCOMPARE(shown->partner(), neighboursOf(*table, {}, idOf("king"), 1).front().id);
    auto* partners = shown.find<QComboBox>("whyPartner");
    QCOMPARE(partners->count(), 10);
    // Another neighbour from the list is selected with it.
    partners->setCurrentIndex(3);
    Q_EMIT partners->activated(3);
    QCOMPARE(session_->selection().words(),
             (std::vector<TokenId>{partners->itemData(3).toUInt(), idOf("king")}));
    QCOMPARE(shown->partner(), partners->itemData(3).toUInt());
    QTRY_VERIFY_WITH_TIMEOUT(shown.find<EvidenceList>("whySentences")->model()->rowCount() > 0, kPatience);
  }

  void aRareWordIsDoubted() {
    const Vocabulary& vocabulary = session_->corpus()->vocabulary();
    const auto rare = static_cast<TokenId>(vocabulary.keptWords(19, 0));
    QVERIFY(rare < vocabulary.size());
    Shown<WhyCloseView> shown(*session_);
    session_->selection().select({idOf("king"), rare});
    auto* doubt = shown.find<QLabel>("whyDoubt");
    QVERIFY(doubt->isVisible());
    QVERIFY2(doubt->text().contains("to be doubted") && !doubt->text().contains("king"),
             qPrintable(doubt->text()));
  }

  void aHiddenViewReadsNothing() {
    Shown<WhyCloseView> shown(*session_);
    shown->hide();
    session_->selection().select({idOf("king"), idOf("queen")});
    QCOMPARE(shown->word(), kNoToken);
    shown->show();
    QCOMPARE(shown->word(), idOf("queen"));
  }

  // --- all of them
  void nothingIsOpen() {
    const auto session = newSession();
    Shown<AnalogyView> analogy(*session);
    Shown<AxesView> axes(*session);
    Shown<WhyCloseView> why(*session);
    for (View* view : {static_cast<View*>(analogy.view.get()), static_cast<View*>(axes.view.get()),
                       static_cast<View*>(why.view.get())}) {
      QVERIFY(view->textSummary().startsWith("Here "));
      int buttons = 0;
      for (const auto* button : view->findChildren<QPushButton*>("emptyButton")) {
        if (button->isVisible()) ++buttons;
      }
      QCOMPARE(buttons, 1);
      QVERIFY(!view->needs().allWords && view->needs().frameWords == 0);
    }
  }

  void aTinyText() {
    const auto session = newSession();
    open(*session, "One two. Two one.");
    Shown<AnalogyView> analogy(*session);
    Shown<AxesView> axes(*session);
    Shown<WhyCloseView> why(*session);
    QVERIFY(analogy->textSummary().contains("as soon as something is learned"));
    train(*session, 1);
    analogy.find<WordEdit>("analogySum")->setFocus();
    QTest::keyClicks(analogy.find<WordEdit>("analogySum"), "one - two");
    QTest::keyClick(analogy.find<WordEdit>("analogySum"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(analogy.sentence("noAnswer").contains("no direction"), kPatience);
    const auto first = axes.find<WordEdit>("axis_left");
    for (const char* name : {"axis_left", "axis_bottom"}) QTest::keyClicks(axes.find<WordEdit>(name), "one");
    for (const char* name : {"axis_right", "axis_top"}) QTest::keyClicks(axes.find<WordEdit>(name), "two");
    QTest::keyClick(first, Qt::Key_Return);
    QTest::keyClick(axes.find<WordEdit>("axis_top"), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(axes->plot().scene().count(), std::size_t{2}, kPatience);
    session->selection().select({TokenId{0}, TokenId{1}});
    QTRY_VERIFY_WITH_TIMEOUT(why.sentence("whyNothing").contains("no context"), kPatience);
  }

  void manyWordsAndAnotherText() {
    const auto session = newSession();
    open(*session, manyWords());
    train(*session, 1);
    Shown<AnalogyView> analogy(*session);
    Shown<AxesView> axes(*session);
    Shown<WhyCloseView> why(*session);
    const TokenId last = static_cast<TokenId>(session->corpus()->vocabulary().size() - 1);
    session->selection().select({TokenId{0}, last});
    QTRY_VERIFY_WITH_TIMEOUT(why->partner() == 0 && why.find<QLabel>("whyFacts")->text().contains("cosine"),
                             kPatience);
    const auto word = [&](TokenId id) {
      return QString::fromStdString(std::string(session->corpus()->vocabulary().word(id)));
    };
    QTest::keyClicks(analogy.find<WordEdit>("analogySum"), word(0) + '-' + word(last) + '+' + word(7));
    QTest::keyClick(analogy.find<WordEdit>("analogySum"), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(analogy.find<LinkedTable>("answerList")->model()->rowCount(), 10, kPatience);
    axes.find<QSpinBox>("axesWords")->setValue(50'000);
    const char* ends[] = {"axis_left", "axis_right", "axis_bottom", "axis_top"};
    for (TokenId i = 0; i < 4; ++i) QTest::keyClicks(axes.find<WordEdit>(ends[i]), word(i == 3 ? last : i));
    QTest::keyClick(axes.find<WordEdit>("axis_top"), Qt::Key_Return);
    QTest::keyClick(axes.find<WordEdit>("axis_left"), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(axes->plot().scene().count(), session->corpus()->vocabulary().size(),
                              kPatience);

    // Another text: nothing of this one stays.
    session->openText("Other", "Alpha beta. Beta alpha gamma.");
    QTRY_COMPARE_WITH_TIMEOUT(session->corpus()->vocabulary().size(), std::size_t{3}, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(axes->plot().scene().count(), std::size_t{0}, kPatience);
    QCOMPARE(analogy.find<LinkedTable>("answerList")->model()->rowCount(), 0);
    QCOMPARE(why->word(), kNoToken);
    QVERIFY(why->textSummary().startsWith("Select two words"));
  }

  void followsARunThatTrains() {
    const auto session = newSession();
    session->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session->corpus() != nullptr, kPatience);
    Shown<AxesView> axes(*session);
    session->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(axes->plot().scene().count() > 0, kPatience);
    const Layout before = axes->plot().scene().points;
    QTRY_VERIFY_WITH_TIMEOUT(axes->plot().scene().points != before, kPatience);
    axes->hide();
    session->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session->runs().isActive(), kPatience);
  }

  void aViewOfAnotherWorkspaceComesAsATab() {
    const auto session = newSession();
    MainWindow window(*session);
    window.resize(1366, 768);
    window.show();
    session->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session->corpus() != nullptr, kPatience);
    QVERIFY(window.showWorkspace("explore"));
    for (const char* id : {"map", "axes", "neighbours", "analogy", "why"}) {
      QTRY_VERIFY2(window.view(id)->isVisible(), id);
    }
    auto* text = window.findChild<QDockWidget*>("text");
    auto* map = window.findChild<QDockWidget*>("map");
    QVERIFY(!text->isVisible() && map->titleBarWidget()->isVisible());
    QVERIFY(window.showView("text"));
    QTRY_VERIFY(text->isVisible());
    QVERIFY(window.tabifiedDockWidgets(map).contains(text));
    QVERIFY(!window.view("map")->isVisible() || window.view("map")->visibleRegion().isEmpty());
    // The shortcut of a view leads to where one types.
    QVERIFY(window.showView("analogy"));
    QVERIFY(qobject_cast<WordEdit*>(window.view("analogy")->focusProxy()));
  }

  void stateComesBack() {
    Shown<AnalogyView> analogy(*session_);
    analogy->restoreState({{"sum", "king - man"}, {"multiply", true}});
    QCOMPARE(analogy->saveState(), (QJsonObject{{"sum", "king - man"}, {"multiply", true}}));
    QTRY_VERIFY_WITH_TIMEOUT(analogy.find<LinkedTable>("answerList")->model()->rowCount() > 0, kPatience);
    Shown<AxesView> axes(*session_);
    const QJsonObject state{
        {"words", 300}, {"left", "cat"}, {"right", "dog"}, {"bottom", "he"}, {"top", "she"}};
    axes->restoreState(state);
    QCOMPARE(axes->saveState(), state);
    QTRY_COMPARE_WITH_TIMEOUT(axes->plot().scene().count(), std::size_t{300}, kPatience);
    Shown<WhyCloseView> why(*session_);
    why->restoreState({{"splitter", "nonsense"}});
    QVERIFY(why->saveState().contains("splitter"));
  }
};

QTEST_MAIN(ExploreViewsTest)
#include "explore_views_test.moc"

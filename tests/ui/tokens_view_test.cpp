// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tokens_view.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ui/models/merge_model.h"
#include "ui/plot/curve_plot.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/token_text.h"
#include "ui/widgets/token_ways.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class TokensViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<TokensView> view_;

  template <class T>
  T* child(const char* name) {
    return view_->findChild<T*>(name);
  }
  void press(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  MergeModel* merges() { return qobject_cast<MergeModel*>(child<QTableView>("mergeTable")->model()); }
  void open(const char* sample = "small-world-en") {
    session_->openSample(sample);
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!view_->isWorking() && !view_->excerpt().empty(), kPatience);
  }
  void wait() { QTRY_VERIFY_WITH_TIMEOUT(!view_->isWorking(), kPatience); }
  QString excerptText() { return QString::fromStdString(view_->excerpt()); }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<TokensView>(*session_);
    view_->resize(1200, 700);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void saysWhatItWillShow() {
    QVERIFY(child<QPushButton>("emptyButton")->isVisible());
    QVERIFY(!view_->textSummary().isEmpty());
    open();
    QVERIFY(!child<QPushButton>("emptyButton")->isVisible());
    QCOMPARE(child<TokenText>("tokensText")->plainText(), excerptText());
    QVERIFY(view_->textSummary().contains("after 0 merges"));
  }

  void mergesStepByStepAndGoesBack() {
    open();
    const std::size_t characters = view_->excerptTokens().size();
    QCOMPARE(view_->merges(), std::size_t{0});
    QVERIFY(!child<QPushButton>("tokensBack")->isEnabled());
    std::vector<std::size_t> lengths{characters};
    for (std::size_t i = 1; i <= 5; ++i) {
      press("tokensStep");
      QTRY_COMPARE_WITH_TIMEOUT(view_->merges(), i, kPatience);
      lengths.push_back(view_->excerptTokens().size());
      QCOMPARE(merges()->rowCount(), static_cast<int>(i));
      QCOMPARE(child<TokenText>("tokensText")->plainText(), excerptText());
    }
    QVERIFY(lengths.back() < lengths.front());
    press("tokensBack");
    QCOMPARE(view_->merges(), std::size_t{4});
    QCOMPARE(view_->excerptTokens().size(), lengths[4]);
    QCOMPARE(merges()->rowCount(), 5);  // what is known stays
    press("tokensBegin");
    QCOMPARE(view_->excerptTokens().size(), characters);
    const auto table = child<QTableView>("mergeTable");
    const QModelIndex third = merges()->index(2, MergeModel::kToken);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->visualRect(third).center());
    QCOMPARE(view_->merges(), std::size_t{3});
    QCOMPARE(view_->excerptTokens().size(), lengths[3]);
  }

  void thePairThatComesNextIsMarked() {
    open();
    const auto next = qobject_cast<MergeModel*>(child<QTableView>("nextPairs")->model());
    QVERIFY(next->rowCount() > 1);
    const BpeMerge merge = next->rows().front().merge.merge;
    const auto& tokens = view_->excerptTokens();
    const QColor marked = session_->theme().selection;
    bool found = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const bool isPair = tokens[i].id == merge.left && tokens[i + 1].id == merge.right &&
                          tokens[i].piece == tokens[i + 1].piece;
      if (isPair) QCOMPARE(child<TokenText>("tokensText")->tokens()[i].color.rgb(), marked.rgb());
      found = found || isPair;
    }
    QVERIFY(found);
    press("tokensStep");
    QTRY_COMPARE_WITH_TIMEOUT(view_->merges(), std::size_t{1}, kPatience);
    QCOMPARE(merges()->rows().front().merge.merge, merge);
  }

  void mergesUpToAVocabulary() {
    open();
    child<NumberBox>("tokensVocabulary")->setValue(300);
    press("tokensGo");
    QTRY_VERIFY_WITH_TIMEOUT(view_->merges() > 100, kPatience);
    wait();
    QVERIFY(child<QLabel>("tokensStatus")->text().startsWith("300 different tokens"));
    const auto& curve = child<CurvePlot>("compressionCurve")->scene().curves.front();
    QCOMPARE(curve.series->size(), view_->knownMerges() + 1);
    QCOMPARE((*curve.series)[0].loss, 1.0);
    QVERIFY((*curve.series)[curve.series->size() - 1].loss < 0.6);
    QVERIFY((*curve.series)[curve.series->size() - 1].step == 300);
  }

  void runsByItself() {
    open();
    press("tokensPlay");
    QTRY_VERIFY_WITH_TIMEOUT(view_->merges() >= 2, kPatience);
    press("tokensPlay");
    const std::size_t stopped = view_->merges();
    wait();
    QVERIFY(view_->merges() <= stopped + 1);
  }

  void aClickSelectsTheWord() {
    open();
    child<NumberBox>("tokensVocabulary")->setValue(1000);
    press("tokensGo");
    QTRY_VERIFY_WITH_TIMEOUT(!view_->isWorking() && view_->merges() > 100, kPatience);
    const auto text = child<TokenText>("tokensText");
    for (std::size_t i = 0; i < view_->excerptTokens().size(); ++i) {
      const QString token = text->tokens()[i].text;
      const auto id = session_->corpus()->vocabulary().find(token.trimmed().toStdString());
      const QRectF place = text->tokenRect(static_cast<int>(i));
      if (!token.startsWith(' ') || !id || place.isEmpty()) continue;
      QTest::mouseClick(text->viewport(), Qt::LeftButton, Qt::NoModifier, place.center().toPoint());
      QCOMPARE(session_->selection().primary(), *id);
      QVERIFY(child<QLabel>("tokensChosen")->text().contains("Merge"));
      return;
    }
    QFAIL("no token is a word");
  }

  void showsOtherPlaces() {
    open();
    const std::string before = view_->excerpt();
    press("tokensPlace");
    QVERIFY(view_->excerpt() != before);
    QCOMPARE(child<TokenText>("tokensText")->plainText(), excerptText());
    const Corpus& corpus = *session_->corpus();
    const TokenIndex token = corpus.sentence(corpus.sentenceCount() / 2).begin;
    session_->selection().setFocus(token);
    const auto begin = corpus.textRange(token).begin;
    QVERIFY(corpus.document(0).text.compare(begin, 20, view_->excerpt(), 0, 20) == 0);
  }

  void cutsATextInEveryWay() {
    open();
    child<NumberBox>("tokensVocabulary")->setValue(1000);
    press("tokensGo");
    child<QTabWidget>("tokensTabs")->setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(!view_->isWorking(), kPatience);
    const auto ways = view_->findChild<TokenWays*>();
    child<QLineEdit>("ownText")->setText("the king \u4E2D");
    QCOMPARE(ways->cuts().size(), std::size_t{4});
    QCOMPARE(ways->cuts()[0].tokens, std::size_t{9});  // the Chinese character has no token
    QCOMPARE(ways->cuts()[1].ids.size(), std::size_t{3});
    QCOMPARE(ways->cuts()[1].unknown, std::size_t{1});
    QVERIFY(ways->cuts()[2].tokens < 9 && ways->cuts()[3].tokens < 10);
    QCOMPARE(ways->cuts()[3].unknown, std::size_t{1});
    QVERIFY(view_->textSummary().contains("SentencePiece"));
  }

  void trainsAModelWithTheseTokens() {
    open();
    press("tokensStep");
    QTRY_COMPARE_WITH_TIMEOUT(view_->merges(), std::size_t{1}, kPatience);
    press("tokensTrain");
    const RunConfig& config = session_->runs().nextConfig();
    QVERIFY(findModel(config.modelId)->kind == ModelInfo::Kind::Sequence);
    QCOMPARE(config.params.getChoice("tokens"), std::string("subwords"));
    QVERIFY(validate(findModel(config.modelId)->params, config.params).has_value());
  }

  void readsChinese() {
    open("small-world-zh");
    child<NumberBox>("tokensVocabulary")->setValue(400);
    press("tokensGo");
    QTRY_VERIFY_WITH_TIMEOUT(!view_->isWorking() && view_->merges() > 20, kPatience);
    QCOMPARE(child<TokenText>("tokensText")->plainText(), excerptText());
  }

  void anotherTextBeginsAnew() {
    open();
    press("tokensStep");
    QTRY_COMPARE_WITH_TIMEOUT(view_->merges(), std::size_t{1}, kPatience);
    const auto before = session_->corpus();
    session_->openText("mine", "abab abab cd");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != before, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view_->excerpt(), std::string("abab abab cd"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view_->merges(), std::size_t{0}, kPatience);
    child<NumberBox>("tokensVocabulary")->setValue(1000);
    press("tokensGo");
    wait();
    QVERIFY(!child<QPushButton>("tokensStep")->isEnabled());  // no pair occurs twice
  }

  void cancelledCountingCanBeAskedAgain() {
    // Once the view has heard of the text and counts it.
    const auto once = connect(session_.get(), &Session::corpusChanged, view_.get(),
                              [this] { child<QPushButton>("workCancel")->click(); });
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    disconnect(once);
    QVERIFY(!view_->isWorking());
    QTest::qWait(0);
    QCOMPARE(view_->excerpt(), std::string());
    QVERIFY(child<QPushButton>("emptyButton")->isVisible());
    press("emptyButton");
    QTRY_VERIFY_WITH_TIMEOUT(!view_->excerpt().empty(), kPatience);
    QVERIFY(!child<QPushButton>("emptyButton")->isVisible());
  }

  void keepsItsState() {
    child<NumberBox>("tokensVocabulary")->setValue(500);
    child<QTabWidget>("tokensTabs")->setCurrentIndex(1);
    const QJsonObject state = view_->saveState();
    TokensView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
  }
};

QTEST_MAIN(TokensViewTest)
#include "tokens_view_test.moc"

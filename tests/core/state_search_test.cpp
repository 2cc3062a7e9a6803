// SPDX-License-Identifier: GPL-3.0-or-later
// Where units are on in a text, with a model whose units are known: one is on at "x", one within brackets,
// one counts letters since the last line.
#include "core/analysis/state_search.h"

#include <QTest>

#include "core/text/tokenizers.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

class KnownUnits : public SequenceModel {
 public:
  explicit KnownUnits(TokenizerPtr tokenizer) : tokenizer_(std::move(tokenizer)) {
    facts_.modelId = "lstm";
    facts_.layers = 1;
    facts_.units = 3;
  }
  const TokenizerPtr& tokenizer() const override { return tokenizer_; }
  const SequenceFacts& facts() const override { return facts_; }
  std::unique_ptr<SequenceSession> start() const override { return nullptr; }
  SequenceTrace trace(std::string_view utf8, bool, std::size_t mostTokens) const override {
    SequenceTrace trace;
    trace.text = utf8;
    TokenizedText tokens = tokenizer_->encode(utf8);
    trace.ids = std::move(tokens.ids);
    trace.ranges = std::move(tokens.ranges);
    trace.ids.resize(std::min(trace.ids.size(), mostTokens));
    trace.ranges.resize(trace.ids.size());
    TraceMatrix hidden;
    hidden.name = "h";
    hidden.values.setZero(3, static_cast<Eigen::Index>(trace.ids.size()));
    float inBrackets = 0, letters = 0;
    for (std::size_t t = 0; t < trace.ids.size(); ++t) {
      const std::string_view text = tokenizer_->text(trace.ids[t]);
      if (text == "(") inBrackets = 1;
      if (text == ")") inBrackets = 0;
      letters = text == "\n" ? 0 : letters + 1;
      hidden.values.col(static_cast<Eigen::Index>(t)) << (text == "x" ? -0.9F : 0.1F), inBrackets,
          letters / 1000;
    }
    trace.matrices.push_back(std::move(hidden));
    return trace;
  }
  double lossSum(std::span<const TokenId>, const StopToken&) const override { return 0; }
  TensorSet save() const override { return {}; }
  std::size_t memoryBytes() const override { return 0; }

 private:
  TokenizerPtr tokenizer_;
  SequenceFacts facts_;
};

}  // namespace

class StateSearchTest : public QObject {
  Q_OBJECT

 private:
  std::shared_ptr<const Corpus> corpus_;
  std::unique_ptr<KnownUnits> model_;

  /// The text of a place.
  std::string at(const StatePlace& place) const {
    const std::string& text = corpus_->document(place.document).text;
    return text.substr(place.range.begin, place.range.end - place.range.begin);
  }

 private Q_SLOTS:
  void init() {
    // More than one piece a document, and characters of several bytes where pieces may be cut.
    std::string first, second;
    for (int line = 0; line < 400; ++line) first += "the dog éa ate (a b c) yellow lines\n";
    second = first;
    first.insert(first.find("lines", 9000), "x ");
    second.insert(second.find("dog", 3000), "x ");
    second.insert(second.find("ate", 14300), "a very long line without an end ");
    corpus_ = toyCorpus({first, second});
    model_ = std::make_unique<KnownUnits>(*makeCharacterTokenizer(textsOf(*corpus_), 1000));
  }

  void theStrongestPlacesOfAUnitAreFound() {
    StateSearch search;
    const auto places = strongestPlaces(*model_, *corpus_, search, 0, false);
    QVERIFY(places.has_value());
    QVERIFY(places->size() >= 2);
    QCOMPARE(at((*places)[0]), std::string("x"));
    QCOMPARE(at((*places)[1]), std::string("x"));
    QVERIFY((*places)[0].document != (*places)[1].document);
    QVERIFY(std::abs((*places)[1].value + 0.9) < 1e-6);
    for (std::size_t i = 2; i < places->size(); ++i) QVERIFY((*places)[i].value > -0.9 + 1e-6);
  }

  void placesNearEachOtherCountOnce() {
    StateSearch search;
    const auto places = strongestPlaces(*model_, *corpus_, search, 2, true);
    QVERIFY(places.has_value());
    QCOMPARE(places->size(), search.places);
    // The longest line is the one that was made longer; only its end counts.
    QCOMPARE((*places)[0].document, std::size_t{1});
    QCOMPARE(at((*places)[0]), std::string("s"));
    for (std::size_t i = 1; i < places->size(); ++i) QVERIFY((*places)[i].value <= (*places)[i - 1].value);
  }

  void unitsOfAPhraseAreThoseOnJustThere() {
    Eigen::MatrixXf values(3, 6);
    values << 0, 0, 1, -1, 0, 0,  // just there, whatever the sign
        0, 1, 1, 1, 0, 0,         // before, too
        0, 0, 1, 0.2F, 0, 0;      // not all of it
    using Units = std::vector<std::size_t>;
    QCOMPARE(unitsOnIn(values, 2, 3, 0.5), Units({0}));
    QCOMPARE(unitsOnIn(values, 1, 3, 0.5), Units({1}));
    QCOMPARE(unitsOnIn(values, 2, 2, 0.5), Units({2}));
    QCOMPARE(unitsOnIn(values, 2, 3, 0.1), Units({0, 2}));
    QVERIFY(unitsOnIn(values, 4, 9, 0.5).empty());
    QVERIFY(unitsOnIn({}, 0, 0, 0.5).empty());
  }

  void phrasesThatLookAlikeAreFound() {
    StateSearch search;
    const auto places = similarPlaces(*model_, *corpus_, search, {1}, 0.5, 4);
    QVERIFY(places.has_value());
    QCOMPARE(places->size(), search.places);
    for (const StatePlace& place : *places) QCOMPARE(at(place), std::string("(a b c"));
    const auto none = similarPlaces(*model_, *corpus_, search, {1}, 0.5, 7);
    QVERIFY(none.has_value() && none->empty());
  }

  void whatIsNotThereIsSaid() {
    StateSearch search;
    const auto unit = strongestPlaces(*model_, *corpus_, search, 3, true);
    QVERIFY(!unit.has_value());
    QVERIFY(unit.error().message().find("no unit 4") != std::string::npos);
    search.source.layer = 1;
    QVERIFY(!strongestPlaces(*model_, *corpus_, search, 0, true).has_value());
    QVERIFY(!similarPlaces(*model_, *corpus_, search, {0}, 0.5, 1).has_value());
  }

  void stopsWhenToldTo() {
    std::stop_source source;
    source.request_stop();
    TaskContext context;
    context.stop = source.get_token();
    const auto places = strongestPlaces(*model_, *corpus_, {}, 0, true, context);
    QVERIFY(!places.has_value());
    QCOMPARE(places.error().kind, Error::Kind::Cancelled);
  }
};

QTEST_GUILESS_MAIN(StateSearchTest)
#include "state_search_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// core/analysis/why_close: shared contexts and places against the formulas in the header, on small and large
// texts.
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/analysis/why_close.h"
#include "core/base/rng.h"
#include "core/text/samples.h"

using namespace lexarium;

namespace {

std::shared_ptr<const PositionIndex> indexOf(std::vector<NamedText> texts, SegmentOptions options = {}) {
  return PositionIndex::build(corpusFromTexts("test", std::move(texts), options).value()).value();
}

std::shared_ptr<const PositionIndex> indexOf(const std::string& text) {
  return indexOf({{"test.txt", text}});
}

TokenId idOf(const PositionIndex& index, const std::string& word) {
  return index.corpus().vocabulary().find(word).value();
}

WhyCloseRequest requestOf(const PositionIndex& index, const std::string& a, const std::string& b,
                          std::size_t window = 5) {
  WhyCloseRequest request;
  request.a = idOf(index, a);
  request.b = idOf(index, b);
  request.window = window;
  return request;
}

/// Zipfian words in sentences and documents.
std::vector<NamedText> randomTexts(std::size_t documents, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<NamedText> texts;
  for (std::size_t d = 0; d < documents; ++d) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
      text += 'w' + std::to_string(static_cast<int>(std::exp(rng.uniform() * 4.5)));
      text += rng.below(9) == 0 ? ". " : " ";
    }
    texts.push_back({"d" + std::to_string(d), text});
  }
  return texts;
}

/// What the header says, word by word, with maps.
struct Definition {
  std::map<TokenId, double> share;
  double cosine = 0;
  std::uint64_t meetings = 0;

  const Corpus& corpus;
  WhyCloseRequest request;
  std::size_t words;

  Definition(const PositionIndex& index, const WhyCloseRequest& asked)
      : corpus(index.corpus()),
        request(asked),
        words(asked.words == 0 ? corpus.vocabulary().size() : asked.words) {
    const auto a = weights(request.a, true), b = weights(request.b, false);
    double sum = 0, squaresA = 0, squaresB = 0;
    for (const auto& [c, weight] : a) squaresA += weight * weight;
    for (const auto& [c, weight] : b) squaresB += weight * weight;
    for (const auto& [c, weight] : a) {
      if (!b.count(c) || weight * b.at(c) <= 0) continue;
      share[c] = weight * b.at(c);
      sum += share[c];
    }
    for (auto& [c, value] : share) value /= sum;
    cosine = sum > 0 ? sum / std::sqrt(squaresA * squaresB) : 0;
  }

  std::vector<std::pair<TokenIndex, int>> windowOf(TokenIndex token) const {
    const TokenRange piece = request.crossSentences ? corpus.document(corpus.documentOf(token)).tokens
                                                    : corpus.sentence(corpus.sentenceOf(token));
    std::vector<std::pair<TokenIndex, int>> result;
    for (const int step : {-1, 1}) {
      int distance = 0;
      for (auto i = static_cast<std::int64_t>(token) + step;
           i >= static_cast<std::int64_t>(piece.begin) && i < static_cast<std::int64_t>(piece.end);
           i += step) {
        if (corpus.tokens()[static_cast<std::size_t>(i)] >= words) continue;
        if (++distance > static_cast<int>(request.window)) break;
        result.emplace_back(static_cast<TokenIndex>(i), distance);
      }
    }
    return result;
  }

  std::map<TokenId, double> weights(TokenId word, bool countMeetings) {
    std::map<TokenId, double> weighted, times, result;
    double total = 0, smoothed = 0;
    for (TokenIndex t = 0; t < corpus.tokens().size(); ++t) {
      if (corpus.tokens()[t] != word) continue;
      for (const auto& [at, distance] : windowOf(t)) {
        const double weight =
            (static_cast<double>(request.window) + 1 - distance) / static_cast<double>(request.window);
        weighted[corpus.tokens()[at]] += weight;
        times[corpus.tokens()[at]] += 1;
        total += weight;
      }
    }
    if (countMeetings) meetings = static_cast<std::uint64_t>(times[request.b]);
    const Vocabulary& vocabulary = corpus.vocabulary();
    for (TokenId c = 0; c < words; ++c) smoothed += std::pow(vocabulary.count(c), 0.75);
    for (const auto& [c, value] : weighted) {
      if (c == request.a || c == request.b) continue;
      const double pmi = std::log(value / total / (std::pow(vocabulary.count(c), 0.75) / smoothed));
      const auto rarer = static_cast<double>(std::min(vocabulary.count(c), vocabulary.count(word)));
      result[c] = std::max(0.0, pmi) * times[c] / (times[c] + 1) * rarer / (rarer + 1);
    }
    return result;
  }

  double shareOf(TokenIndex token) const {
    std::set<TokenId> ids;
    for (const auto& [at, distance] : windowOf(token)) ids.insert(corpus.tokens()[at]);
    double sum = 0;
    for (const TokenId id : ids) sum += share.count(id) ? share.at(id) : 0;
    return sum;
  }
};

std::string textOf(const std::vector<TextPiece>& pieces) {
  std::string text;
  for (const TextPiece& piece : pieces) {
    constexpr const char* kMarks[] = {"", "*", "#", "_"};
    const std::string mark = kMarks[static_cast<int>(piece.kind)];
    text += mark + piece.text + mark;
  }
  return text;
}

}  // namespace

class WhyCloseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithTheDefinition_data() {
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("words");
    QTest::addColumn<bool>("cross");
    QTest::newRow("usual") << 5 << 0 << false;
    QTest::newRow("narrow") << 1 << 0 << false;
    QTest::newRow("rare words are passed over") << 4 << 60 << false;
    QTest::newRow("across sentences") << 8 << 0 << true;
  }
  void agreesWithTheDefinition() {
    QFETCH(int, window);
    QFETCH(int, words);
    QFETCH(bool, cross);
    const auto index = indexOf(randomTexts(12, 7));
    WhyCloseRequest request = requestOf(*index, "w8", "w12", static_cast<std::size_t>(window));
    request.words = static_cast<std::size_t>(words);
    request.crossSentences = cross;
    request.contexts = 1000;
    request.places = 1000;
    const WhyClose why = whyClose(*index, request).value();
    const Definition definition(*index, request);

    QCOMPARE(why.sharedContexts, definition.share.size());
    QCOMPARE(why.contexts.size(), definition.share.size());
    QVERIFY(why.contexts.size() > 3);
    QVERIFY(std::abs(why.contextCosine - definition.cosine) < 1e-6);
    QCOMPARE(why.meetings, definition.meetings);
    double sum = 0;
    for (std::size_t i = 0; i < why.contexts.size(); ++i) {
      QVERIFY(std::abs(why.contexts[i].share - definition.share.at(why.contexts[i].id)) < 1e-6);
      QVERIFY(i == 0 || why.contexts[i].share <= why.contexts[i - 1].share);
      sum += why.contexts[i].share;
    }
    QVERIFY(std::abs(sum - 1) < 1e-9);
    QCOMPARE(why.places[0], std::uint64_t{index->count(request.a)});
    QCOMPARE(why.lookedAt[1], std::uint64_t{index->count(request.b)});

    // Every place with a shared context is there, once a sentence and text.
    QVERIFY(!why.evidence.empty());
    for (std::size_t i = 0; i < why.evidence.size(); ++i) {
      const EvidencePlace& place = why.evidence[i];
      QVERIFY(std::abs(place.share - definition.shareOf(place.token)) < 1e-6);
      QVERIFY(i == 0 || place.share <= why.evidence[i - 1].share);
      QCOMPARE(index->corpus().tokens()[place.token], place.word);
      QVERIFY(place.shown.begin <= place.token && place.token < place.shown.end);
      QVERIFY(!place.contexts.empty());
      for (const TokenIndex at : place.contexts) QVERIFY(place.shown.begin <= at && at < place.shown.end);
    }
    double best = 0;
    for (const TokenId word : {request.a, request.b})
      for (const std::uint32_t token : index->positions(word))
        best = std::max(best, definition.shareOf(token));
    QVERIFY(std::abs(why.evidence.front().share - best) < 1e-6);
  }

  void theTextOfAPlace() {
    const auto index = indexOf(
        "The king sat on   the golden \t throne, \"smiling\". A dog barked. The queen sat on the golden "
        "throne! "
        "The dog ran.");
    const WhyCloseRequest request = requestOf(*index, "king", "queen");
    const WhyClose why = whyClose(*index, request).value();
    QCOMPARE(why.evidence.size(), std::size_t{2});
    QStringList texts;
    for (const EvidencePlace& place : why.evidence) {
      texts << QString::fromStdString(
          textOf(evidenceText(index->corpus(), place, place.word == request.a ? request.b : request.a)));
    }
    texts.sort();
    // "the" and "sat" may or may not be above chance; what is certain is the frame, the word, and the throne.
    QVERIFY2(texts[0].startsWith("The *king* ") || texts[0].startsWith("_The_ *king* "),
             qPrintable(texts[0]));
    QVERIFY2(texts[0].contains("_sat_ _on_ ") && texts[0].endsWith(", \"smiling\"."), qPrintable(texts[0]));
    QVERIFY2(texts[1].contains("*queen* _sat_ _on_") && texts[1].endsWith("!"), qPrintable(texts[1]));
    QVERIFY2(!texts[0].contains('\n') && !texts[0].contains("  "), qPrintable(texts[0]));
  }

  void quotationMarksStayWithTheirSentence() {
    const auto index =
        indexOf({{"1", "(\"The king,\" they said, \"wore a crown.\") \"The queen wore a crown!\""},
                 {"2", "\u201c国王戴着王冠。\u201d\u201c王后戴着王冠。\u201d"}});
    const auto texts = [&](const char* a, const char* b) {
      QStringList result;
      const WhyClose why = whyClose(*index, requestOf(*index, a, b)).value();
      for (const EvidencePlace& place : why.evidence) {
        QString text;
        for (const TextPiece& piece : evidenceText(index->corpus(), place, kNoToken))
          text += QString::fromStdString(piece.text);
        result << text;
      }
      return result;
    };
    const QStringList english = texts("king", "queen");
    QVERIFY2(english.contains("\"The queen wore a crown!\""), qPrintable(english.join('|')));
    const QStringList chinese = texts("国王", "王后");
    QVERIFY2(chinese.contains(QString::fromUtf8("\u201c王后戴着王冠。\u201d")),
             qPrintable(chinese.join('|')));
    QVERIFY2(chinese.contains(QString::fromUtf8("\u201c国王戴着王冠。\u201d")),
             qPrintable(chinese.join('|')));
  }

  void aSentenceWithoutEndIsCut() {
    // No full stop anywhere: one sentence of 60,000 words.
    std::string text;
    Rng rng(3);
    for (int i = 0; i < 20'000; ++i) {
      text += "f" + std::to_string(rng.below(500)) + (i % 100 == 0 ? " alpha x" : " ") +
              (i % 100 == 50 ? "beta x" : "y") + std::to_string(rng.below(30)) + ' ';
    }
    const auto index = indexOf(text);
    WhyCloseRequest request = requestOf(*index, "alpha", "beta");
    request.longestShown = 30;
    const WhyClose why = whyClose(*index, request).value();
    QVERIFY(why.evidence.size() > 12);  // not one for the one sentence
    for (const EvidencePlace& place : why.evidence) {
      QVERIFY(place.shown.size() <= 31);
      const std::string shown = textOf(evidenceText(index->corpus(), place, request.b));
      QVERIFY(shown.starts_with("\xE2\x80\xA6") && shown.ends_with("\xE2\x80\xA6"));
    }
  }

  void placesThatReadTheSameAreGivenOnce() {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "The king wore a crown. The queen wore a crown. Dogs bark. ";
    text += "A crown for the king. ";
    const auto index = indexOf(text);
    const WhyClose why = whyClose(*index, requestOf(*index, "king", "queen")).value();
    QCOMPARE(why.evidence.size(), std::size_t{3});
    QCOMPARE(why.places[0], std::uint64_t{51});
  }

  void onlyPlacesWithAContext() {
    const auto sample = PositionIndex::build(loadSample(*findSample("small-world-en")).value()).value();
    WhyCloseRequest request = requestOf(*sample, "king", "queen");
    const WhyClose all = whyClose(*sample, request).value();
    QVERIFY(all.contexts.size() > 5);
    request.mustHave = all.contexts[4].id;
    const WhyClose some = whyClose(*sample, request).value();
    QCOMPARE(some.sharedContexts, all.sharedContexts);
    QVERIFY(!some.evidence.empty());
    for (const EvidencePlace& place : some.evidence) {
      const bool has = std::any_of(place.contexts.begin(), place.contexts.end(), [&](TokenIndex at) {
        return sample->corpus().tokens()[at] == request.mustHave;
      });
      QVERIFY(has);
    }
  }

  void sharedContextsOfTheSampleAreThoseOfItsThemes() {
    const auto sample = PositionIndex::build(loadSample(*findSample("small-world-en")).value()).value();
    const WhyClose close = whyClose(*sample, requestOf(*sample, "king", "queen")).value();
    const WhyClose far = whyClose(*sample, requestOf(*sample, "king", "swimming")).value();
    QVERIFY(close.contextCosine > 3 * far.contextCosine);
    std::set<std::string> words;
    for (std::size_t i = 0; i < 12; ++i)
      words.emplace(sample->corpus().vocabulary().word(close.contexts[i].id));
    QVERIFY(words.count("palace") + words.count("crown") + words.count("throne") + words.count("court") > 0);
  }

  void fewPlacesAreSampledEvenly() {
    const auto index = indexOf(randomTexts(60, 9));
    WhyCloseRequest request = requestOf(*index, "w3", "w5");
    const WhyClose all = whyClose(*index, request).value();
    request.sample = index->count(request.a) / 4;
    const WhyClose some = whyClose(*index, request).value();
    QCOMPARE(some.lookedAt[0], std::uint64_t{request.sample});
    QCOMPARE(some.places, all.places);
    QVERIFY(std::abs(some.contextCosine - all.contextCosine) < 0.25);
    request.sample = 0;
    QCOMPARE(whyClose(*index, request).value().lookedAt[0], std::uint64_t{1});
  }

  void edges() {
    const auto index = indexOf("One. Two. Alone");
    WhyCloseRequest request = requestOf(*index, "one", "two");
    WhyClose why = whyClose(*index, request).value();
    QVERIFY(why.contexts.empty() && why.evidence.empty());
    QCOMPARE(why.contextCosine, 0.0);
    request.b = request.a;
    QVERIFY(whyClose(*index, request).value().contexts.empty());
    request.b = 99;
    QVERIFY(!whyClose(*index, request));
    request.b = kNoToken;
    QVERIFY(!whyClose(*index, request));
    // Windows of no words and of too many are brought into range.
    const auto more = indexOf(randomTexts(3, 1));
    for (const std::size_t window : {std::size_t{0}, std::size_t{1000}}) {
      request = requestOf(*more, "w8", "w12", window);
      QVERIFY(whyClose(*more, request));
    }
  }

  void stops() {
    const auto index = indexOf(randomTexts(3, 1));
    std::stop_source stop;
    stop.request_stop();
    TaskContext context;
    context.stop = stop.get_token();
    const auto why = whyClose(*index, requestOf(*index, "w8", "w12"), context);
    QVERIFY(!why);
    QCOMPARE(why.error().kind, Error::Kind::Cancelled);
  }
};

QTEST_GUILESS_MAIN(WhyCloseTest)
#include "why_close_test.moc"

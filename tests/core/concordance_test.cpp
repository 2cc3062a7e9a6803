// SPDX-License-Identifier: GPL-3.0-or-later
// core/concordance: positions, keyword in context, and finding words.
#include <QTest>
#include <map>

#include "core/base/rng.h"
#include "core/concordance/concordance.h"
#include "core/concordance/context_text.h"
#include "core/text/decode.h"

using namespace lexarium;
using Key = ConcordanceRequest::Key;

namespace {

std::shared_ptr<const Corpus> corpusOf(std::vector<NamedText> texts, SegmentOptions options = {}) {
  return corpusFromTexts("test", std::move(texts), options).value();
}

std::shared_ptr<const Corpus> corpusOf(const std::string& text, SegmentOptions options = {}) {
  return corpusOf({{"test.txt", text}}, options);
}

std::shared_ptr<const PositionIndex> indexOf(std::shared_ptr<const Corpus> corpus) {
  return PositionIndex::build(std::move(corpus)).value();
}

/// Words of a small alphabet in many short documents, so that every boundary is met often.
std::vector<NamedText> randomTexts(std::size_t documents, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<NamedText> texts;
  for (std::size_t d = 0; d < documents; ++d) {
    std::string text;
    for (std::uint32_t i = 0, words = 1 + rng.below(60); i < words; ++i) {
      text += static_cast<char>((rng.below(2) ? 'a' : 'A') + static_cast<int>(rng.below(6)));
      text += rng.below(8) == 0 ? ".\n" : " ";
    }
    texts.push_back({"d" + std::to_string(d), text});
  }
  return texts;
}

TokenId idOf(const PositionIndex& index, const std::string& word) {
  return index.corpus().vocabulary().find(word).value();
}

std::vector<TokenIndex> tokensOf(const Concordance& found) {
  std::vector<TokenIndex> tokens;
  for (const ConcordanceLine& line : found.lines) tokens.push_back(line.token);
  return tokens;
}

std::string lowered(std::string_view word) {
  std::string result(word);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return result;
}

/// The word a key looks at, in lower case; empty beyond the document.
std::string keyWord(const Corpus& corpus, TokenIndex hit, Key key) {
  static const std::map<Key, int> offsets{{Key::Left1, -1}, {Key::Left2, -2}, {Key::Left3, -3},
                                          {Key::Right1, 1}, {Key::Right2, 2}, {Key::Right3, 3},
                                          {Key::Node, 0}};
  const TokenRange document = corpus.document(corpus.documentOf(hit)).tokens;
  const std::int64_t place = static_cast<std::int64_t>(hit) + offsets.at(key);
  if (place < static_cast<std::int64_t>(document.begin) || place >= static_cast<std::int64_t>(document.end))
    return {};
  return lowered(corpus.vocabulary().word(corpus.tokens()[static_cast<std::size_t>(place)]));
}

/// All hits in the order asked for, by definition.
std::vector<TokenIndex> sortedByDefinition(const Corpus& corpus, const ConcordanceRequest& request) {
  std::vector<std::pair<std::vector<std::string>, TokenIndex>> hits;
  for (TokenIndex i = 0; i < corpus.tokens().size(); ++i) {
    if (std::find(request.words.begin(), request.words.end(), corpus.tokens()[i]) == request.words.end())
      continue;
    std::vector<std::string> keys;
    for (const Key key : request.order) {
      if (key == Key::Position || keys.size() == 3) break;
      keys.push_back(keyWord(corpus, i, key));
    }
    hits.emplace_back(keys, i);
  }
  std::sort(hits.begin(), hits.end());
  std::vector<TokenIndex> tokens;
  for (const auto& hit : hits) tokens.push_back(hit.second);
  return tokens;
}

}  // namespace

class ConcordanceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void indexHoldsEveryPosition();
  void indexCancels();
  void ranksAreAlphabetical();
  void linesReadAsTheText();
  void contextsStayInTheirDocument();
  void chineseLinesKeepTheirCharacters();
  void contextIsCutAtCodePoints();
  void pagesAgreeWithTheDefinition_data();
  void pagesAgreeWithTheDefinition();
  void oddRequestsAreSafe();
  void millionsOfHitsAreCancellable();
  void findsPlainWordsFolded();
  void findsWildcards_data();
  void findsWildcards();
  void findsRegularExpressions();
  void brokenExpressionsNameThePlace_data();
  void brokenExpressionsNameThePlace();
  void costlyExpressionsEnd();
  void searchesOverHostileStringsAreSafe();
};

void ConcordanceTest::indexHoldsEveryPosition() {
  const auto corpus = corpusOf(randomTexts(40, 1));
  const auto index = indexOf(corpus);
  std::vector<bool> seen(corpus->tokens().size(), false);
  for (TokenId id = 0; id < corpus->vocabulary().size(); ++id) {
    QCOMPARE(index->count(id), static_cast<std::size_t>(corpus->vocabulary().count(id)));
    for (std::size_t nth = 0; nth < index->count(id); ++nth) {
      const TokenIndex at = index->position(id, nth);
      QCOMPARE(corpus->tokens()[at], id);
      QVERIFY(nth == 0 || index->position(id, nth - 1) < at);
      seen[at] = true;
    }
  }
  QVERIFY(std::all_of(seen.begin(), seen.end(), [](bool b) { return b; }));
  QVERIFY(index->memoryBytes() >= 4 * corpus->tokens().size());
}

void ConcordanceTest::indexCancels() {
  std::stop_source stop;
  stop.request_stop();
  const auto index = PositionIndex::build(corpusOf("one two three"), {{}, stop.get_token()});
  QVERIFY(!index);
  QCOMPARE(index.error().kind, Error::Kind::Cancelled);
}

void ConcordanceTest::ranksAreAlphabetical() {
  SegmentOptions options;
  options.lowerCase = false;
  const auto index = indexOf(corpusOf(
      "zebra Apple apple banana Zebras internationally international \xC3\x89t\xC3\xA9 \xC3\xA9t\xC3\xA9",
      options));
  const auto rank = [&](const std::string& word) { return index->alphabeticalRank(idOf(*index, word)); };
  QCOMPARE(rank("Apple"), rank("apple"));
  QCOMPARE(rank("\xC3\x89t\xC3\xA9"), rank("\xC3\xA9t\xC3\xA9"));
  QVERIFY(rank("apple") > 0);  // 0 is for "no word"
  QVERIFY(rank("apple") < rank("banana") && rank("banana") < rank("international"));
  QVERIFY(rank("international") < rank("internationally"));  // the same first eight bytes
  QVERIFY(rank("zebra") < rank("Zebras"));
}

void ConcordanceTest::linesReadAsTheText() {
  const std::string text = "\"Call me   Ishmael,\"\n\n said the\twhale. The Whale, they say,\r\nwas white! ";
  const auto index = indexOf(corpusOf(text));
  ConcordanceRequest request;
  request.words = {idOf(*index, "whale")};
  request.contextTokens = 3;
  const auto found = concordance(*index, request).value();
  QCOMPARE(found.hits, std::uint64_t{2});
  QCOMPARE(found.documents, std::size_t{1});
  QCOMPARE(found.lines[0].left, std::string("Ishmael,\" said the "));
  QCOMPARE(found.lines[0].middle, std::string("whale"));
  QCOMPARE(found.lines[0].right, std::string(". The Whale, they"));
  QCOMPARE(text.substr(found.lines[1].node.begin, found.lines[1].node.end - found.lines[1].node.begin),
           std::string("Whale"));
  QCOMPARE(found.lines[1].middle, std::string("Whale"));  // as written, though the corpus is in lower case
  request.contextTokens = 100;
  const auto wide = concordance(*index, request).value();
  QCOMPARE(wide.lines[1].left + wide.lines[1].middle + wide.lines[1].right,
           std::string("\"Call me Ishmael,\" said the whale. The Whale, they say, was white!"));
  request.contextTokens = 0;
  const auto bare = concordance(*index, request).value();
  QVERIFY(bare.lines[0].left.size() <= 1 && bare.lines[0].right.size() <= 2);
}

void ConcordanceTest::contextsStayInTheirDocument() {
  const auto index = indexOf(corpusOf({{"a", "red green"}, {"b", "node"}, {"c", "blue node"}}));
  ConcordanceRequest request;
  request.words = {idOf(*index, "node")};
  const auto found = concordance(*index, request).value();
  QCOMPARE(found.documents, std::size_t{2});
  QCOMPARE(found.lines[0].left + "|" + found.lines[0].right, std::string("|"));
  QCOMPARE(found.lines[1].left, std::string("blue "));
  QCOMPARE(found.lines[1].document, std::size_t{2});
}

void ConcordanceTest::chineseLinesKeepTheirCharacters() {
  SegmentOptions options;
  options.method = SegmentOptions::Method::Characters;
  const auto index = indexOf(corpusOf("春眠不觉晓，　处处闻啼鸟。", options));
  ConcordanceRequest request;
  request.words = {idOf(*index, "闻")};
  request.contextTokens = 3;
  const auto found = concordance(*index, request).value();
  QCOMPARE(found.lines[0].left, std::string("晓， 处处"));
  QCOMPARE(found.lines[0].right, std::string("啼鸟。"));
}

void ConcordanceTest::contextIsCutAtCodePoints() {
  std::string wide;
  for (int i = 0; i < 1000; ++i) wide += "鸟";
  for (std::size_t limit = 10; limit < 20; ++limit) {
    for (const auto side : {ContextSide::Left, ContextSide::Right}) {
      const std::string cut = contextText(wide, side, limit);
      QVERIFY(findInvalidUtf8(cut) == std::string_view::npos);
      QVERIFY(cut.size() <= limit + 3);
      QVERIFY(side == ContextSide::Left ? cut.starts_with("\xE2\x80\xA6") : cut.ends_with("\xE2\x80\xA6"));
    }
  }
  const std::string gap = "left" + std::string(5'000'000, ' ') + "right";
  QCOMPARE(contextText(gap, ContextSide::Left, 100), std::string("\xE2\x80\xA6right"));
  QCOMPARE(contextText(" \t a \x01\x7F b\xC2\xA0\xE3\x80\x80"
                       "c ",
                       ContextSide::Left, 100),
           std::string("a b c "));
  QCOMPARE(contextText(" a b ", ContextSide::Right, 100), std::string(" a b"));
  QCOMPARE(contextText("", ContextSide::Left, 100), std::string());
  QCOMPARE(contextText(" ", ContextSide::Left, 100), std::string(" "));
}

void ConcordanceTest::pagesAgreeWithTheDefinition_data() {
  QTest::addColumn<QList<int>>("order");
  const auto key = [](Key k) { return static_cast<int>(k); };
  QTest::newRow("position") << QList<int>{key(Key::Position)};
  QTest::newRow("none") << QList<int>{};
  QTest::newRow("left") << QList<int>{key(Key::Left1), key(Key::Left2), key(Key::Left3)};
  QTest::newRow("right") << QList<int>{key(Key::Right1), key(Key::Right2), key(Key::Right3)};
  QTest::newRow("node, right 1, left 1") << QList<int>{key(Key::Node), key(Key::Right1), key(Key::Left1)};
  QTest::newRow("right 2, position, left 1")
      << QList<int>{key(Key::Right2), key(Key::Position), key(Key::Left1)};
  QTest::newRow("four keys") << QList<int>{key(Key::Left1), key(Key::Right1), key(Key::Node),
                                           key(Key::Right3)};
}

void ConcordanceTest::pagesAgreeWithTheDefinition() {
  QFETCH(QList<int>, order);
  SegmentOptions options;
  options.lowerCase = false;
  const auto corpus = corpusOf(randomTexts(60, 3), options);
  const auto index = indexOf(corpus);
  const std::vector<std::vector<std::string>> nodes{{"a"}, {"a", "C", "f", "a"}};
  const std::size_t all = 1000000;
  for (const std::vector<std::string>& words : nodes) {
    ConcordanceRequest request;
    for (const std::string& word : words) request.words.push_back(idOf(*index, word));
    request.order.clear();
    for (const int key : order) request.order.push_back(static_cast<Key>(key));
    const auto expected = sortedByDefinition(*corpus, request);
    QVERIFY(expected.size() > 50);
    const std::size_t size = expected.size();
    const std::vector<std::pair<std::size_t, std::size_t>> pages{{0, 10},        {7, 25},    {40, 1},
                                                                 {size - 3, 10}, {size, 10}, {0, all}};
    for (const auto& [first, limit] : pages) {
      request.first = first;
      request.limit = limit;
      const auto found = concordance(*index, request).value();
      QCOMPARE(found.hits, std::uint64_t{expected.size()});
      const auto begin = expected.begin() + static_cast<std::ptrdiff_t>(first);
      const std::size_t shown = std::min(limit, size - first);
      QCOMPARE(tokensOf(found), std::vector<TokenIndex>(begin, begin + static_cast<std::ptrdiff_t>(shown)));
    }
  }
}

void ConcordanceTest::oddRequestsAreSafe() {
  const auto index = indexOf(corpusOf("one two three two"));
  ConcordanceRequest request;
  QCOMPARE(concordance(*index, request).value().hits, std::uint64_t{0});
  request.words = {kNoToken, 99, idOf(*index, "two"), idOf(*index, "two")};
  QCOMPARE(concordance(*index, request).value().hits, std::uint64_t{2});
  request.contextTokens = static_cast<std::size_t>(-1);
  request.first = static_cast<std::size_t>(-1);
  request.limit = static_cast<std::size_t>(-1);
  QVERIFY(concordance(*index, request).value().lines.empty());
  request.first = 1;
  QCOMPARE(concordance(*index, request).value().lines.size(), std::size_t{1});
}

void ConcordanceTest::millionsOfHitsAreCancellable() {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += i % 3 == 0 ? "the " : i % 3 == 1 ? "cat " : "sat ";
  const auto index = indexOf(corpusOf(text));
  ConcordanceRequest request;
  request.words = {idOf(*index, "the")};
  request.order = {Key::Right1};
  std::stop_source stop;
  stop.request_stop();
  const auto found = concordance(*index, request, {{}, stop.get_token()});
  QVERIFY(!found);
  QCOMPARE(found.error().kind, Error::Kind::Cancelled);
  request.first = 99'990;
  QCOMPARE(concordance(*index, request).value().lines.size(), std::size_t{10});
}

void ConcordanceTest::findsPlainWordsFolded() {
  const auto corpus = corpusOf("Straße CAFÉ Wales wales whale");
  const Vocabulary& vocabulary = corpus->vocabulary();
  const auto find = [&](const std::string& query) -> std::string {
    const auto ids = findWords(vocabulary, query, 10).value();
    return ids.size() == 1 ? std::string(vocabulary.word(ids[0])) : std::to_string(ids.size());
  };
  QCOMPARE(find("WHALE"), std::string("whale"));
  QCOMPARE(find("whale"), std::string("whale"));
  QCOMPARE(find("Cafe\xCC\x81"), std::string("caf\xC3\xA9"));  // decomposed
  QCOMPARE(find("STRASSE"), find("Stra\xC3\x9F"
                                 "e"));
  QCOMPARE(find("hal"), std::string("0"));  // a plain word is the whole word
  QCOMPARE(find(""), std::string("0"));
  SegmentOptions asWritten;
  asWritten.lowerCase = false;
  const auto cased = corpusOf("Turkey turkey turkey", asWritten);
  QCOMPARE(cased->vocabulary().word(findWords(cased->vocabulary(), "Turkey", 5).value().at(0)),
           std::string_view("Turkey"));
}

void ConcordanceTest::findsWildcards_data() {
  QTest::addColumn<QString>("query");
  QTest::addColumn<QString>("expected");
  QTest::newRow("suffix") << "*ing"
                          << "sing singing";
  QTest::newRow("prefix") << "SING*"
                          << "sing singing";
  QTest::newRow("inside") << "*in*"
                          << "sing singing in";
  QTest::newRow("one letter") << "s?ng"
                              << "sing song";
  QTest::newRow("letters beyond ASCII are one") << "caf?"
                                                << "café";
  QTest::newRow("two") << "??"
                       << "in 鸟鸣";
  QTest::newRow("everything") << "*"
                              << "sing singing song in café 鸟鸣";
  QTest::newRow("stars") << "**s**g**"
                         << "sing singing song";
  QTest::newRow("nothing") << "x*"
                           << "";
  QTest::newRow("goes back") << "*ng"
                             << "sing singing song";
}

void ConcordanceTest::findsWildcards() {
  QFETCH(QString, query);
  QFETCH(QString, expected);
  SegmentOptions options;
  options.method = SegmentOptions::Method::Whitespace;
  const auto corpus = corpusOf(
      "sing sing sing sing sing sing singing singing singing singing singing song song song song "
      "in in in café café 鸟鸣",
      options);
  QStringList found;
  const auto ids = findWords(corpus->vocabulary(), query.toStdString(), 100).value();
  for (const TokenId id : ids) {
    const auto word = corpus->vocabulary().word(id);
    found << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
  }
  QCOMPARE(found.join(' '), expected);
  QVERIFY(findWords(corpus->vocabulary(), query.toStdString(), 1).value().size() <= 1);
}

void ConcordanceTest::findsRegularExpressions() {
  const auto corpus = corpusOf("sing singing song in cafés");
  const auto count = [&](const std::string& query) {
    return findWords(corpus->vocabulary(), query, 100).value().size();
  };
  QCOMPARE(count("/ing$/"), std::size_t{2});
  QCOMPARE(count("/^S.NG$/"), std::size_t{2});
  QCOMPARE(count("/in/"), std::size_t{3});
  QCOMPARE(count("/\\u00e9/"), std::size_t{1});
  QCOMPARE(count("/^\\p{L}{2}$/"), std::size_t{1});
  QCOMPARE(count("/x|y/"), std::size_t{0});
  QCOMPARE(count("/"), std::size_t{0});  // one slash is a plain word
}

void ConcordanceTest::brokenExpressionsNameThePlace_data() {
  QTest::addColumn<QString>("query");
  QTest::addColumn<QString>("expected");
  QTest::newRow("parenthesis") << "/ab(c/"
                               << "parenthesis";
  QTest::newRow("bracket") << "/[a-/"
                           << "position";
  QTest::newRow("nothing to repeat") << "/*a/"
                                     << "position 1";
  QTest::newRow("range") << "/a{3,1}/"
                         << "position";
  QTest::newRow("escape") << "/a\\/"
                          << "position";
  QTest::newRow("behind CJK") << "/鸟鸣(/"
                              << "position 3";
  QTest::newRow("empty") << "//"
                         << "nothing between";
  QTest::newRow("look-behind") << "/(?<=a+)b/"
                               << "look-behind";
}

void ConcordanceTest::brokenExpressionsNameThePlace() {
  QFETCH(QString, query);
  QFETCH(QString, expected);
  const auto corpus = corpusOf("some words");
  const auto found = findWords(corpus->vocabulary(), query.toStdString(), 10);
  QVERIFY(!found);
  QVERIFY2(QString::fromStdString(found.error().message()).contains(expected),
           found.error().message().c_str());
}

void ConcordanceTest::costlyExpressionsEnd() {
  SegmentOptions options;
  options.method = SegmentOptions::Method::Whitespace;
  const auto corpus = corpusOf(std::string(900, 'a') + "b " + std::string(40, 'a'), options);
  for (const char* query : {"/^(a+)+$/", "/(a|a)*c/", "/(.*)*(.*)*(.*)*x/", "/((a{0,50}){0,50}){0,50}c/"}) {
    const auto found = findWords(corpus->vocabulary(), query, 10);
    QVERIFY2(!found, query);
    QVERIFY2(found.error().message().find("too long") != std::string::npos, found.error().message().c_str());
  }
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = findWords(corpus->vocabulary(), "/^(a+)+$/", 10, {{}, stop.get_token()});
  QVERIFY(!stopped);
  QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
  QVERIFY(findWords(corpus->vocabulary(), "*a*a*a*a*a*a*a*a*a*c", 10).value().empty());
  QVERIFY(!findWords(corpus->vocabulary(), std::string(5000, '*'), 10));
}

void ConcordanceTest::searchesOverHostileStringsAreSafe() {
  const auto corpus = corpusOf("some words \xF0\x9F\x98\x80 here");
  Rng rng(5);
  for (int i = 0; i < 3000; ++i) {
    std::string query;
    for (std::uint32_t n = rng.below(12); n > 0; --n) query += static_cast<char>(1 + rng.below(255));
    if (rng.below(2)) query = "/" + query + "/";
    const auto found = findWords(corpus->vocabulary(), query, 10);
    if (!found) QVERIFY(!found.error().message().empty());
  }
}

QTEST_GUILESS_MAIN(ConcordanceTest)
#include "concordance_test.moc"

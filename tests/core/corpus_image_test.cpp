// SPDX-License-Identifier: GPL-3.0-or-later
// core/text/corpus_image and how a project keeps it: the same corpus comes back, and nothing else gets in.
#include <QTest>

#include "core/base/rng.h"
#include "core/formats/safetensors.h"
#include "core/project/corpus_tensors.h"
#include "core/text/corpus_image.h"
#include "core/text/samples.h"
#include "tests/support/damage.h"
#include "tests/support/some_project.h"

using namespace lexarium;

namespace {

QByteArray why(const Expected<std::shared_ptr<const Corpus>>& result) {
  return result ? QByteArray("(it was taken)") : QByteArray::fromStdString(result.error().message());
}

void compare(const Corpus& a, const Corpus& b) {
  QCOMPARE(a.title(), b.title());
  QVERIFY(a.options() == b.options());
  QVERIFY(a.notes() == b.notes());
  QVERIFY(std::ranges::equal(a.tokens(), b.tokens()));
  QVERIFY(std::ranges::equal(a.sentenceStarts(), b.sentenceStarts()));
  QCOMPARE(a.documentCount(), b.documentCount());
  QCOMPARE(a.vocabulary().size(), b.vocabulary().size());
  for (TokenId id = 0; id < a.vocabulary().size(); ++id) {
    QCOMPARE(a.vocabulary().word(id), b.vocabulary().word(id));
    QCOMPARE(a.vocabulary().count(id), b.vocabulary().count(id));
  }
  for (std::size_t i = 0; i < a.documentCount(); ++i) {
    const Document& x = a.document(i);
    const Document& y = b.document(i);
    QCOMPARE(x.name, y.name);
    QCOMPARE(x.path, y.path);
    QCOMPARE(x.text, y.text);
    QVERIFY(x.tokens == y.tokens);
    QCOMPARE(x.encoding.name, y.encoding.name);
    QCOMPARE(x.sourceBytes, y.sourceBytes);
    QCOMPARE(x.lineEndsSentence, y.lineEndsSentence);
    QCOMPARE(x.checkpoints.size(), y.checkpoints.size());
  }
  for (TokenIndex token = 0; token < a.tokens().size(); ++token)
    QVERIFY(a.textRange(token) == b.textRange(token));
}

}  // namespace

class CorpusImageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void imagesComeBack();
  void tensorsComeBack();
  void encodingsAndCheckpointsComeBack();
  void hashTellsTextsApart();
  void refuses_data();
  void refuses();
  void missingTensorsAreRefused();
  void changedTensorsAreRefusedOrHarmless();
};

void CorpusImageTest::imagesComeBack() {
  const auto corpus = test::someCorpus();
  QVERIFY(!imageOf(*corpus).wideBegins.empty());
  const auto again = corpusFromImage(imageOf(*corpus));
  QVERIFY2(again, why(again));
  compare(**again, *corpus);
  // Longer than a block of places, and in several documents.
  const auto sample = loadSample(samples().front());
  QVERIFY(sample);
  const auto second = corpusFromImage(imageOf(**sample));
  QVERIFY2(second, why(second));
  compare(**second, **sample);
}

void CorpusImageTest::tensorsComeBack() {
  const auto corpus = test::someCorpus();
  const auto bytes = safetensorsBytes(toTensors(*corpus));
  auto image = imageFromTensors(*readSafetensors(*bytes, "corpus"));
  QVERIFY(image);
  const auto again = corpusFromImage(std::move(*image));
  QVERIFY2(again, why(again));
  compare(**again, *corpus);
}

void CorpusImageTest::encodingsAndCheckpointsComeBack() {
  CorpusImage image = imageOf(*test::someCorpus());
  Document& document = image.documents.front();
  document.path = "a folder/one.txt";
  document.encoding = {"GB18030", Encoding::Source::Detected, 87, 2};
  document.checkpoints = {{5, 4}, {10, 8}};
  document.replacedNuls = 3;
  image.notes = {"one.txt: \xC3 \"odd\""};  // a file name may be anything
  const auto corpus = corpusFromImage(image);
  QVERIFY2(corpus, why(corpus));
  auto tensors = imageFromTensors(toTensors(**corpus));
  QVERIFY(tensors);
  const Document& read = tensors->documents.front();
  QCOMPARE(read.path, document.path);
  QVERIFY(read.encoding.source == Encoding::Source::Detected);
  QCOMPARE(read.encoding.confidence, 87);
  QCOMPARE(read.encoding.bomBytes, std::size_t{2});
  QCOMPARE(read.checkpoints[1].sourceOffset, std::uint64_t{8});
  QCOMPARE(read.replacedNuls, std::uint64_t{3});
}

void CorpusImageTest::hashTellsTextsApart() {
  const auto hash = [](const std::string& text, SegmentOptions options = {}) {
    return corpusHash(**corpusFromText("x", text, options));
  };
  QVERIFY(hash("The king. The queen.") == hash("The king. The queen."));
  QVERIFY(hash("The king. The queen.") != hash("the king. The queen."));  // the same words
  QVERIFY(hash("The king. The queen.") != hash("The king. The queens."));
  SegmentOptions other;
  other.lowerCase = false;
  QVERIFY(hash("the king") != hash("the king", other));
  const auto two = corpusFromTexts("x", {{"a", "the king"}, {"b", "rules"}}, {});
  const auto other2 = corpusFromTexts("x", {{"a", "the"}, {"b", "king rules"}}, {});
  QVERIFY(corpusHash(**two) != corpusHash(**other2));
  // For a model it is the same whatever stands between the words.
  const auto words = [](const std::string& text) { return wordsHash(**corpusFromText("x", text, {})); };
  QVERIFY(words("The king. The queen.") == words("the   king. The Queen."));
  QVERIFY(words("The king. The queen.") != words("The king, the queen."));  // one sentence
  QVERIFY(words("The king. The queen.") != words("The queen. The king."));
  QVERIFY(wordsHash(**two) != wordsHash(**other2));
}

void CorpusImageTest::refuses_data() {
  using Change = void (*)(CorpusImage&);
  QTest::addColumn<void*>("change");
  const auto row = [](const char* name, Change change) {
    QTest::newRow(name) << reinterpret_cast<void*>(change);
  };
  row("no words", [](CorpusImage& i) { i.tokens.clear(), i.gaps.clear(), i.lengths.clear(); });
  row("fewer gaps", [](CorpusImage& i) { i.gaps.pop_back(); });
  row("more lengths", [](CorpusImage& i) { i.lengths.push_back(1); });
  row("wide lists differ", [](CorpusImage& i) { i.wideBegins.push_back(1); });
  row("too many wide places", [](CorpusImage& i) { i.wideBegins.push_back(1), i.wideLengths.push_back(1); });
  row("a wide place is missing", [](CorpusImage& i) { i.wideBegins.clear(), i.wideLengths.clear(); });
  row("no sentences", [](CorpusImage& i) { i.sentenceStarts.clear(); });
  row("first sentence is late", [](CorpusImage& i) { i.sentenceStarts.front() = 1; });
  row("sentence beyond the end", [](CorpusImage& i) { i.sentenceStarts.back() = i.tokens.size(); });
  row("sentence twice", [](CorpusImage& i) { i.sentenceStarts[2] = i.sentenceStarts[1]; });
  row("sentence crosses documents",
      [](CorpusImage& i) { std::erase(i.sentenceStarts, i.documents[1].tokens.begin); });
  row("unknown word", [](CorpusImage& i) { i.tokens[3] = static_cast<TokenId>(i.words.size()); });
  row("no token", [](CorpusImage& i) { i.tokens[3] = kNoToken; });
  row("word that does not occur", [](CorpusImage& i) { i.words.push_back("zzz"); });
  row("no vocabulary", [](CorpusImage& i) { i.words.clear(); });
  row("empty word", [](CorpusImage& i) { i.words.back().clear(); });
  row("broken word", [](CorpusImage& i) { i.words.back() = "\xE5\x9B"; });
  row("order of words", [](CorpusImage& i) { std::swap(i.words.back(), i.words[i.words.size() - 2]); });
  row("order by count", [](CorpusImage& i) {
    for (TokenId& token : i.tokens) token = static_cast<TokenId>(i.words.size()) - 1 - token;
  });
  row("word twice", [](CorpusImage& i) { i.words[1] = i.words[0]; });
  row("documents overlap", [](CorpusImage& i) { --i.documents[1].tokens.begin; });
  row("document ends before it begins", [](CorpusImage& i) { i.documents[0].tokens.end = 0; });
  row("words in no document", [](CorpusImage& i) { i.documents.pop_back(); });
  row("no documents", [](CorpusImage& i) { i.documents.clear(); });
  row("text is not UTF-8", [](CorpusImage& i) { i.documents[0].text[2] = '\xFF'; });
  row("text too short", [](CorpusImage& i) { i.documents[0].text.resize(10); });
  row("empty place", [](CorpusImage& i) { i.lengths[0] = 0; });
  row("place inside a character", [](CorpusImage& i) { i.lengths[i.documents[1].tokens.begin] -= 1; });
  row("wide place beyond the text", [](CorpusImage& i) { i.wideBegins[0] = ~std::uint64_t{0} - 1; });
  row("wide place before the last", [](CorpusImage& i) { i.wideBegins[0] = 0; });
  row("wide place too long", [](CorpusImage& i) { i.wideLengths[0] = ~std::uint32_t{0}; });
  row("checkpoints fall", [](CorpusImage& i) { i.documents[0].checkpoints = {{5, 4}, {4, 8}}; });
  row("checkpoint beyond the text", [](CorpusImage& i) { i.documents[0].checkpoints = {{9999, 4}}; });
}

void CorpusImageTest::refuses() {
  QFETCH(void*, change);
  CorpusImage image = imageOf(*test::someCorpus());
  reinterpret_cast<void (*)(CorpusImage&)>(change)(image);
  const auto corpus = corpusFromImage(std::move(image));
  QVERIFY2(why(corpus).contains("The stored text does not fit together"), why(corpus));
}

void CorpusImageTest::missingTensorsAreRefused() {
  const TensorSet whole = toTensors(*test::someCorpus());
  for (const auto& [name, tensor] : whole.tensors) {
    TensorSet set = whole;
    set.tensors.erase(name);
    QVERIFY2(!imageFromTensors(std::move(set)), name.c_str());
    set = whole;
    set.tensors[name] = makeTensor<double>(std::vector{1.0}, {1});
    QVERIFY2(!imageFromTensors(std::move(set)), name.c_str());
  }
  for (const char* key : {"recipe", "notes", "documents"}) {
    for (const char* value : {"", "{", "null", "[1]", "{\"a\":1}", "[{}]"}) {
      TensorSet set = whole;
      set.metadata[key] = value;
      QVERIFY2(!imageFromTensors(std::move(set)), key);
    }
  }
}

void CorpusImageTest::changedTensorsAreRefusedOrHarmless() {
  const Bytes whole = *safetensorsBytes(toTensors(*test::someCorpus()));
  Rng rng(3);
  int refused = 0;
  for (int round = 0; round < test::rounds(5000); ++round) {
    Bytes bytes = whole;
    bytes[rng.below(static_cast<std::uint32_t>(bytes.size()))] ^= static_cast<std::byte>(1u << rng.below(8));
    auto set = readSafetensors(bytes, "x");
    auto image = set ? imageFromTensors(std::move(*set)) : tl::unexpected<Error>(set.error());
    const auto corpus = image ? corpusFromImage(std::move(*image)) : tl::unexpected<Error>(image.error());
    if (!corpus) {
      ++refused;
      continue;
    }
    std::vector<ByteRange> ranges;
    for (std::size_t i = 0; i < (*corpus)->documentCount(); ++i) {
      const Document& document = (*corpus)->document(i);
      ranges.clear();
      (*corpus)->textRanges(document.tokens, ranges);
      for (const auto& range : ranges) QVERIFY(range.begin < range.end && range.end <= document.text.size());
    }
  }
  QVERIFY(refused > 2000);
}

QTEST_GUILESS_MAIN(CorpusImageTest)
#include "corpus_image_test.moc"

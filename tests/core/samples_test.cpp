// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/text/samples.h"

using namespace lexarium;

namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

const std::string& textOf(const Sample& sample) {
  static std::map<std::string, std::string> texts;
  auto& text = texts[sample.id];
  if (text.empty()) text = sample.generate(kSampleSeed);
  return text;
}

/// Words of the English sample as they stand, without punctuation.
std::vector<std::string> englishWords() {
  std::vector<std::string> words(1);
  for (const char c : textOf(*findSample("small-world-en"))) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || (c & 0x80);
    if (letter)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

}  // namespace

class SamplesTest : public QObject {
  Q_OBJECT

 private slots:
  void eachIsFound() {
    QVERIFY(!samples().empty());
    for (const Sample& sample : samples()) QCOMPARE(findSample(sample.id), &sample);
    QVERIFY(findSample("no-such-sample") == nullptr);
  }

  void sameBytesOnEveryMachine() {
    const std::map<std::string, std::uint64_t> known{{"small-world-en", 7074783551781197147u},
                                                     {"small-world-zh", 5735297392948427322u}};
    for (const Sample& sample : samples()) {
      QVERIFY2(known.contains(sample.id), sample.id.c_str());
      const std::string& text = textOf(sample);
      QVERIFY(text == sample.generate(kSampleSeed));
      QVERIFY(text != sample.generate(kSampleSeed + 1));
      QCOMPARE(fnv1a(text), known.at(sample.id));
    }
  }

  void readsAsText() {
    for (const Sample& sample : samples()) {
      const std::string& text = textOf(sample);
      QCOMPARE(findInvalidUtf8Byte(text), std::string::npos);
      QVERIFY(text.ends_with("\n"));
      for (const char* wrong : {"{", "}", "|", "#", "\r", "\t", "  ", " .", " ,", "..", "\n\n\n"})
        QVERIFY2(text.find(wrong) == std::string::npos, wrong);
    }
  }

  void articlesFitTheNextWord() {
    const auto words = englishWords();
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const bool a = words[i] == "a" || words[i] == "A";
      const bool an = words[i] == "an" || words[i] == "An";
      if (!a && !an) continue;
      const std::string& next = words[i + 1];
      const bool vowel =
          next.starts_with("honest") || next.starts_with("hour") || next.starts_with("heir") ||
          (std::string("aeiouAEIOU").find(next[0]) != std::string::npos && !next.starts_with("uni") &&
           !next.starts_with("use") && !next.starts_with("eu") && next != "one");
      QVERIFY2(vowel == an, (words[i] + " " + next).c_str());
      QVERIFY2(next != "a" && next != "an" && next != "the", (words[i] + " " + next).c_str());
    }
  }

  void questionsAreWellFormed() {
    for (const Sample& sample : samples()) {
      const auto questions = sample.questions();
      QVERIFY(questions.size() >= 500);
      std::set<std::vector<std::string>> seen;
      std::set<std::string> categories;
      for (const auto& q : questions) {
        QVERIFY(!q.category.empty());
        categories.insert(q.category);
        const std::set<std::string> words{q.a, q.b, q.c, q.d};
        QCOMPARE(words.size(), 4u);
        for (const auto& word : words) QVERIFY(!word.empty() && word.find(' ') == std::string::npos);
        QVERIFY2(seen.insert({q.a, q.b, q.c, q.d}).second, (q.a + " " + q.c).c_str());
      }
      QVERIFY(categories.size() >= 6);
    }
  }

  void isLongEnoughToLearnFrom() {
    for (const Sample& sample : samples()) {
      const auto corpus = loadSample(sample);
      QVERIFY2(corpus.has_value(), sample.id.c_str());
      const Vocabulary& vocabulary = (*corpus)->vocabulary();
      const std::size_t tokens = (*corpus)->tokens().size();
      QVERIFY2(tokens > 285'000 && tokens < 315'000, std::to_string(tokens).c_str());
      QVERIFY2(vocabulary.size() > 800 && vocabulary.size() < 2'000,
               std::to_string(vocabulary.size()).c_str());
      QCOMPARE((*corpus)->title(), sample.title);
      QVERIFY((*corpus)->notes().empty());
      for (const auto& question : sample.questions())
        for (const auto* word : {&question.a, &question.b, &question.c, &question.d}) {
          const auto id = vocabulary.find(*word);
          QVERIFY2(id && vocabulary.count(*id) >= 50, word->c_str());
        }
    }
  }

  void loadingCanBeCancelled() {
    std::stop_source source;
    source.request_stop();
    const auto corpus = loadSample(samples().front(), {.progress = {}, .stop = source.get_token()});
    QVERIFY(!corpus.has_value());
    QVERIFY(corpus.error().kind == Error::Kind::Cancelled);
  }

  /// A pair's two words must be found apart from each other: by what surrounds them, not by standing
  /// together.
  void pairsSeldomShareASentence() {
    for (const Sample& sample : samples()) {
      const auto corpus = loadSample(sample).value();
      std::map<TokenId, TokenId> partner;
      for (const auto& q : sample.questions())
        partner[*corpus->vocabulary().find(q.b)] = *corpus->vocabulary().find(q.a);
      std::size_t together = 0;
      for (std::size_t i = 0; i < corpus->sentenceCount(); ++i) {
        const TokenRange range = corpus->sentence(i);
        const auto words = corpus->tokens().subspan(range.begin, range.size());
        for (const TokenId word : words)
          if (const auto found = partner.find(word); found != partner.end())
            together += std::ranges::find(words, found->second) != words.end();
      }
      QVERIFY2(together * 200 < corpus->sentenceCount(), std::to_string(together).c_str());
    }
  }

 private:
  /// Offset of the first byte that continues nothing or lacks its continuation; npos if there is none.
  static std::size_t findInvalidUtf8Byte(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const auto lead = static_cast<unsigned char>(text[i]);
      const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
      if (length == 0 || i + length > text.size()) return i;
      for (std::size_t k = 1; k < length; ++k)
        if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
      i += length;
    }
    return std::string::npos;
  }
};

QTEST_GUILESS_MAIN(SamplesTest)
#include "samples_test.moc"

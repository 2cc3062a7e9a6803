// SPDX-License-Identifier: GPL-3.0-or-later
// Reports: HTML that holds whatever stands in it, curves, and the phrases that are translated.
#include "core/analysis/run_report.h"

#include <QByteArray>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>
#include <set>

#include "core/analysis/curve_svg.h"
#include "core/base/rng.h"
#include "tests/support/small_models.h"

using namespace lexarium;

namespace {

std::vector<MetricPoint> points(std::size_t count) {
  std::vector<MetricPoint> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    all[i].step = 10 * (i + 1);
    all[i].loss = 5 / (1 + static_cast<double>(i));
    if (i % 7 == 0) all[i].validationLoss = 5.5 / (1 + static_cast<double>(i));
  }
  return all;
}

bool isXml(const std::string& text) {
  QXmlStreamReader reader(QByteArray::fromStdString(text));
  while (!reader.atEnd()) reader.readNext();
  return !reader.hasError();
}

}  // namespace

class RunReportTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void base64IsThatOfQt() {
    Rng rng(1);
    for (std::size_t size = 0; size < 50; ++size) {
      std::string bytes;
      for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(rng.below(256));
      QCOMPARE(base64(bytes), QByteArray::fromStdString(bytes).toBase64().toStdString());
    }
  }

  void nothingInATextIsMarkup() {
    QCOMPARE(htmlText("a<b>&\"c\" \n\xE4\xB8\x96"),
             std::string("a&lt;b&gt;&amp;&quot;c&quot; \n\xE4\xB8\x96"));
    QCOMPARE(htmlText(std::string("\x01\xFF\0", 3)), std::string("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
    Report report{.language = "zh-CN", .title = "</title><script>alert(1)</script>"};
    report.sections.push_back({.title = "<h1>", .rows = {{"<b>", "</td>"}}, .texts = {{"</pre>", "</pre>"}}});
    const std::string html = toHtml(report);
    QVERIFY(html.find("<script") == std::string::npos &&
            html.find("<html lang=\"zh-CN\">") != std::string::npos);
    QCOMPARE(QByteArray::fromStdString(html).count("</pre>"), 1);
  }

  void aCurveIsADrawing() {
    QVERIFY(lossCurveSvg({}, {}).empty());
    QVERIFY(lossCurveSvg(points(1), {}).empty());
    for (const std::size_t count : {2u, 50u, 100'000u}) {
      const std::string svg =
          lossCurveSvg(points(count), {.steps = "<Steps>", .loss = "\xE6\x8D\x9F"}, "0123abcd");
      QVERIFY(isXml(svg));
      QVERIFY(svg.find("0123abcd") != std::string::npos && svg.find("&lt;Steps&gt;") != std::string::npos);
      QVERIFY(svg.size() < 100'000 && svg.find("nan") == std::string::npos);
    }
    auto odd = points(10);
    for (MetricPoint& point : odd) point.loss = 2;  // no range
    odd[3].loss = NAN;
    odd[4].loss = INFINITY;
    const std::string svg = lossCurveSvg(odd, {});
    QVERIFY(isXml(svg) && svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
    for (MetricPoint& point : odd) point.step = 3;
    QVERIFY(lossCurveSvg(odd, {}).empty());
  }

  void everyPhraseIsInTheList() {
    std::set<std::string> listed(reportPhrases().begin(), reportPhrases().end()), models;
    for (const ModelInfo& info : lexarium::models()) {
      models.insert({info.title, info.summary});
      for (const ParamSpec& spec : info.params) {
        models.insert({spec.label, spec.unit});
        for (const auto& option : spec.options) models.insert(option.label);
      }
    }
    const Translate checked = [&](const std::string& text) {
      if (!listed.contains(text) && !models.contains(text)) qWarning("%s", text.c_str());
      return listed.contains(text) || models.contains(text) ? "ok" : "MISSING";
    };
    for (const ModelInfo& info : lexarium::models()) {
      for (const auto state : {RunStatus::State::Paused, RunStatus::State::Finished}) {
        RunConfig config{info.id, ParamSet::defaultsOf(info.params), {}};
        config.execution.mode = Execution::Mode::Reproducible;
        RunStatus status;
        status.state = state;
        status.step = 3;
        status.epoch = status.seconds = 1.5;
        auto card = cardOf("a", config, status, points(9), circleCorpus(8, 400).get(), nullptr);
        card.fingerprint = "01234567";
        const std::string html = toHtml(runReport(card, {.samples = {{"a", "b"}}}, checked));
        QVERIFY2(html.find("MISSING") == std::string::npos, info.id.c_str());
      }
    }
  }

  void samplesAreWhatAModelSays() {
    const Translate english = [](const std::string& text) { return text; };
    Snapshot snapshot;
    QVERIFY(samplesOf(snapshot, nullptr, english).empty());
    snapshot.trained = test::smallLanguageModel("rnn");
    const auto said = samplesOf(snapshot, nullptr, english);
    QCOMPARE(said.size(), std::size_t{2});
    QVERIFY(!said[0].second.empty() && said[0].second != said[1].second);
    const auto corpus = circleCorpus(8, 400);
    Snapshot vectors;
    auto table = std::make_shared<EmbeddingTable>();
    table->vectors = Matrix::Identity(8, 8);
    table->vectors.col(3).setConstant(NAN);
    vectors.all = table;
    const auto near = samplesOf(vectors, corpus.get(), english);
    QCOMPARE(near.size(), std::size_t{7});
    QCOMPARE(near[0].first, std::string(corpus->vocabulary().word(0)));
    QVERIFY(near[0].second.find(corpus->vocabulary().word(1)) != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(RunReportTest)
#include "run_report_test.moc"

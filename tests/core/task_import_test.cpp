// SPDX-License-Identifier: GPL-3.0-or-later
// Examples of a task from files as people have them: tables, line by line, folders, stories; and their
// splits.
#include "core/tasks/import.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/tasks/import_parts.h"
#include "core/tasks/splits.h"
#include "core/tasks/story_pairs.h"
#include "tests/support/damage.h"

using namespace lexarium;

class TaskImportTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::filesystem::path file(const QString& name, const std::string& content) {
    const auto path = pathFromUtf8(folder_.filePath(name).toStdString());
    std::filesystem::create_directories(path.parent_path());
    if (!writeFileAtomically(path, content)) qFatal("cannot write");
    return path;
  }
  static std::filesystem::path shared(const char* name) {
    return pathFromUtf8(std::string(LEXARIUM_SHARED_DATA) + '/' + name);
  }

 private Q_SLOTS:
  void pairsAsTatoebaHasThem() {
    const auto path = file(
        "fra.txt", "Go.\tVa !\tCC-BY 2.0 (France)\nHe said \"no\".\tIl a dit « non ».\tCC-BY\n\nOnly one\n");
    const auto result = importTask({path}, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(result->data.kind, TaskKind::Pairs);
    QCOMPARE(result->data.examples.size(), std::size_t{2});
    QCOMPARE(result->data.examples[1].input, std::string("He said \"no\"."));
    QCOMPARE(result->data.examples[1].output, std::string("Il a dit « non »."));
    QCOMPARE(result->report.skippedRows, std::uint64_t{1});
    QCOMPARE(result->report.skipped[0].line, std::uint64_t{4});
    QCOMPARE(result->report.rows, std::uint64_t{3});
    ImportOptions turned;
    turned.input = 1;
    turned.output = 0;
    QCOMPARE(importTask({path}, turned)->data.examples[0].input, std::string("Va !"));
  }

  void commasWithQuotedCells() {
    std::string csv = "id,review,sentiment\n";
    csv += "1,\"Good, really\ngood \"\"film\"\"\",positive\r\n2,Bad,negative\n";
    for (int i = 0; i < 10; ++i)
      csv += std::to_string(i + 3) + ",\"text, number " + std::to_string(i) + "\"," +
             (i % 2 ? "positive" : "negative") + "\n";
    const auto result = importTask({file("reviews.csv", csv)}, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(result->data.kind, TaskKind::Labels);
    QVERIFY(*result->report.used.header);
    QCOMPARE(result->report.columns, (std::vector<std::string>{"id", "review", "sentiment"}));
    QCOMPARE(result->data.labels, (std::vector<std::string>{"negative", "positive"}));
    QCOMPARE(result->data.examples.size(), std::size_t{12});
    QCOMPARE(result->data.examples[0].input, std::string("Good, really\ngood \"film\""));
    QCOMPARE(result->data.examples[0].label, 1u);
    QCOMPARE(result->report.firstRows[2].line, std::uint64_t{4});
  }

  void aMarkThatIsNeverClosedIsACharacter() {
    const auto table = readTable("a,\"b\nc,d\n\"e\",f\n", TableFormat::Commas);
    QVERIFY(table);
    // The first mark is closed by that of the third line, as RFC 4180 has it.
    QCOMPARE(table->rows.size(), std::size_t{1});
    const auto open = readTable("a,b\nc,\"d\ne,f\n", TableFormat::Commas);
    QCOMPARE(open->rows.size(), std::size_t{3});
    QCOMPARE(open->rows[1].cells[1], std::string("\"d"));
    QCOMPARE(open->rows[2].line, std::uint64_t{3});
  }

  void labelsWithoutAHeader() {
    std::string tsv;
    for (int i = 0; i < 30; ++i)
      tsv += "a sentence with number " + std::to_string(i) + "\t" + std::to_string(i % 2) + "\n";
    const auto result = importTask({file("sst.tsv", tsv)}, {});
    QVERIFY(result);
    QCOMPARE(result->data.kind, TaskKind::Labels);
    QVERIFY(!*result->report.used.header);
    QCOMPARE(result->data.examples.size(), std::size_t{30});
    QCOMPARE(*result->report.used.output, std::size_t{1});
  }

  void jsonLines() {
    const auto path = file(
        "x.jsonl",
        "{\"text\": \"good\\u00e9\", \"label\": 1}\n{\"text\": \"bad\", \"label\": 0, \"more\": [1,[2]]}\n"
        "not json\n{\"label\": 0, \"text\": \"poor\"}\n{\"text\": \"fine\", \"label\": 1}\n"
        "{\"text\": \"nice\", \"label\": 1}\n{\"text\": \"lame\", \"label\": 0}\n");
    const auto result = importTask({path}, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(result->data.kind, TaskKind::Labels);
    QCOMPARE(result->data.labels, (std::vector<std::string>{"0", "1"}));
    QCOMPARE(result->data.examples.size(), std::size_t{6});
    QCOMPARE(result->data.examples[0].input, std::string("goodé"));
    QCOMPARE(result->data.examples[2].input, std::string("poor"));
    QCOMPARE(result->report.skipped[0].line, std::uint64_t{3});
    QCOMPARE(result->report.rows, std::uint64_t{7});
  }

  void deepJsonIsNoDanger() {
    const std::string deep(200'000, '[');
    const auto table = readTable("{\"a\": " + deep + "\n{\"a\": \"b\"}\n", TableFormat::JsonLines);
    QVERIFY(table);
    QCOMPARE(table->rows.size(), std::size_t{1});
    QCOMPARE(table->skipped.size(), std::size_t{1});
  }

  void twoFilesLineByLine() {
    const auto left = file("t.en", "one\ntwo\n\nthree\n"), right = file("t.de", "eins\nzwei\n\ndrei");
    const auto result = importTask({left, right}, {});
    QVERIFY(result);
    QCOMPARE(result->data.examples.size(), std::size_t{3});
    QCOMPARE(result->data.examples[2].output, std::string("drei"));
    const auto wrong = importTask({left, file("u.de", "eins\n")}, {});
    QVERIFY(!wrong);
    QVERIFY(wrong.error().message().find("4 and 1 lines") != std::string::npos);
  }

  void aFolderAClass() {
    file("mail/spam/1.txt", "buy now");
    file("mail/spam/2.txt", "cheap");
    file("mail/ham/1.txt", "see you\ntomorrow");
    const auto path = pathFromUtf8(folder_.filePath("mail").toStdString());
    const auto result = importTask({path}, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(result->data.labels, (std::vector<std::string>{"ham", "spam"}));
    QCOMPARE(result->data.examples.size(), std::size_t{3});
    QCOMPARE(result->data.examples[0].input, std::string("see you\ntomorrow"));
  }

  void aFileAClass() {
    const auto neg = file("rt.neg", "bad\nworse\n"), pos = file("rt.pos", "good\n");
    const auto result = importTask({neg, pos}, {});
    QVERIFY(result);
    QCOMPARE(result->data.labels, (std::vector<std::string>{"neg", "pos"}));
    QCOMPARE(result->data.examples.size(), std::size_t{3});
  }

  void storiesBecomePairs() {
    TaskData stories;
    stories.kind = TaskKind::Stories;
    stories.title = "Where they are";
    stories.examples.push_back(
        {"Where is Mary?", "garden", 0, {"John slept.", "Mary went to the garden."}, {1}});
    stories.examples.push_back({"Who?", "John", 0, {}, {}});
    const TaskData pairs = pairsFromStories(stories);
    QCOMPARE(pairs.kind, TaskKind::Pairs);
    QCOMPARE(pairs.title, stories.title);
    QCOMPARE(pairs.examples.size(), std::size_t{2});
    QCOMPARE(pairs.examples[0].input, std::string("John slept. Mary went to the garden. Where is Mary?"));
    QCOMPARE(pairs.examples[0].output, std::string("garden"));
    QCOMPARE(pairs.examples[1].input, std::string("Who?"));
    QCOMPARE(pairsFromStories(stories, 1).examples[0].input,
             std::string("Mary went to the garden. Where is Mary?"));
    QCOMPARE(pairsFromStories(stories, 9).examples[0].input, pairs.examples[0].input);
  }

  void storiesOfBabi() {
    const auto path = file(
        "qa.txt",
        "1 Mary moved to the bathroom.\n2 John went to the hallway.\n3 Where is Mary? \tbathroom\t1\n"
        "4 Mary went back.\n5 Where is John?\thallway\t2\n1 Sandra slept.\nno number\n2 Who?\tSandra\t1\n");
    const auto result = importTask({path}, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(result->data.kind, TaskKind::Stories);
    QCOMPARE(result->data.examples.size(), std::size_t{3});
    const TaskExample& second = result->data.examples[1];
    QCOMPARE(second.story.size(), std::size_t{3});
    QCOMPARE(second.output, std::string("hallway"));
    QCOMPARE(second.support, (std::vector<std::uint32_t>{1}));
    QCOMPARE(result->data.examples[2].story.size(), std::size_t{1});
    QCOMPARE(result->report.skippedRows, std::uint64_t{1});
  }

  void nothingToLearnIsASentence() {
    QVERIFY(!importTask({}, {}));
    QVERIFY(!importTask({pathFromUtf8("/nonexistent/x.tsv")}, {}));
    const auto one = importTask({file("one.txt", "only a text\nwithout a second column\n")}, {});
    QVERIFY(!one);
    QVERIFY(one.error().message().find("line 1 has nothing in column 2") != std::string::npos);
    ImportOptions labels;
    labels.kind = TaskKind::Labels;
    const auto same = importTask({file("same.tsv", "a\tx\nb\tx\n")}, labels);
    QVERIFY(!same);
    QVERIFY(same.error().message().find("one class") != std::string::npos);
  }

  void splitsAreStratifiedAndNeverOverlap() {
    TaskData data;
    data.kind = TaskKind::Labels;
    data.labels = {"a", "b"};
    for (std::uint32_t i = 0; i < 1000; ++i) {
      TaskExample example;
      example.label = i % 10 == 0 ? 1 : 0;
      example.input = "text " + std::to_string(i % 700);  // some twice
      data.examples.push_back(example);
    }
    const Splits splits = splitExamples(data, {0.1, 0.2, 7});
    std::set<std::uint32_t> all;
    std::map<std::string, int> where;
    int part = 0;
    for (const auto* indices : {&splits.train, &splits.validation, &splits.test}) {
      std::size_t rare = 0;
      for (const std::uint32_t i : *indices) {
        QVERIFY(all.insert(i).second);
        const auto [place, isNew] = where.try_emplace(data.examples[i].input, part);
        QVERIFY(isNew || place->second == part);
        rare += data.examples[i].label;
      }
      QVERIFY(std::abs(static_cast<double>(rare) / static_cast<double>(indices->size()) - 0.1) < 0.02);
      ++part;
    }
    QCOMPARE(all.size(), std::size_t{1000});
    QVERIFY(std::abs(static_cast<double>(splits.test.size()) - 200) < 10);
    const Splits again = splitExamples(data, {0.1, 0.2, 7}), other = splitExamples(data, {0.1, 0.2, 8});
    QCOMPARE(again.test, splits.test);
    QVERIFY(other.test != splits.test);
    data.examples.resize(1);
    QCOMPARE(splitExamples(data, {0.9, 0.9, 1}).train.size(), std::size_t{1});
  }

  void damagedFilesAreReadOrRefused() {
    const std::string seeds[] = {"a,\"b\n\"\",c\",d\n1,2,3\n",
                                 "{\"a\":\"b\",\"c\":1}\n{\"a\":\"d\",\"c\":2}\n",
                                 "1 A b.\n2 Who? \tA\t1\n3 C d.\n4 Who?\tC\t1 3\n", "a\tb\nc\td\n"};
    Rng rng(5);
    const int rounds = test::rounds(2000);
    for (int round = 0; round < rounds; ++round) {
      std::string text = seeds[round % 4];
      for (std::uint32_t flips = 1 + rng.below(6); flips > 0; --flips)
        text[rng.below(static_cast<std::uint32_t>(text.size()))] = static_cast<char>(rng.below(256));
      text.resize(1 + rng.below(static_cast<std::uint32_t>(text.size())));
      for (const TableFormat format :
           {TableFormat::Tabs, TableFormat::Commas, TableFormat::Semicolons, TableFormat::JsonLines}) {
        const auto table = readTable(text, format);
        QVERIFY(table);
        ImportReport report;
        findRolesOf(*table, report);
      }
      ImportReport report;
      for (const TaskExample& example : storiesFrom(text, report).examples)
        for (const std::uint32_t line : example.support) QVERIFY(line < example.story.size());
    }
  }

  void realFiles_data() {
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("examples");
    QTest::newRow("Chinese") << QStringList{"pairs/eng-cmn.tsv"} << int(TaskKind::Pairs) << 20000;
    QTest::newRow("SST-2") << QStringList{"sentiment/sst2/dev.tsv"} << int(TaskKind::Labels) << 872;
    QTest::newRow("rt") << QStringList{"sentiment/rt-polarity.neg", "sentiment/rt-polarity.pos"}
                        << int(TaskKind::Labels) << 10662;
    QTest::newRow("bAbI") << QStringList{"qa/babi/qa1_single-supporting-fact_train.txt"}
                          << int(TaskKind::Stories) << 1000;
  }
  void realFiles() {
    QFETCH(QStringList, names);
    QFETCH(int, kind);
    QFETCH(int, examples);
    std::vector<std::filesystem::path> paths;
    for (const QString& name : names) paths.push_back(shared(qPrintable(name)));
    if (!std::filesystem::exists(paths[0])) QSKIP("SKIP: the shared data is not there");
    const auto result = importTask(paths, {});
    QVERIFY2(result, result ? "" : result.error().message().c_str());
    QCOMPARE(int(result->data.kind), kind);
    const auto found = static_cast<int>(result->data.examples.size());
    QVERIFY2(found > 0.99 * examples && found <= examples * 10.1, qPrintable(QString::number(found)));
  }

 private:
  static void findRolesOf(const Table& table, ImportReport& report);
};

void TaskImportTest::findRolesOf(const Table& table, ImportReport& report) {
  findRoles(table, report.used);
  examplesFrom(table, report);
}

QTEST_GUILESS_MAIN(TaskImportTest)
#include "task_import_test.moc"

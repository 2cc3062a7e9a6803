// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes and fingerprints: a run as a file, and how its result is told from others.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/rng.h"
#include "core/train/fingerprint.h"
#include "core/train/recipe.h"
#include "tests/support/damage.h"

using namespace lexarium;

namespace {

bool refuses(const std::string& text) {
  const auto recipe = recipeFromJson(text);
  return !recipe && !recipe.error().what.empty() && recipe.error().message().find('\n') == std::string::npos;
}

std::string messageOf(const std::string& text) {
  const auto recipe = recipeFromJson(text);
  return recipe ? "" : recipe.error().message();
}

Recipe someRecipe(const ModelInfo& model) {
  Recipe recipe;
  recipe.run.modelId = model.id;
  recipe.run.params = ParamSet::defaultsOf(model.params);
  if (recipe.run.params.contains("learning_rate")) recipe.run.params.set("learning_rate", 0.1 + 0.2);
  recipe.run.execution = {.mode = Execution::Mode::Fastest, .threads = 3, .seed = ~std::uint64_t{0}};
  recipe.segmentation = SegmentOptions{.method = SegmentOptions::Method::Characters, .lowerCase = false};
  recipe.tokens = 17'000'000'000;
  recipe.words = 71'290;
  recipe.wordsHash = "00ff";
  recipe.fingerprint = "0123abcd";
  return recipe;
}

}  // namespace

class RecipeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void roundTripOfEveryModel();
  void modelAloneIsEnough();
  void wholeNumbersAndNumbersAreAdapted();
  void saysWhatIsWrong_data();
  void saysWhatIsWrong();
  void survivesMutationAndTruncation();
  void survivesDepth();
  void fingerprintTellsBitsApart();
  void filesAreToldFromTexts();
};

void RecipeTest::roundTripOfEveryModel() {
  for (const ModelInfo& model : models()) {
    const Recipe before = someRecipe(model);
    const auto after = recipeFromJson(recipeToJson(before));
    QVERIFY2(after.has_value(), after ? "" : after.error().message().c_str());
    QCOMPARE(after->run.modelId, before.run.modelId);
    QVERIFY(after->run.params == before.run.params);
    QVERIFY(after->run.execution.mode == before.run.execution.mode);
    QCOMPARE(after->run.execution.threads, before.run.execution.threads);
    QCOMPARE(after->run.execution.seed, before.run.execution.seed);
    QVERIFY(after->segmentation == before.segmentation);
    QCOMPARE(after->tokens, before.tokens);
    QCOMPARE(after->words, before.words);
    QCOMPARE(after->wordsHash, before.wordsHash);
    QCOMPARE(after->fingerprint, before.fingerprint);
  }
}

void RecipeTest::modelAloneIsEnough() {
  const auto recipe = recipeFromJson(R"({"model": "cbow"})");
  QVERIFY(recipe.has_value());
  QVERIFY(recipe->run.params == ParamSet::defaultsOf(findModel("cbow")->params));
  QVERIFY(recipe->run.execution.mode == Execution::Mode::Reproducible);
  QCOMPARE(recipe->run.execution.seed, std::uint64_t{1});
  QVERIFY(!recipe->segmentation && recipe->fingerprint.empty());
  const auto other = recipeFromJson(R"({"model": "cbow", "segmentation": {"keep_punctuation": true}})");
  QVERIFY(other->segmentation->keepPunctuation && other->segmentation->lowerCase);
}

void RecipeTest::wholeNumbersAndNumbersAreAdapted() {
  const auto recipe = recipeFromJson(
      R"({"model": "glove", "parameters": {"x_max": 100, "window": 7.0, "learning_rate": 1}})");
  QVERIFY2(recipe.has_value(), recipe ? "" : recipe.error().message().c_str());
  QCOMPARE(recipe->run.params.getNumber("x_max"), 100.0);
  QCOMPARE(recipe->run.params.getInt("window"), std::int64_t{7});
}

void RecipeTest::saysWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("expected");
  const auto row = [](const char* text, const char* expected) {
    QTest::newRow(text) << QByteArray(text) << QString(expected);
  };
  row("", "not JSON");
  row("[]", "no recipe");
  row("null", "no recipe");
  row("{}", "\"model\" is missing");
  row(R"({"model": "cbow"} x)", "not JSON");
  row(R"({"model": "cbow", "model": "glove"})", "\"model\" stands twice");
  row(R"({"model": "perpetual-motion"})", "perpetual-motion");
  row(R"({"model": 7})", "\"model\" is not a text");
  row(R"({"model": "cbow", "sed": 3})", "\"sed\" is no part of a recipe");
  row(R"({"model": "cbow", "seed": -3})", "\"seed\" is not a whole number from 0");
  row(R"({"model": "cbow", "seed": 1.5})", "\"seed\"");
  row(R"({"model": "cbow", "seed": 99999999999999999999999})", "\"seed\"");
  row(R"({"model": "cbow", "seed": 1e999})", "too large");
  row(R"({"model": "cbow", "threads": 0})", "\"threads\"");
  row(R"({"model": "cbow", "threads": 99999})", "\"threads\"");
  row(R"({"model": "cbow", "mode": "hasty"})", "hasty");
  row(R"({"model": "cbow", "version": 2})", "newer version");
  row(R"({"model": "cbow", "version": "x"})", "\"version\"");
  row(R"({"model": "cbow", "format": "safetensors"})", "another kind of file");
  row(R"({"model": "cbow", "parameters": []})", "\"parameters\" is not an object");
  row(R"({"model": "cbow", "parameters": {"window": "wide"}})", "--window");
  row(R"({"model": "cbow", "parameters": {"window": 7.5}})", "--window");
  row(R"({"model": "cbow", "parameters": {"window": 1e300}})", "--window");
  row(R"({"model": "cbow", "parameters": {"window": 1000}})", "1 to 50");
  row(R"({"model": "cbow", "parameters": {"window": [5]}})", "\"window\"");
  row(R"({"model": "cbow", "parameters": {"x_max": 5}})", "\"x_max\"");
  row(R"({"model": "cbow", "segmentation": {"segmentation": "syllables"}})", "syllables");
  row(R"({"model": "cbow", "segmentation": {"colour": true}})", "\"colour\"");
  row(R"({"model": "cbow", "segmentation": {"lower_case": 1}})", "--lower-case");
  row(R"({"model": "cbow", "fingerprint": 7})", "\"fingerprint\"");
  row("{\"model\": \"cb\xffow\"}", "not JSON");
}

void RecipeTest::saysWhatIsWrong() {
  QFETCH(QByteArray, text);
  QFETCH(QString, expected);
  const std::string message = messageOf(text.toStdString());
  QVERIFY2(QString::fromStdString(message).contains(expected), message.c_str());
}

void RecipeTest::survivesMutationAndTruncation() {
  const std::string good = recipeToJson(someRecipe(models().front()));
  test::cutEverywhere(good, [&](const std::string& text, const QByteArray& what) {
    // Without its last line end it is whole.
    if (text.size() + 1 < good.size()) QVERIFY2(refuses(text), what);
  });
  test::flipEverywhere(good, 5000, [](const std::string& text, const QByteArray& what) {
    const auto recipe = recipeFromJson(text);
    if (recipe)
      QVERIFY2(validate(findModel(recipe->run.modelId)->params, recipe->run.params).has_value(), what);
  });
}

void RecipeTest::survivesDepth() {
  const std::string deep(500'000, '[');
  QVERIFY(refuses(deep));
  QVERIFY(refuses(deep + std::string(500'000, ']')));
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += "{\"a\":";
  QVERIFY(refuses(objects + "1" + std::string(50'000, '}')));
  QVERIFY(refuses(R"({"model": "cbow", "parameters": {"a": )" + objects + "1" + std::string(50'002, '}')));
}

void RecipeTest::fingerprintTellsBitsApart() {
  Matrix vectors(3, 4);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<Real>(i) / 7;
  const std::string print = fingerprint(vectors);
  QCOMPARE(print.size(), std::size_t{8});
  QCOMPARE(fingerprint(Matrix(vectors)), print);
  QVERIFY(fingerprint(vectors.leftCols(3)) != print);
  // The same numbers in another shape.
  QVERIFY(fingerprint(Eigen::Map<Matrix>(vectors.data(), 4, 3)) != print);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) {
    Matrix other = vectors;
    other.data()[i] = std::nextafter(other.data()[i], Real{9});
    QVERIFY(fingerprint(other) != print);
  }
  // Python: hashlib.sha256(struct.pack('<QQ', 2, 1) + struct.pack('<ff', 1, -2)).hexdigest()[:8]
  Matrix known(2, 1);
  known << 1, -2;
  QCOMPARE(fingerprint(known), std::string("78a22c41"));
  QCOMPARE(fingerprint(Matrix()).size(), std::size_t{8});
}

void RecipeTest::filesAreToldFromTexts() {
  QTemporaryDir folder;
  const auto write = [&](const char* name, const std::string& text) {
    const std::filesystem::path path = folder.filePath(name).toStdString();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  };
  const auto whole = write("whole.json", recipeToJson(someRecipe(models().front())));
  QVERIFY(looksLikeRecipe(whole));
  QCOMPARE(readRecipeFile(whole)->tokens, std::uint64_t{17'000'000'000});
  QVERIFY(looksLikeRecipe(write("by-hand.json", R"( {"model": "cbow"})")));
  QVERIFY(!looksLikeRecipe(write("model.txt", R"({"model": "cbow"})")));
  QVERIFY(!looksLikeRecipe(write("list.json", R"(["model", "lexarium-recipe"])")));
  QVERIFY(!looksLikeRecipe(write("other.json", R"({"name": "cbow"})")));
  QVERIFY(!looksLikeRecipe(write("empty.json", "")));
  QVERIFY(!looksLikeRecipe(folder.filePath("none.json").toStdString()));
  const auto wrong = readRecipeFile(write("wrong.json", R"({"model": "elman"})"));
  QVERIFY(!wrong && wrong.error().where.starts_with("wrong.json"));
  QVERIFY(!readRecipeFile(write("large.json", std::string(kLargestRecipe + 1, ' '))));
}

QTEST_GUILESS_MAIN(RecipeTest)
#include "recipe_test.moc"

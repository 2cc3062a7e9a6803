// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe in the window: it fills the form for the next run, and says when the text is not the recipe's.
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QtGui/QDropEvent>

#include "core/train/recipe.h"
#include "ui/session/session.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/param_form.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

struct Program {
  QTemporaryDir folder;
  Session session{folder.filePath("settings.json")};
  MainWindow window{session};

  Program() {
    window.resize(1366, 768);
    window.show();
  }
  void openSample() {
    session.openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != nullptr, kPatience);
    QTRY_VERIFY(window.errors().isEmpty());
  }
  QString write(const char* name, const std::string& content) {
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(content.data(), static_cast<qint64>(content.size())) < 0)
      qFatal("cannot write a test file");
    return file.fileName();
  }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
  }
  QString message() { return window.errors().text(); }
  QPushButton* button(const QString& text) {
    for (auto* found : window.errors().findChildren<QPushButton*>())
      if (found->text() == text) return found;
    return nullptr;
  }
  /// A run of CBOW on the open text that nothing but a recipe would set up.
  Recipe recipe() {
    const ModelInfo& model = *findModel("cbow");
    RunConfig config{model.id, presetFor(model, *session.corpus()), {}};
    config.params.set("dimensions", std::int64_t{17});
    config.execution = {Execution::Mode::Reproducible, 3, 42};
    Recipe recipe = recipeOf(config, *session.corpus());
    recipe.fingerprint = "0123abcd";
    return recipe;
  }
};

}  // namespace

class RecipeFilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDroppedRecipeFillsTheForm();
  void anotherTextIsSaid();
  void theTextIsCutAsTheRecipeSays();
  void withoutATextItSaysWhatToDo();
  void wrongRecipesAreSaid();
  void otherJsonIsAText();
};

void RecipeFilesTest::aDroppedRecipeFillsTheForm() {
  Program program;
  program.openSample();
  QVERIFY(program.window.actions().get("openRecipe")->isEnabled());
  program.drop(program.write("a.json", recipeToJson(program.recipe())));
  QTRY_VERIFY_WITH_TIMEOUT(!program.window.errors().isEmpty(), kPatience);
  QVERIFY2(program.message().contains("seed 42") && program.message().contains("0123abcd"),
           qPrintable(program.message()));
  QVERIFY(!program.message().contains("But"));
  const RunConfig& next = program.session.runs().nextConfig();
  QCOMPARE(next.modelId, std::string("cbow"));
  QCOMPARE(next.params.getInt("dimensions"), std::int64_t{17});
  QCOMPARE(next.execution.seed, std::uint64_t{42});
  auto* form = program.window.findChild<ParamForm*>("modelForm");
  QVERIFY(form && form->isVisible());
  QCOMPARE(form->values().getInt("dimensions"), std::int64_t{17});
}

void RecipeFilesTest::anotherTextIsSaid() {
  Program program;
  program.openSample();
  Recipe recipe = program.recipe();
  recipe.wordsHash.front() = recipe.wordsHash.front() == '0' ? '1' : '0';
  program.drop(program.write("a.json", recipeToJson(recipe)));
  QTRY_VERIFY_WITH_TIMEOUT(program.message().contains("for another text"), kPatience);
  QVERIFY(!program.message().contains("0123abcd"));
  recipe.tokens = 12'345;
  program.drop(program.write("b.json", recipeToJson(recipe)));
  QTRY_VERIFY_WITH_TIMEOUT(program.message().contains("12,345"), kPatience);
  QCOMPARE(program.session.runs().nextConfig().modelId,
           std::string("cbow"));  // but it is set up all the same
}

void RecipeFilesTest::theTextIsCutAsTheRecipeSays() {
  Program program;
  program.openSample();
  Recipe recipe = program.recipe();
  recipe.segmentation->lowerCase = !recipe.segmentation->lowerCase;
  recipe.wordsHash.clear();
  recipe.tokens = recipe.words = 0;
  program.drop(program.write("a.json", recipeToJson(recipe)));
  QTRY_VERIFY_WITH_TIMEOUT(program.message().contains("in another way"), kPatience);
  const auto before = program.session.corpus();
  auto* cut = program.button("Cut it as the recipe says");
  QVERIFY(cut);
  QTest::mouseClick(cut, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != before, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(program.message().contains("0123abcd"), kPatience);
  QVERIFY(program.session.corpus()->options() == *recipe.segmentation);
  QCOMPARE(program.session.runs().nextConfig().params.getInt("dimensions"), std::int64_t{17});
}

void RecipeFilesTest::withoutATextItSaysWhatToDo() {
  Program program;
  QVERIFY(!program.window.actions().get("openRecipe")->isEnabled());
  program.drop(program.write("a.json", R"({"model": "cbow"})"));
  QVERIFY2(program.message().contains("Open the text first"), qPrintable(program.message()));
}

void RecipeFilesTest::wrongRecipesAreSaid() {
  Program program;
  program.openSample();
  const RunConfig before = program.session.runs().nextConfig();
  program.drop(program.write("wrong.json", R"({"model": "cbow", "parameters": {"dimensions": -3}})"));
  QTRY_VERIFY_WITH_TIMEOUT(program.message().contains("wrong.json"), kPatience);
  QCOMPARE(program.session.runs().nextConfig().modelId, before.modelId);
}

void RecipeFilesTest::otherJsonIsAText() {
  Program program;
  program.drop(program.write("words.json", R"({"words": "the king and the queen"})"));
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  QVERIFY(program.session.corpus()->vocabulary().find("queen"));
}

QTEST_MAIN(RecipeFilesTest)
#include "recipe_files_test.moc"

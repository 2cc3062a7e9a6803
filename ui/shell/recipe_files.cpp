// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recipe_files.h"

#include <QAction>
#include <QFileDialog>

#include "core/base/file.h"
#include "core/text/corpus_image.h"
#include "ui/shell/actions.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

RecipeFiles::RecipeFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window)
    : QObject(window), session_(session), actions_(actions), errors_(errors), window_(window) {
  actions.on("openRecipe", [this] { chooseToOpen(); });
  // Later: the window clears its messages when the text changes.
  connect(&session, &Session::corpusChanged, this, &RecipeFiles::onCorpusChanged, Qt::QueuedConnection);
  connect(&session, &Session::corpusChanged, this, &RecipeFiles::updateActions);
  updateActions();
}

void RecipeFiles::updateActions() { actions_.get("openRecipe")->setEnabled(session_.runs().canTrain()); }

void RecipeFiles::chooseToOpen() {
  const QString file =
      QFileDialog::getOpenFileName(window_, tr("Open recipe"), {}, tr("Recipes (*.json);;All files (*)"));
  if (!file.isEmpty()) open(file);
}

bool RecipeFiles::openDropped(const QStringList& paths) {
  if (paths.size() != 1 || !looksLikeRecipe(pathFromUtf8(paths.front().toStdString()))) return false;
  open(paths.front());
  return true;
}

void RecipeFiles::open(const QString& path) {
  waiting_.reset();
  if (!session_.runs().canTrain()) {
    return errors_.show(Error{tr("A recipe needs a text to learn from").toStdString(),
                              {},
                              tr("Open the text first, then the recipe").toStdString()});
  }
  reading_.run([file = pathFromUtf8(path.toStdString())](std::stop_token) { return readRecipeFile(file); },
               [this](Expected<Recipe> recipe) {
                 if (!recipe) return errors_.show(recipe.error());
                 compare(std::move(*recipe));
               });
}

/// Is the open text the recipe's?
void RecipeFiles::compare(Recipe recipe) {
  const auto corpus = session_.corpus();
  if (!session_.runs().canTrain()) return;
  reading_.run(
      [recipe, corpus](std::stop_token) {
        return (recipe.tokens == 0 || recipe.tokens == corpus->tokens().size()) &&
               (recipe.words == 0 || recipe.words == corpus->vocabulary().size()) &&
               (recipe.wordsHash.empty() || recipe.wordsHash == wordsHash(*corpus));
      },
      [this, recipe, corpus](bool sameWords) {
        if (corpus == session_.corpus()) take(recipe, sameWords);
      });
}

void RecipeFiles::take(const Recipe& recipe, bool sameWords) {
  session_.runs().setFork(0, nullptr);  // a recipe begins at the beginning
  session_.runs().setNextConfig(recipe.run);
  triggerWindowAction(window_, "view_parameters");
  tell(recipe, sameWords);
}

void RecipeFiles::tell(const Recipe& recipe, bool sameWords) {
  const ModelInfo* model = findModel(recipe.run.modelId);
  ErrorBar::Message message;
  message.kind = ErrorBar::Kind::Note;
  message.what = tr("The next run is set up as the recipe says: %1, seed %2.")
                     .arg(coreText(model->title))
                     .arg(recipe.run.execution.seed);
  const auto& corpus = session_.corpus();
  const bool sameCut = !recipe.segmentation || *recipe.segmentation == corpus->options();
  if (!sameCut) {
    message.details = tr("But the recipe cuts the text into words in another way.");
    if (session_.canReload())
      message.buttons.push_back({tr("Cut it as the recipe says"), [this, recipe] { cutAsIn(recipe); }});
  } else if (!sameWords && recipe.tokens > 0 && recipe.tokens != corpus->tokens().size()) {
    message.details = tr("But it was written for another text: that had %1 words, this one has %2.")
                          .arg(formatCount(recipe.tokens), formatCount(corpus->tokens().size()));
  } else if (!sameWords) {
    message.details = tr("But it was written for another text.");
  } else if (!recipe.fingerprint.empty() && recipe.run.execution.mode == Execution::Mode::Reproducible) {
    message.details = tr("The result should have the fingerprint %1.").arg(toQString(recipe.fingerprint));
  }
  errors_.show(std::move(message));
}

void RecipeFiles::cutAsIn(const Recipe& recipe) {
  waiting_ = recipe;
  session_.reload(*recipe.segmentation, session_.encoding());
}

void RecipeFiles::onCorpusChanged() {
  const auto recipe = std::exchange(waiting_, std::nullopt);
  if (!recipe || !session_.corpus() || session_.corpus()->options() != *recipe->segmentation) return;
  compare(*recipe);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <optional>

#include "core/train/recipe.h"
#include "ui/session/session.h"

namespace lexarium {

class Actions;
class ErrorBar;

/// Recipes in the menus and dropped on the window: the next run on the open text is set up as the recipe
/// says, and where the text is not the recipe's, or cut in another way, a sentence says so.
class RecipeFiles : public QObject {
  Q_OBJECT

 public:
  RecipeFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window);

  /// Reads it off the GUI thread.
  void open(const QString& path);
  /// Opens what was dropped if it is one recipe; false: it is not.
  bool openDropped(const QStringList& paths);

 private:
  void chooseToOpen();
  void updateActions();
  void take(const Recipe& recipe, bool sameWords);
  void tell(const Recipe& recipe, bool sameWords);
  void cutAsIn(const Recipe& recipe);
  void onCorpusChanged();
  void compare(Recipe recipe);

  Session& session_;
  Actions& actions_;
  ErrorBar& errors_;
  QWidget* window_;
  LatestJob reading_;
  std::optional<Recipe> waiting_;  // for its text, which is being read again
};

}  // namespace lexarium

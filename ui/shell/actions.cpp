// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include <QCoreApplication>
#include <QWidget>

#include "ui/look/theme.h"

namespace lexarium {
namespace {

struct ActionSpec {
  const char* id;
  const char* text;
  const char* icon;
  const char* shortcut;
  const char* help;
  bool checkable = false;
};

const ActionSpec kActions[] = {
    {"openText", QT_TRANSLATE_NOOP("Actions", "&Open text..."), "open", "Ctrl+O",
     QT_TRANSLATE_NOOP("Actions", "Open one or more text files.")},
    {"openFolder", QT_TRANSLATE_NOOP("Actions", "Open &folder..."), "folder", "Ctrl+Shift+O",
     QT_TRANSLATE_NOOP("Actions", "Open all texts of a folder as one corpus.")},
    {"pasteText", QT_TRANSLATE_NOOP("Actions", "&Paste as text"), "paste", "Ctrl+Shift+V",
     QT_TRANSLATE_NOOP("Actions", "Open what was copied elsewhere as a text.")},
    {"openProject", QT_TRANSLATE_NOOP("Actions", "Open pro&ject..."), "folder", "Ctrl+Shift+J",
     QT_TRANSLATE_NOOP("Actions", "Open texts, runs and their history where a lesson left them.")},
    {"saveProjectAs", QT_TRANSLATE_NOOP("Actions", "Save project &as..."), "export", "Ctrl+Shift+S",
     QT_TRANSLATE_NOOP("Actions", "Give the project a name; from then on every change is kept there.")},
    {"duplicateProject", QT_TRANSLATE_NOOP("Actions", "&Duplicate project..."), "copy", "",
     QT_TRANSLATE_NOOP("Actions", "Write a copy of the project as it is now, and go on with this one.")},
    {"compactProject", QT_TRANSLATE_NOOP("Actions", "&Compact project"), "layout", "",
     QT_TRANSLATE_NOOP("Actions", "Give the space of what was deleted back to the disk.")},
    {"openVectors", QT_TRANSLATE_NOOP("Actions", "Open &vectors..."), "map", "Ctrl+Shift+E",
     QT_TRANSLATE_NOOP("Actions", "Explore word vectors of a file: word2vec, GloVe, fastText, Projector.")},
    {"addVectors", QT_TRANSLATE_NOOP("Actions", "Vectors for t&his text..."), "add", "",
     QT_TRANSLATE_NOOP("Actions", "Explore vectors of a file beside the runs, with the places in the text.")},
    {"saveVectors", QT_TRANSLATE_NOOP("Actions", "Sa&ve vectors..."), "export", "Ctrl+S",
     QT_TRANSLATE_NOOP("Actions", "Write the vectors of the run that is shown into a file.")},
    {"openRecipe", QT_TRANSLATE_NOOP("Actions", "Open rec&ipe..."), "parameters", "",
     QT_TRANSLATE_NOOP("Actions", "Set the next run up as a recipe says, to repeat a run on this text.")},
    {"textOptions", QT_TRANSLATE_NOOP("Actions", "&Text options..."), "options", "Ctrl+Shift+T",
     QT_TRANSLATE_NOOP("Actions", "Change how the open text is decoded and cut into words.")},
    {"startPage", QT_TRANSLATE_NOOP("Actions", "&Start page"), "lexarium", "Ctrl+Shift+H",
     QT_TRANSLATE_NOOP("Actions", "Show samples and recent files.")},
    {"quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "quit", "Ctrl+Q",
     QT_TRANSLATE_NOOP("Actions", "Close the program; training stops.")},
    {"selectionBack", QT_TRANSLATE_NOOP("Actions", "Selection &back"), "back", "Alt+Left",
     QT_TRANSLATE_NOOP("Actions", "Select what was selected before.")},
    {"selectionForward", QT_TRANSLATE_NOOP("Actions", "Selection &forward"), "forward", "Alt+Right",
     QT_TRANSLATE_NOOP("Actions", "Undo the last step back.")},
    {"clearSelection", QT_TRANSLATE_NOOP("Actions", "&Clear selection"), "clear", "Esc",
     QT_TRANSLATE_NOOP("Actions", "Select no word.")},
    {"preferences", QT_TRANSLATE_NOOP("Actions", "&Preferences..."), "settings", "Ctrl+,",
     QT_TRANSLATE_NOOP("Actions", "Colours, size of type, motion.")},
    {"lookSystem", QT_TRANSLATE_NOOP("Actions", "&System colours"), "theme", "",
     QT_TRANSLATE_NOOP("Actions", "Light or dark, as the desktop is."), true},
    {"lookLight", QT_TRANSLATE_NOOP("Actions", "&Light"), "theme", "",
     QT_TRANSLATE_NOOP("Actions", "Dark text on a light ground."), true},
    {"lookDark", QT_TRANSLATE_NOOP("Actions", "&Dark"), "theme", "",
     QT_TRANSLATE_NOOP("Actions", "Light text on a dark ground."), true},
    {"lookHighContrast", QT_TRANSLATE_NOOP("Actions", "&High contrast"), "theme", "",
     QT_TRANSLATE_NOOP("Actions", "White and yellow on black."), true},
    {"projector", QT_TRANSLATE_NOOP("Actions", "&Projector mode"), "projector", "F9",
     QT_TRANSLATE_NOOP("Actions", "Large type, thick lines, big markers; only the pictures stay."), true},
    {"largerType", QT_TRANSLATE_NOOP("Actions", "&Larger type"), "zoom-in", "Ctrl++",
     QT_TRANSLATE_NOOP("Actions", "Make all type larger.")},
    {"smallerType", QT_TRANSLATE_NOOP("Actions", "&Smaller type"), "zoom-out", "Ctrl+-",
     QT_TRANSLATE_NOOP("Actions", "Make all type smaller.")},
    {"normalType", QT_TRANSLATE_NOOP("Actions", "&Normal type"), "zoom-reset", "Ctrl+0",
     QT_TRANSLATE_NOOP("Actions", "Type in its normal size.")},
    {"fullScreen", QT_TRANSLATE_NOOP("Actions", "&Full screen"), "fit", "F11",
     QT_TRANSLATE_NOOP("Actions", "Use the whole screen."), true},
    {"resetLayout", QT_TRANSLATE_NOOP("Actions", "&Reset layout"), "layout", "",
     QT_TRANSLATE_NOOP("Actions", "Bring the views of this workspace back to their places.")},
    {"train", QT_TRANSLATE_NOOP("Actions", "&Train"), "play", "F5",
     QT_TRANSLATE_NOOP("Actions", "Start training, pause it, or go on.")},
    {"stepOnce", QT_TRANSLATE_NOOP("Actions", "&Step"), "step", "F6",
     QT_TRANSLATE_NOOP("Actions", "Train one small batch, then pause.")},
    {"stopTraining", QT_TRANSLATE_NOOP("Actions", "St&op"), "stop", "Shift+F5",
     QT_TRANSLATE_NOOP("Actions", "End this run; what it has learned stays to be explored.")},
    {"resetTraining", QT_TRANSLATE_NOOP("Actions", "&Reset"), "reset", "",
     QT_TRANSLATE_NOOP("Actions", "Forget this run, so that Train starts afresh.")},
    {"resumeRun", QT_TRANSLATE_NOOP("Actions", "&Go on with this run"), "play", "Shift+F6",
     QT_TRANSLATE_NOOP("Actions", "A run that was stopped goes on from its newest checkpoint.")},
    {"replay", QT_TRANSLATE_NOOP("Actions", "Re&play"), "replay", "F7",
     QT_TRANSLATE_NOOP("Actions", "Show the run that is shown as a film, from its beginning until now."),
     true},
    {"previousMoment", QT_TRANSLATE_NOOP("Actions", "&Earlier moment"), "back", "Ctrl+Left",
     QT_TRANSLATE_NOOP("Actions", "Show the moment of training before this one.")},
    {"nextMoment", QT_TRANSLATE_NOOP("Actions", "&Later moment"), "forward", "Ctrl+Right",
     QT_TRANSLATE_NOOP("Actions", "Show the moment of training after this one.")},
    {"goLive", QT_TRANSLATE_NOOP("Actions", "Back to &now"), "recent", "Ctrl+End",
     QT_TRANSLATE_NOOP("Actions", "Show the newest state of the run again.")},
    {"help", QT_TRANSLATE_NOOP("Actions", "&Help"), "help", "F1",
     QT_TRANSLATE_NOOP("Actions", "How to use the window, and all shortcuts.")},
    {"findCommand", QT_TRANSLATE_NOOP("Actions", "&Find a command..."), "command", "Ctrl+Shift+P",
     QT_TRANSLATE_NOOP("Actions", "Type a few letters of what you want to do.")},
    {"about", QT_TRANSLATE_NOOP("Actions", "&About Lexarium"), "info", "",
     QT_TRANSLATE_NOOP("Actions", "Version, licence and thanks.")},
};

}  // namespace

QString plainText(const QAction* action) {
  QString text = action->text().section('\t', 0, 0).remove('&');
  if (text.endsWith("...")) text.chop(3);
  return text;
}

Actions::Actions(QWidget* window) : QObject(window), window_(window) {
  const auto translated = [](const char* text) { return QCoreApplication::translate("Actions", text); };
  for (const auto& spec : kActions) {
    QAction* action = add(spec.id, translated(spec.text), spec.icon,
                          QKeySequence(QLatin1String(spec.shortcut)), translated(spec.help), nullptr);
    action->setCheckable(spec.checkable);
  }
  // Plus is a shifted key on many keyboards.
  get("largerType")->setShortcuts({QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")});
}

QAction* Actions::get(const QString& id) const {
  const auto found = byId_.find(id);
  Q_ASSERT(found != byId_.end());
  return found->second;
}

void Actions::on(const QString& id, std::function<void()> handler) {
  connect(get(id), &QAction::triggered, this, [handler = std::move(handler)] { handler(); });
}

QAction* Actions::add(const QString& id, const QString& text, const QString& icon,
                      const QKeySequence& shortcut, const QString& help, std::function<void()> handler) {
  auto* action = new QAction(text, this);
  action->setObjectName(id);
  action->setShortcut(shortcut);
  action->setProperty("iconName", icon);
  action->setStatusTip(help);
  action->setWhatsThis(help);
  action->setToolTip(shortcut.isEmpty()
                         ? help
                         : QStringLiteral("%1 (%2)").arg(help, shortcut.toString(QKeySequence::NativeText)));
  if (icon_) action->setIcon(icon_(icon));
  if (handler) connect(action, &QAction::triggered, this, [handler = std::move(handler)] { handler(); });
  window_->addAction(action);
  byId_[id] = action;
  order_.push_back(action);
  return action;
}

void Actions::remove(const QString& id) {
  const auto found = byId_.find(id);
  if (found == byId_.end()) return;
  std::erase(order_, found->second);
  delete found->second;
  byId_.erase(found);
}

void Actions::setTheme(const Theme& theme) {
  icon_ = [theme](const QString& name) { return themedIcon(name, theme); };
  for (QAction* action : order_) action->setIcon(icon_(action->property("iconName").toString()));
}

}  // namespace lexarium

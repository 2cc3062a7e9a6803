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

#define LEX_TEXT(text) QT_TRANSLATE_NOOP("Actions", text)
const ActionSpec kActions[] = {
    {"openText", LEX_TEXT("&Open text..."), "open", "Ctrl+O", LEX_TEXT("Open one or more text files.")},
    {"openFolder", LEX_TEXT("Open &folder..."), "folder", "Ctrl+Shift+O",
     LEX_TEXT("Open all texts of a folder as one corpus.")},
    {"pasteText", LEX_TEXT("&Paste as text"), "paste", "Ctrl+Shift+V",
     LEX_TEXT("Open what was copied elsewhere as a text.")},
    {"textOptions", LEX_TEXT("&Text options..."), "options", "Ctrl+Shift+T",
     LEX_TEXT("Change how the open text is decoded and cut into words.")},
    {"startPage", LEX_TEXT("&Start page"), "lexarium", "Ctrl+Shift+H",
     LEX_TEXT("Show samples and recent files.")},
    {"quit", LEX_TEXT("&Quit"), "quit", "Ctrl+Q", LEX_TEXT("Close the program; training stops.")},
    {"selectionBack", LEX_TEXT("Selection &back"), "back", "Alt+Left",
     LEX_TEXT("Select what was selected before.")},
    {"selectionForward", LEX_TEXT("Selection &forward"), "forward", "Alt+Right",
     LEX_TEXT("Undo the last step back.")},
    {"clearSelection", LEX_TEXT("&Clear selection"), "clear", "Esc", LEX_TEXT("Select no word.")},
    {"preferences", LEX_TEXT("&Preferences..."), "settings", "Ctrl+,",
     LEX_TEXT("Colours, size of type, motion.")},
    {"lookSystem", LEX_TEXT("&System colours"), "theme", "", LEX_TEXT("Light or dark, as the desktop is."),
     true},
    {"lookLight", LEX_TEXT("&Light"), "theme", "", LEX_TEXT("Dark text on a light ground."), true},
    {"lookDark", LEX_TEXT("&Dark"), "theme", "", LEX_TEXT("Light text on a dark ground."), true},
    {"lookHighContrast", LEX_TEXT("&High contrast"), "theme", "", LEX_TEXT("White and yellow on black."),
     true},
    {"projector", LEX_TEXT("&Projector mode"), "projector", "F9",
     LEX_TEXT("Large type, thick lines, big markers; only the pictures stay."), true},
    {"largerType", LEX_TEXT("&Larger type"), "zoom-in", "Ctrl++", LEX_TEXT("Make all type larger.")},
    {"smallerType", LEX_TEXT("&Smaller type"), "zoom-out", "Ctrl+-", LEX_TEXT("Make all type smaller.")},
    {"normalType", LEX_TEXT("&Normal type"), "zoom-reset", "Ctrl+0", LEX_TEXT("Type in its normal size.")},
    {"fullScreen", LEX_TEXT("&Full screen"), "fit", "F11", LEX_TEXT("Use the whole screen."), true},
    {"resetLayout", LEX_TEXT("&Reset layout"), "layout", "",
     LEX_TEXT("Bring the views of this workspace back to their places.")},
    {"train", LEX_TEXT("&Train"), "play", "F5", LEX_TEXT("Start training, pause it, or go on.")},
    {"stepOnce", LEX_TEXT("&Step"), "step", "F6", LEX_TEXT("Train one small batch, then pause.")},
    {"stopTraining", LEX_TEXT("St&op"), "stop", "Shift+F5",
     LEX_TEXT("End this run; what it has learned stays to be explored.")},
    {"resetTraining", LEX_TEXT("&Reset"), "reset", "",
     LEX_TEXT("Forget this run, so that Train starts afresh.")},
    {"help", LEX_TEXT("&Help"), "help", "F1", LEX_TEXT("How to use the window, and all shortcuts.")},
    {"findCommand", LEX_TEXT("&Find a command..."), "command", "Ctrl+Shift+P",
     LEX_TEXT("Type a few letters of what you want to do.")},
    {"about", LEX_TEXT("&About Lexarium"), "info", "", LEX_TEXT("Version, licence and thanks.")},
};
#undef LEX_TEXT

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

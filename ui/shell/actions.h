// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <functional>
#include <map>
#include <vector>

class QWidget;

namespace lexarium {

struct Theme;

/// Everything a person can do from menus, keys and the command palette. The id is also the object name:
/// "openText". Each has text, icon, shortcut where sensible, and a tooltip of one sentence.
class Actions : public QObject {
  Q_OBJECT

 public:
  explicit Actions(QWidget* window);

  /// Asserts that there is one of that id.
  QAction* get(const QString& id) const;
  /// Calls `handler` when the action is triggered.
  void on(const QString& id, std::function<void()> handler);
  /// An action that is not in the table: views, samples, recent files.
  QAction* add(const QString& id, const QString& text, const QString& icon, const QKeySequence& shortcut,
               const QString& help, std::function<void()> handler);
  void remove(const QString& id);

  /// In the order of the table, then as added.
  const std::vector<QAction*>& all() const { return order_; }
  void setTheme(const Theme& theme);

 private:
  QWidget* window_;
  std::map<QString, QAction*> byId_;
  std::vector<QAction*> order_;
  std::function<QIcon(const QString&)> icon_;
};

/// "Open text\u2026" without mnemonic and dots: for palette, tooltips and help.
QString plainText(const QAction* action);

}  // namespace lexarium

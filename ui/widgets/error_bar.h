// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <functional>
#include <vector>

#include "core/base/expected.h"

class QLabel;
class QHBoxLayout;
class QToolButton;

namespace lexarium {

struct Theme;

/// A bar in the window that says what happened, where, and what to do. It never takes the focus and never
/// stops anybody; Tab reaches its buttons. The newest message is on top; closing it shows the one before.
class ErrorBar : public QFrame {
  Q_OBJECT

 public:
  enum class Kind { Error, Note };
  struct Button {
    QString text;
    std::function<void()> action;  ///< the message is closed first
  };
  struct Message {
    Kind kind = Kind::Error;
    QString what;
    QString details;  ///< where, and what to do
    std::vector<Button> buttons{};
  };

  explicit ErrorBar(QWidget* parent = nullptr);

  void show(const Error& error, std::vector<Button> buttons = {});
  void show(Message message);
  /// Closes all messages.
  void clear();
  void dismiss();
  bool isEmpty() const { return messages_.empty(); }
  /// "The file is empty. notes.txt. Choose a file with text in it."; empty if nothing is shown.
  QString text() const;

  void setTheme(const Theme& theme);

 private:
  void update();

  std::vector<Message> messages_;
  QLabel* icon_;
  QLabel* label_;
  QHBoxLayout* buttons_;
  QToolButton* close_;
  QIcon errorIcon_, noteIcon_;
};

}  // namespace lexarium

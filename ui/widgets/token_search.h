// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace lexarium {

struct Theme;

/// A field to search for words: plain, with * and ?, or /regex/. It waits until the typing pauses; what was
/// found, or what is wrong with the query, stands below it.
class TokenSearch : public QWidget {
  Q_OBJECT

 public:
  explicit TokenSearch(QWidget* parent = nullptr);

  void setPlaceholder(const QString& text);
  QString query() const;
  /// Emits nothing.
  void setQuery(const QString& query);
  /// "12 words"; an error is shown in the error colour. Empty: no line at all.
  void setMessage(const QString& text, bool isError = false);
  QString message() const;
  void setTheme(const Theme& theme);
  QLineEdit* lineEdit() const { return edit_; }

 Q_SIGNALS:
  void queryChanged(const QString& query);  ///< some time after the last key, and at once on Enter
  void submitted(const QString& query);     ///< Enter was pressed

 private:
  void announce();
  void showMessage();

  QLineEdit* edit_;
  QLabel* message_;
  QTimer delay_;
  QString announced_;
  QString errorColor_;
  bool isError_ = false;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/models/trained_model.h"
#include "ui/look/theme.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace lexarium {

/// What a model is given to read: a text; where the task has them a story before it and an answer that the
/// model is made to say; and examples to choose from.
class ReadingInput : public QWidget {
  Q_OBJECT

 public:
  /// prefix: of the parts' object names ("attention": "attentionInput", "attentionExamples" ...).
  explicit ReadingInput(const QString& prefix, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  const Reading& reading() const { return reading_; }
  /// Emits nothing.
  void setReading(const Reading& reading);
  void setExamples(std::vector<Reading> examples);
  const std::vector<Reading>& examples() const { return examples_; }
  /// Which of the parts the task has.
  void setParts(bool output, bool story);
  void setPlaceholder(const QString& text);
  void showNext();  ///< "Another"

 Q_SIGNALS:
  /// The person gave another one: a while after the last key, or at once by Enter or a choice.
  void changed();

 protected:
  /// Enter in a text gives it at once; with Shift it begins a line.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void readParts();
  void choose(std::size_t example);

  QPlainTextEdit *input_, *story_;
  QLineEdit* output_;
  QComboBox* combo_;
  QPushButton* another_;
  QTimer typingTimer_;
  std::vector<Reading> examples_;
  std::size_t next_ = 0;
  Reading reading_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <memory>
#include <optional>

#include "ui/models/hood_sheet.h"
#include "ui/session/paced_job.h"
#include "ui/views/language_base.h"
#include "ui/views/pictures.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QSplitter;
class QToolButton;

namespace lexarium {

class ElidedLabel;
class FormulaSheet;
class HoodGradient;
struct GradientCurve;
class TermBars;
class TokenText;

/// One step of a language model: the formulae of its cell, or of one attention head, with the actual numbers
/// of one unit; what each number is the sum of; and how much of the loss's gradient reaches earlier tokens.
class HoodView : public LanguageView, public HasPictures {
  Q_OBJECT

 public:
  explicit HoodView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;

  const HoodSheet* sheet() const { return sheet_ ? &*sheet_ : nullptr; }
  const HoodGradient& gradient() const { return *gradient_; }

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  enum class Move { First, Back, Forward, Last };

  /// What a reading brings: the model's numbers at the step that was asked for.
  struct Reading {
    int run = 0;
    bool asked = false;  // by a person: answers come at once
    std::shared_ptr<const SequenceModel> model;
    std::shared_ptr<const SequenceTrace> trace;
    std::optional<HoodStep> step;  // none: the text is empty, or the model counts
  };

  // hood_view_layout.cpp
  QWidget* makeContent();
  QWidget* makeBar();
  QWidget* makeMiddle();
  QToolButton* makeButton(const char* name, const char* icon, const QString& help, Move move);
  void applyTheme();

  // hood_view_steps.cpp
  void move(Move move);
  void setStep(std::size_t step);
  bool moveByKey(int key);

  void read(bool asked);
  void adopt(Reading reading);
  void fillControls();
  void showTokens(bool otherText);
  void showColors();
  void showSum();
  void follow(bool asked);
  void showCurves(std::vector<GradientCurve> curves);
  QString label(std::size_t token) const;

  QPlainTextEdit* input_;
  TokenText* text_;
  QToolButton *first_, *back_, *forward_, *last_;
  QLabel *place_, *note_;
  QComboBox *layer_, *head_;
  QSpinBox *unit_, *looked_;
  QPushButton* mostActive_;
  QSplitter* split_;
  FormulaSheet* formulas_;
  ElidedLabel *sumTitle_, *sumSentence_;
  TermBars* bars_;
  HoodGradient* gradient_;
  HoodChoice choice_;
  bool hasStep_ = false;  // chosen by a person, or by the first text
  bool ownText_ = false;  // typed, or kept from the last session
  std::shared_ptr<const SequenceTrace> trace_;
  std::shared_ptr<const SequenceModel> traced_;  // the model that it is of
  int run_ = 0;                                  // and the run that this is of
  std::shared_ptr<const Corpus> corpus_;
  std::optional<HoodSheet> sheet_;
  std::vector<double> shares_;  // of the gradient left, back from the step
  QTimer typingTimer_;
  PacedJob reading_, following_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/rng.h"
#include "ui/session/paced_job.h"
#include "ui/views/language_base.h"
#include "ui/widgets/choice_bars.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace lexarium {

class SamplingPanel;
class TokenText;

/// Writing token by token: what the model expects next as bars of logits and of probabilities after each cut;
/// draw one, or click a bar to force that token.
class NextTokenView : public LanguageView {
  Q_OBJECT

 public:
  explicit NextTokenView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  /// All tokens so far, those of the beginning included.
  const std::vector<TokenId>& tokens() const { return tokens_; }

 public Q_SLOTS:
  void drawNext();           ///< by the settings
  void take(TokenId token);  ///< that one, however unlikely
  void takeBack();           ///< the last one
  void startAgain();         ///< with the beginning that stands there

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  /// What a model makes of the text so far.
  struct Reading {
    std::shared_ptr<const SequenceModel> model;
    std::vector<TokenId> tokens;
    std::vector<float> probabilities;  ///< that each token had; 1 for the first
    std::vector<float> logits;         ///< of what comes next
  };

  QWidget* makeContent();
  void read(bool asked);
  void showText();
  void showChoices();
  QString tooltipOf(int token) const;

  QLineEdit* begin_;
  SamplingPanel* sampling_;
  TokenText* text_;
  QPushButton *next_, *back_, *again_;
  QLabel* status_;
  ChoiceBars* bars_;
  std::vector<TokenId> tokens_;
  std::size_t given_ = 0;  // tokens of the beginning
  std::shared_ptr<const Tokenizer> tokenizer_;
  Reading reading_;
  PacedJob job_;
};

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "ui/models/guess_place.h"
#include "ui/session/latest_job.h"
#include "ui/views/language_base.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace lexarium {

class ChoiceBars;
class TokenText;

/// Predict, then reveal: a place of the text, what comes next is hidden; a class guesses first, then sees
/// what the model expected and what stands there. Both are counted.
class GuessView : public LanguageView {
  Q_OBJECT

 public:
  explicit GuessView(Session& session, QWidget* parent = nullptr);

  const std::optional<GuessPlace>& place() const { return place_; }
  const GuessScore& score() const { return score_; }
  bool isRevealed() const { return revealed_; }

 public Q_SLOTS:
  void newPlace();
  void reveal();
  void clearScore();

 protected:
  void refresh(unsigned dirty) override;
  void fillMenu(QMenu& menu) override;
  QString promise() const override;
  QString describe() const override;

 private:
  QWidget* makeContent();
  void nextStep();
  void showText();
  void showScore();
  QString verdict(bool right, TokenId modelsGuess, double probability, std::size_t rank) const;

  TokenText* text_;
  QLabel* question_;
  QLineEdit* guess_;
  QPushButton* button_;
  ChoiceBars* bars_;
  QLabel *verdict_, *total_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::optional<GuessPlace> place_;
  bool revealed_ = false;
  GuessScore score_;
  Rng rng_{1};
  LatestJob job_;
};

}  // namespace lexarium

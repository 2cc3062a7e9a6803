// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/guess_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

#include "ui/models/token_words.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr std::size_t kContext = 300;  // tokens that are shown, and read by the model
constexpr std::size_t kBars = 10;

}  // namespace

GuessView::GuessView(Session& session, QWidget* parent)
    : LanguageView(session, parent), rng_(QRandomGenerator::global()->generate64()) {
  setObjectName("guessView");
  setContent(makeContent());
}

QWidget* GuessView::makeContent() {
  question_ = new QLabel(tr("What comes next?"));
  question_->setObjectName("guessQuestion");
  text_ = new TokenText;
  text_->setObjectName("guessText");
  text_->setAccessibleName(tr("The text before the place"));
  guess_ = new QLineEdit;
  guess_->setObjectName("guess");
  guess_->setPlaceholderText(tr("Your guess"));
  guess_->setAccessibleName(tr("Your guess"));
  connect(guess_, &QLineEdit::returnPressed, this, &GuessView::nextStep);
  button_ = new QPushButton;
  button_->setObjectName("revealOrNext");
  connect(button_, &QPushButton::clicked, this, &GuessView::nextStep);
  bars_ = new ChoiceBars;
  bars_->setObjectName("guessBars");
  bars_->setStages(1);
  bars_->setAccessibleName(tr("What the model expected"));
  verdict_ = new QLabel;
  verdict_->setObjectName("guessVerdict");
  verdict_->setWordWrap(true);
  verdict_->setTextFormat(Qt::PlainText);
  total_ = new QLabel;
  total_->setObjectName("guessScore");
  total_->setProperty("role", "secondary");
  total_->setWordWrap(true);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(text_, 1);
  layout->addWidget(question_);
  auto* line = tightLayout<QHBoxLayout>();
  line->addWidget(guess_, 1);
  line->addWidget(button_);
  layout->addLayout(line);
  layout->addWidget(verdict_);
  layout->addWidget(bars_, 1);
  layout->addWidget(total_);
  return content;
}

QString GuessView::promise() const {
  return tr(
      "Here a class guesses what comes next in the text before the model tells: who is right more often?");
}

void GuessView::refresh(unsigned dirty) {
  adoptModel(dirty);
  if (dirty & kTheme) {
    text_->setTheme(session().theme());
    bars_->setTheme(session().theme());
    question_->setFont(session().theme().title);
    verdict_->setFont(session().theme().title);
  }
  if (dirty & kCorpus) score_ = {};
  if (!model()) return;
  const bool otherTokens = model()->tokenizer() != tokenizer_;
  if (otherTokens || (dirty & kCorpus) || (!place_ && !job_.isRunning())) newPlace();
  if (dirty & kTheme) showText();
}

void GuessView::nextStep() { revealed_ ? newPlace() : reveal(); }

void GuessView::newPlace() {
  if (!model() || !session().corpus()) return;
  tokenizer_ = model()->tokenizer();
  place_.reset();
  revealed_ = false;
  Rng rng(rng_.next());
  job_.run([model = model(), corpus = session().corpus(), rng](
               std::stop_token stop) mutable { return drawGuessPlace(*corpus, *model, rng, kContext, stop); },
           [this](std::optional<GuessPlace> place) {
             place_ = std::move(place);
             guess_->clear();
             if (!place_) verdict_->setText(tr("The text is too short to guess in."));
             showText();
           });
  showText();
}

void GuessView::showText() {
  std::vector<TokenMark> marks;
  if (place_ && tokenizer_) {
    for (const TokenId id : place_->context) marks.push_back({runningText(*tokenizer_, id), {}, false});
    const QString hidden = revealed_ ? runningText(*tokenizer_, place_->answer) : QStringLiteral(" ? ");
    QColor color = session().theme().selection;
    color.setAlphaF(revealed_ ? 0.45F : 0.25F);
    marks.push_back({hidden == u"\n" ? QStringLiteral("\u21B5") : hidden, color, false});
  }
  text_->setTokens(std::move(marks));
  text_->scrollToEnd();
  button_->setText(revealed_ ? tr("Next place") : tr("Reveal"));
  button_->setEnabled(place_.has_value());
  guess_->setReadOnly(revealed_);
  bars_->setVisible(revealed_);
  verdict_->setVisible(revealed_ || (!place_ && !job_.isRunning()));
  showScore();
}

void GuessView::reveal() {
  if (!place_ || revealed_ || !tokenizer_) return;
  revealed_ = true;
  const auto& logits = place_->logits;
  const std::vector<float> expected = softmaxOf(logits);
  std::vector<TokenId> order(logits.size());
  std::iota(order.begin(), order.end(), TokenId{0});
  std::sort(order.begin(), order.end(),
            [&](TokenId a, TokenId b) { return std::pair(-logits[a], a) < std::pair(-logits[b], b); });
  const auto rank =
      static_cast<std::size_t>(std::find(order.begin(), order.end(), place_->answer) - order.begin());
  const bool right = isRightGuess(*tokenizer_, place_->answer, guess_->text().toStdString());
  ++score_.places;
  score_.person += right ? 1 : 0;
  score_.model += rank == 0 ? 1 : 0;
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < order.size() && (i < kBars || i == rank); ++i) {
    const auto p = static_cast<double>(expected[order[i]]);
    choices.push_back({order[i], toQString(tokenizer_->label(order[i])),
                       static_cast<double>(logits[order[i]]), p, p, p, i == rank});
  }
  bars_->setChoices(std::move(choices));
  verdict_->setText(verdict(right, order.front(), static_cast<double>(expected[place_->answer]), rank));
  showText();
}

QString GuessView::verdict(bool right, TokenId modelsGuess, double probability, std::size_t rank) const {
  const QString answer = toQString(tokenizer_->label(place_->answer));
  const QString person = guess_->text().isEmpty() ? tr("It is \"%1\".").arg(answer)
                         : right                  ? tr("Right: it is \"%1\".").arg(answer)
                                 : tr("It is \"%1\", not \"%2\".").arg(answer, guess_->text());
  const QString machine =
      rank == 0 ? tr("The model expected it, with %1.").arg(formatPercent(probability))
                : tr("The model expected \"%1\"; it gave the right one %2, place %3 of its list.")
                      .arg(toQString(tokenizer_->label(modelsGuess)), formatPercent(probability))
                      .arg(formatCount(rank + 1));
  return person + u' ' + machine;
}

void GuessView::showScore() {
  total_->setText(
      score_.places == 0 && !session().runs().canTrain()
          ? tr("There is no text: the places come from what the model says by itself.")
      : score_.places == 0
          ? tr("The places come from the last tenth of the text, which the model does not learn from.")
          : tr("You: %1 of %3 right. The model: %2 of %3.")
                .arg(score_.person)
                .arg(score_.model)
                .arg(score_.places));
}

void GuessView::clearScore() {
  score_ = {};
  showScore();
}

void GuessView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Set the score back"), this, &GuessView::clearScore)->setObjectName("clearScore");
}

QString GuessView::describe() const { return revealed_ ? verdict_->text() : total_->text(); }

}  // namespace lexarium

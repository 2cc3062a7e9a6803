// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/next_token_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/models/token_words.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/sampling_panel.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr std::size_t kBars = 40;
constexpr std::size_t kLongestText = 2000;  // tokens

/// -sum p log2 p: how open the model is.
double entropyBits(std::span<const float> probabilities) {
  double bits = 0;
  for (const float p : probabilities)
    if (p > 0) bits += static_cast<double>(p) * bitsOf(p);
  return bits;
}

}  // namespace

NextTokenView::NextTokenView(Session& session, QWidget* parent)
    : LanguageView(session, parent), job_(session.clock(), [this] { read(false); }) {
  setObjectName("nextTokenView");
  setContent(makeContent());
}

QWidget* NextTokenView::makeContent() {
  begin_ = new QLineEdit;
  begin_->setObjectName("beginning");
  begin_->setPlaceholderText(tr("The beginning of a text"));
  begin_->setAccessibleName(tr("The beginning of a text"));
  connect(begin_, &QLineEdit::returnPressed, this, &NextTokenView::startAgain);
  sampling_ = new SamplingPanel;
  connect(sampling_, &SamplingPanel::changed, this, &NextTokenView::showChoices);
  text_ = new TokenText;
  text_->setObjectName("writtenText");
  text_->setAccessibleName(tr("The text so far"));
  text_->setTooltip([this](int token) { return tooltipOf(token); });
  const auto button = [](const char* name, const QString& text, const QString& help) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(help);
    return made;
  };
  next_ = button("drawNext", tr("Draw next token"), tr("Lets the dice decide, by the last column of bars."));
  back_ = button("takeBack", tr("Take back"), tr("Takes the last token away."));
  again_ = button("startAgain", tr("Start again"), tr("Keeps only the beginning."));
  connect(next_, &QPushButton::clicked, this, &NextTokenView::drawNext);
  connect(back_, &QPushButton::clicked, this, &NextTokenView::takeBack);
  connect(again_, &QPushButton::clicked, this, &NextTokenView::startAgain);
  status_ = new QLabel;
  status_->setObjectName("nextStatus");
  status_->setProperty("role", "secondary");
  status_->setWordWrap(true);
  bars_ = new ChoiceBars;
  bars_->setObjectName("nextBars");
  bars_->setAccessibleName(tr("What could come next"));
  connect(bars_, &ChoiceBars::chosen, this, &NextTokenView::take);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(begin_);
  layout->addWidget(sampling_);
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  split->addWidget(text_);
  split->addWidget(bars_);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 3);
  auto* line = tightLayout<QHBoxLayout>();
  for (QPushButton* made : {next_, back_, again_}) line->addWidget(made);
  line->addStretch(1);
  layout->addLayout(line);
  layout->addWidget(split, 1);
  layout->addWidget(status_);
  return content;
}

QString NextTokenView::promise() const {
  return tr("Here you write together with a language model: it says what it expects next, and you choose.");
}

void NextTokenView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    text_->setTheme(session().theme());
    bars_->setTheme(session().theme());
    status_->setFont(session().theme().small);
    sampling_->setVisible(!session().theme().projector);
    showText();
  }
  if (!model()) return;
  // Ids have a meaning with their tokenizer alone.
  if (model()->tokenizer() != tokenizer_)
    startAgain();
  else if (another)
    read(false);
}

void NextTokenView::startAgain() {
  if (!model()) return;
  tokenizer_ = model()->tokenizer();
  tokens_ = tokenizer_->encode(begin_->text().toStdString()).ids;
  if (tokens_.empty()) {
    // Something must be read before anything can be expected: the end of a line, or what begins a text.
    tokens_ = tokenizer_->encode("\n").ids;
    if (tokenizer_->beginning() != kNoToken) tokens_ = {tokenizer_->beginning()};
    if (tokens_.empty()) tokens_ = {0};
  }
  given_ = tokens_.size();
  read(true);
}

void NextTokenView::drawNext() {
  if (reading_.tokens != tokens_ || reading_.logits.empty()) return;
  // Another seed for each place, the same for the same place: taking back and drawing again repeats itself.
  Rng rng = Rng::forStream(sampling_->settings().seed, tokens_.size());
  take(sampleToken(reading_.logits, sampling_->settings(), rng));
}

void NextTokenView::take(TokenId token) {
  if (!tokenizer_ || token >= tokenizer_->size() || tokens_.size() >= kLongestText) return;
  tokens_.push_back(token);
  read(true);
}

void NextTokenView::takeBack() {
  if (tokens_.size() <= std::max<std::size_t>(1, given_)) return;
  tokens_.pop_back();
  read(true);
}

/// asked: by a person, not by a model that goes on learning.
void NextTokenView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  if (asked) showText();
  job_.run(
      [model = model(), tokens = tokens_](std::stop_token stop) {
        Reading reading{model, tokens, {1}, {}};
        const auto session = model->start();
        std::span<const float> logits;
        for (const TokenId token : tokens) {
          if (stop.stop_requested()) break;
          if (!logits.empty()) reading.probabilities.push_back(softmaxOf(logits)[token]);
          logits = session->feed(token);
        }
        reading.logits.assign(logits.begin(), logits.end());
        return reading;
      },
      [this](Reading reading) {
        reading_ = std::move(reading);
        showText();
        showChoices();
      });
}

void NextTokenView::showText() {
  std::vector<TokenMark> marks;
  const bool known = reading_.tokens == tokens_;
  for (std::size_t i = 0; tokenizer_ && i < tokens_.size(); ++i) {
    const bool colored = known && i >= given_ && i < reading_.probabilities.size();
    marks.push_back({runningText(*tokenizer_, tokens_[i]),
                     colored ? surpriseColor(session().theme(), bitsOf(reading_.probabilities[i])) : QColor(),
                     i < given_});
  }
  text_->setTokens(std::move(marks));
  text_->scrollToEnd();
  back_->setEnabled(tokens_.size() > given_);
  again_->setEnabled(tokens_.size() > given_);
  next_->setEnabled(tokens_.size() < kLongestText);
}

void NextTokenView::showChoices() {
  if (reading_.logits.empty() || !tokenizer_) return;
  const SamplingStages stages = samplingStages(reading_.logits, sampling_->settings());
  std::vector<TokenId> order(reading_.logits.size());
  std::iota(order.begin(), order.end(), TokenId{0});
  const std::size_t shown = std::min(kBars, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                    [this](TokenId a, TokenId b) {
                      return std::pair(-reading_.logits[a], a) < std::pair(-reading_.logits[b], b);
                    });
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < shown; ++i) {
    const TokenId id = order[i];
    choices.push_back({id, toQString(tokenizer_->label(id)), static_cast<double>(reading_.logits[id]),
                       static_cast<double>(stages.plain[id]), static_cast<double>(stages.tempered[id]),
                       static_cast<double>(stages.afterTopP[id]), false});
  }
  bars_->setChoices(std::move(choices));
  const auto left =
      std::count_if(stages.afterTopP.begin(), stages.afterTopP.end(), [](float p) { return p > 0; });
  status_->setText(
      tr("Step %1. %2 of %3 tokens can be drawn; the model is open by %4 bits, after the cuts by %5. "
         "Click a bar to force that token.")
          .arg(formatCount(modelStep()), formatCount(static_cast<std::uint64_t>(left)),
               formatCount(reading_.logits.size()), QLocale().toString(entropyBits(stages.plain), 'f', 2),
               QLocale().toString(entropyBits(stages.afterTopP), 'f', 2)));
}

QString NextTokenView::tooltipOf(int token) const {
  const auto at = static_cast<std::size_t>(token);
  if (!tokenizer_ || reading_.tokens != tokens_ || at >= reading_.probabilities.size() || at == 0) return {};
  return tr("%1: the model gave it %2, a surprise of %3 bits")
      .arg(toQString(tokenizer_->label(tokens_[at])),
           formatPercent(static_cast<double>(reading_.probabilities[at])),
           QLocale().toString(bitsOf(reading_.probabilities[at]), 'f', 1));
}

void NextTokenView::fillMenu(QMenu& menu) {
  QAction* copy = menu.addAction(tr("Copy text"), this,
                                 [this] { QApplication::clipboard()->setText(text_->plainText()); });
  copy->setObjectName("copyWritten");
  copy->setEnabled(!tokens_.empty());
}

QString NextTokenView::describe() const {
  if (bars_->choices().empty()) return promise();
  const Choice& first = bars_->choices().front();
  return tr("Most likely next: %1, %2").arg(first.text, formatPercent(first.probability));
}

QJsonObject NextTokenView::saveState() const {
  QJsonObject state = sampling_->saveState();
  state["beginning"] = begin_->text();
  return state;
}

void NextTokenView::restoreState(const QJsonObject& state) {
  sampling_->restoreState(state);
  begin_->setText(state["beginning"].toString(begin_->text()));
}

}  // namespace lexarium

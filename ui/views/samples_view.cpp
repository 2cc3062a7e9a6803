// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/samples_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>
#include <cmath>

#include "ui/models/sample_history_model.h"
#include "ui/models/token_words.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/sampling_panel.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr int kPromptRestMs = 400;
constexpr int kPromptLines = 2;
constexpr double kUsualLength = 200, kMostLength = 5000;

}  // namespace

SamplesView::SamplesView(Session& session, QWidget* parent) : LanguageView(session, parent) {
  setObjectName("samplesView");
  setContent(makeContent());
  promptTimer_.setSingleShot(true);
  promptTimer_.setInterval(kPromptRestMs);
  connect(&promptTimer_, &QTimer::timeout, this, &SamplesView::ask);
  connect(prompt_, &QPlainTextEdit::textChanged, &promptTimer_, qOverload<>(&QTimer::start));
  connect(sampling_, &SamplingPanel::changed, this, &SamplesView::ask);
  connect(length_, &NumberBox::valueChanged, this, &SamplesView::ask);
}

QWidget* SamplesView::makeContent() {
  prompt_ = new QPlainTextEdit;
  prompt_->setObjectName("prompt");
  prompt_->setAccessibleName(tr("Prompt"));
  prompt_->setPlaceholderText(tr("A prompt: the model goes on from here"));
  prompt_->setTabChangesFocus(true);
  prompt_->installEventFilter(this);
  sampling_ = new SamplingPanel;
  length_ = new NumberBox(NumberBox::Kind::Whole, NumberBox::Steps::Logarithmic);
  length_->setObjectName("sampleLength");
  length_->setLimits(1, kMostLength);
  length_->setValue(kUsualLength);
  length_->setSuffix(u' ' + tr("tokens"));
  length_->setAccessibleName(tr("How many tokens it says"));
  length_->setToolTip(tr("How many tokens it says"));
  text_ = new TokenText;
  text_->setObjectName("sampleText");
  text_->setAccessibleName(tr("What the model says"));
  text_->setTooltip([this](int token) { return tooltipOf(token); });
  status_ = new QLabel;
  status_->setObjectName("sampleStatus");
  status_->setProperty("role", "secondary");
  status_->setWordWrap(true);
  history_ = new SampleHistoryModel(this);
  table_ = new LinkedTable;
  table_->setObjectName("sampleHistory");
  table_->setAccessibleName(tr("What it said earlier"));
  table_->setModel(history_);
  table_->horizontalHeader()->setSectionResizeMode(SampleHistoryModel::kText, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this,
          [this](const QModelIndex& index) { session().timeline().showStep(history_->stepAt(index.row())); });

  auto* above = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(above);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->addWidget(prompt_);
  sampling_->addControl(length_);
  layout->addWidget(sampling_);
  layout->addWidget(text_, 1);
  layout->addWidget(status_);
  splitter_ = new QSplitter(Qt::Vertical);
  splitter_->addWidget(above);
  splitter_->addWidget(table_);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 1);
  splitter_->setChildrenCollapsible(false);
  return splitter_;
}

QString SamplesView::promise() const {
  return tr("Here a language model speaks while it learns: nonsense at first, then words, then sentences.");
}

Probe SamplesView::needs() const {
  Probe probe = LanguageView::needs();
  probe.samples.push_back(request());
  return probe;
}

SampleRequest SamplesView::request() const {
  SampleRequest request;
  request.prompt = prompt_->toPlainText().toStdString();
  request.tokens = static_cast<std::size_t>(length_->value());
  request.sampling = sampling_->settings();
  return request;
}

void SamplesView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    text_->setTheme(session().theme());
    table_->setTheme(session().theme());
    status_->setFont(session().theme().small);
    sampling_->setVisible(!session().theme().projector);
    fitPrompt();
    colorTokens();
  }
  if (dirty & kCorpus) {
    job_.cancel();
    showSample(nullptr);
  }
  if (!model()) return;
  if (dirty & (kCorpus | kRuns | kFrame)) {
    if (another || !sample_) ask();
    showHistory();
  }
}

/// What the trainer has said already is shown at once; otherwise the model is asked here.
void SamplesView::ask() {
  if (!isVisible()) return;
  Q_EMIT needsChanged();
  if (!model()) return;
  const SampleRequest wanted = request();
  const auto snapshot = frame().snapshot;
  if (snapshot && snapshot->languageModel() == model()) {
    for (const auto& sample : snapshot->samples) {
      if (sample->request == wanted && sample->step == snapshot->step) {
        job_.cancel();
        return showSample(sample);
      }
    }
  }
  // While it trains, one answer is waited for: otherwise a slow one would never come.
  if (job_.isRunning() && sample_ && sample_->request == wanted && isMoving()) return;
  job_.run(
      [wanted, model = model(), step = modelStep()](std::stop_token stop) {
        auto sample = std::make_shared<TextSample>(speak(*model, wanted, stop));
        sample->step = step;
        return std::shared_ptr<const TextSample>(std::move(sample));
      },
      [this](std::shared_ptr<const TextSample> sample) { showSample(std::move(sample)); });
}

void SamplesView::showSample(std::shared_ptr<const TextSample> sample) {
  if (sample == sample_ && sample) return;
  sample_ = std::move(sample);
  speaker_ = model();
  std::vector<TokenMark> marks;
  double bits = 0;
  std::size_t said = 0;
  if (sample_ && speaker_) {
    const Tokenizer& tokenizer = *speaker_->tokenizer();
    for (const SampledToken& token : sample_->tokens) {
      marks.push_back({runningText(tokenizer, token.id), {}, token.isPrompt});
      if (token.isPrompt) continue;
      bits += bitsOf(token.probability);
      ++said;
    }
  }
  text_->setTokens(std::move(marks));
  colorTokens();
  if (!sample_) return status_->clear();
  status_->setText(
      tr("Step %1. Colour: surprise, how unlikely the model itself found the token; %2 bits a token "
         "on average.")
          .arg(formatCount(sample_->step),
               QLocale().toString(said ? bits / static_cast<double>(said) : 0.0, 'f', 2)));
  const int row = history_->rowOf(sample_->step);
  if (row >= 0 && !frame().live) table_->selectRow(row);
}

void SamplesView::colorTokens() {
  if (!sample_) return;
  std::vector<QColor> colors;
  for (const SampledToken& token : sample_->tokens)
    colors.push_back(token.isPrompt ? QColor() : surpriseColor(session().theme(), bitsOf(token.probability)));
  text_->setColors(colors);
}

QString SamplesView::tooltipOf(int token) const {
  if (!sample_ || !speaker_ || token >= static_cast<int>(sample_->tokens.size())) return {};
  const SampledToken& said = sample_->tokens[static_cast<std::size_t>(token)];
  const QString label = toQString(speaker_->tokenizer()->label(said.id));
  if (said.isPrompt) return tr("%1: part of the prompt").arg(label);
  return tr("%1: the model gave it %2, a surprise of %3 bits")
      .arg(label, formatPercent(static_cast<double>(said.probability)),
           QLocale().toString(bitsOf(said.probability), 'f', 1));
}

/// One line a moment: of all that the history kept.
void SamplesView::showHistory() {
  const Run* run = session().runs().current();
  const auto history = run ? run->trainer->history() : nullptr;
  const std::uint64_t version = history ? history->version() : 0;
  if (history.get() == historyOf_ && version == historyVersion_) return;
  historyOf_ = history.get();
  historyVersion_ = version;
  SampleHistoryModel::Samples samples;
  if (history)
    for (const auto& moment : history->frames()) {
      // A moment has the newest text, which may be older than itself.
      const auto& said = moment->sequence.samples;
      if (!said.empty() && (samples.empty() || samples.back()->step < said.front()->step))
        samples.push_back(said.front());
    }
  table_->setVisible(!samples.empty());
  history_->setSamples(std::move(samples));
}

void SamplesView::fitPrompt() {
  const int line = QFontMetrics(session().theme().body).lineSpacing();
  prompt_->setFixedHeight(kPromptLines * line + 4 * Theme::kSpace);
}

/// Enter asks at once; Shift+Enter is a new line.
bool SamplesView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == prompt_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
      promptTimer_.stop();
      ask();
      return true;
    }
  }
  return LanguageView::eventFilter(watched, event);
}

void SamplesView::fillMenu(QMenu& menu) {
  QAction* copy = menu.addAction(tr("Copy text"), this, [this] {
    if (sample_) QApplication::clipboard()->setText(toQString(sample_->text));
  });
  copy->setObjectName("copySample");
  copy->setEnabled(sample_ != nullptr);
}

QString SamplesView::describe() const {
  return sample_ ? tr("At step %1 the model says: %2").arg(formatCount(sample_->step), spokenText(*sample_))
                 : promise();
}

QJsonObject SamplesView::saveState() const {
  QJsonObject state = sampling_->saveState();
  state["prompt"] = prompt_->toPlainText();
  state["tokens"] = length_->value();
  return state;
}

void SamplesView::restoreState(const QJsonObject& state) {
  sampling_->restoreState(state);
  prompt_->setPlainText(state["prompt"].toString(prompt_->toPlainText()));
  length_->setValue(state["tokens"].toDouble(length_->value()));
}

}  // namespace lexarium

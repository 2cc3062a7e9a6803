// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/ladder_view.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/analysis/held_back.h"
#include "ui/models/ladder_model.h"
#include "ui/models/sample_history_model.h"
#include "ui/session/language_run.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"

namespace lexarium {
namespace {

constexpr double kUsualSeconds = 20, kMostSeconds = 3600;
constexpr double kUsualSize = 100'000, kLeastSize = 1000, kMostSize = 20'000'000;
constexpr std::size_t kSpokenTokens = 120;
constexpr std::size_t kMeasuredTokens = 10'000;
constexpr int kSampleEms = 18;  // letters m of what it says that are in sight

}  // namespace

LadderView::LadderView(Session& session, QWidget* parent)
    : View(session, parent), ladder_(session.runs()), model_(new LadderModel(this)), empty_(new EmptyState) {
  setObjectName("ladderView");
  connect(empty_, &EmptyState::activated, this,
          [this] { this->session().corpus() ? toggle() : void(triggerWindowAction(this, "openText")); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  connect(&ladder_, &Ladder::changed, this, [this] {
    showButton();
    markDirty(kRuns);
  });
  connect(&session.runs(), &RunController::stateChanged, this, [this] { markDirty(kRuns); });
}

QWidget* LadderView::makeContent() {
  train_ = new QPushButton;
  train_->setObjectName("trainLadder");
  train_->setToolTip(
      tr("Trains n-gram, MLP, RNN, LSTM, GRU and Transformer on this text, one after the other, each "
         "for the same time."));
  connect(train_, &QPushButton::clicked, this, &LadderView::toggle);
  seconds_ = new NumberBox(NumberBox::Kind::Whole, NumberBox::Steps::Logarithmic);
  seconds_->setObjectName("ladderSeconds");
  seconds_->setLimits(1, kMostSeconds);
  seconds_->setValue(kUsualSeconds);
  seconds_->setSuffix(u' ' + tr("s each"));
  seconds_->setAccessibleName(tr("Seconds of training for each"));
  sameSize_ = new QCheckBox(tr("Same size"));
  sameSize_->setObjectName("ladderSameSize");
  sameSize_->setToolTip(
      tr("Each model gets as many units as make it about so large; otherwise its usual ones."));
  size_ = new NumberBox(NumberBox::Kind::Whole, NumberBox::Steps::Logarithmic);
  size_->setObjectName("ladderSize");
  size_->setLimits(kLeastSize, kMostSize);
  size_->setValue(kUsualSize);
  size_->setSuffix(u' ' + tr("parameters"));
  size_->setAccessibleName(tr("Parameters of each"));
  size_->setEnabled(false);
  connect(sameSize_, &QCheckBox::toggled, size_, &QWidget::setEnabled);
  prompt_ = new QLineEdit;
  prompt_->setObjectName("ladderPrompt");
  prompt_->setPlaceholderText(tr("A prompt for all of them"));
  prompt_->setAccessibleName(tr("A prompt for all of them"));
  connect(prompt_, &QLineEdit::editingFinished, this, &LadderView::speakAll);
  table_ = new LinkedTable;
  table_->setObjectName("ladderTable");
  table_->setAccessibleName(tr("Language models side by side"));
  table_->setModel(model_);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(LadderModel::kSample, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    session().runs().setCurrent(model_->rungs()[static_cast<std::size_t>(index.row())].runId);
  });
  connect(table_, &LinkedTable::widthChanged, this, &LadderView::fitColumns);
  status_ = new QLabel;
  status_->setObjectName("ladderStatus");
  status_->setProperty("role", "secondary");
  status_->setWordWrap(true);

  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : std::initializer_list<QWidget*>{train_, seconds_, sameSize_, size_})
    bar->flow()->addWidget(widget);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(bar);
  layout->addWidget(prompt_);
  layout->addWidget(table_, 1);
  layout->addWidget(status_);
  return content;
}

Probe LadderView::needs() const {
  Probe probe;
  probe.model = true;
  return probe;
}

LadderPlan LadderView::plan() const {
  LadderPlan plan;
  plan.seconds = seconds_->value();
  if (sameSize_->isChecked()) plan.parameters = static_cast<std::uint64_t>(size_->value());
  return plan;
}

void LadderView::toggle() {
  if (!ladder_.isRunning()) return ladder_.start(plan());
  ladder_.cancel();
  session().runs().stop();
}

void LadderView::showButton() {
  train_->setText(ladder_.isRunning() ? tr("Stop") : tr("Train the ladder"));
  train_->setEnabled(ladder_.isRunning() || (session().runs().canTrain() && !session().runs().isActive()));
  status_->setText(
      ladder_.isRunning() && ladder_.left() > 0
          ? tr("%1 more models to come.").arg(ladder_.left())
          : tr("Loss: mean of minus log probability per token of the text held back; bits per character "
               "also compare models with other tokens."));
}

void LadderView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    table_->setTheme(session().theme());
    status_->setFont(session().theme().small);
  }
  if (dirty & kCorpus) {
    spoken_.clear();
    logs_.clear();
  }
  if (dirty & (kCorpus | kRuns | kFrame)) {
    showRuns();
    showButton();
    if (dirty & (kCorpus | kRuns)) speakAll();
  }
}

const LadderView::Log& LadderView::readLog(const Run& run) {
  Log& log = logs_[run.id];
  std::vector<MetricPoint> points;
  log.cursor = run.trainer->metrics().read(log.cursor, points);
  for (const MetricPoint& point : points)
    if (point.hasValidation() && !(point.validationLoss >= log.loss)) log.loss = point.validationLoss;
  if (!points.empty()) log.tokensPerSecond = points.back().tokensPerSecond;
  return log;
}

void LadderView::showRuns() {
  std::vector<LadderModel::Rung> rungs;
  for (const auto& run : session().runs().runs()) {
    if (!isLanguageRun(run.get())) continue;
    const RunStatus status = run->trainer->status();
    LadderModel::Rung rung;
    rung.runId = run->id;
    rung.name = run->name;
    rung.color = run->color;
    rung.seconds = status.seconds;
    rung.steps = status.step;
    const Log& log = readLog(*run);
    rung.loss = log.loss;
    rung.tokensPerSecond = log.tokensPerSecond;
    if (const auto model = newestModelOf(*run)) {
      rung.parameters = model->facts().parameters;
      rung.charactersPerToken = model->facts().charactersPerToken;
    }
    const auto said = spoken_.find(run->id);
    if (said != spoken_.end()) rung.sample = said->second.text;
    if (said != spoken_.end() && std::isnan(rung.loss)) rung.loss = said->second.heldBack;
    rungs.push_back(std::move(rung));
  }
  stack_->setCurrentIndex(rungs.empty() && !ladder_.isRunning() ? 0 : 1);
  const bool text = session().corpus() && session().corpus()->hasText();
  empty_->setContent(
      tr("Here language models climb a ladder on one text, from counting to attention: sizes, losses and "
         "what each says, side by side."),
      !session().corpus()                    ? tr("Open text...")
      : text && !session().runs().isActive() ? tr("Train the ladder")
                                             : QString());
  model_->setRungs(std::move(rungs));
  fitColumns();
}

/// What a model says must be in sight: what can be told from other columns goes first where there is little
/// room.
void LadderView::fitColumns() {
  constexpr LadderModel::Column kLeftOut[] = {LadderModel::kPerplexity, LadderModel::kSteps,
                                              LadderModel::kSeconds, LadderModel::kBits};
  int wanted = kSampleEms * table_->fontMetrics().horizontalAdvance(u'm');
  for (int column = 0; column < LadderModel::kSample; ++column) wanted += table_->contentWidth(column);
  for (const LadderModel::Column column : kLeftOut) {
    const bool out = wanted > table_->viewport()->width();
    if (out) wanted -= table_->contentWidth(column);
    if (table_->isColumnHidden(column) != out) table_->setColumnHidden(column, out);
  }
}

/// What has not been said yet, by models that rest.
void LadderView::speakAll() {
  if (!isVisible() || job_.isRunning()) return;
  const QString prompt = prompt_->text();
  for (const auto& run : session().runs().runs()) {
    if (!isLanguageRun(run.get()) || !isOver(run->trainer->status().state)) continue;
    const auto model = newestModelOf(*run);
    const std::uint64_t step = run->trainer->status().step;
    const Spoken& known = spoken_[run->id];
    if (!model || (known.step == step && known.prompt == prompt && !known.text.isEmpty())) continue;
    SampleRequest request;
    request.prompt = prompt.toStdString();
    request.tokens = kSpokenTokens;
    request.sampling.temperature = 0.8;
    const bool unmeasured = std::isnan(readLog(*run).loss);
    job_.run(
        [model, request, unmeasured, corpus = session().corpus()](std::stop_token stop) {
          std::pair<TextSample, double> found(speak(*model, request, stop),
                                              std::numeric_limits<double>::quiet_NaN());
          if (unmeasured && corpus) found.second = heldBackLoss(*model, *corpus, kMeasuredTokens, stop);
          return found;
        },
        [this, id = run->id, step, prompt](const std::pair<TextSample, double>& found) {
          const QString said = spokenText(found.first);
          spoken_[id] = {step, prompt, said.isEmpty() ? QStringLiteral("–") : said, found.second};
          showRuns();
          speakAll();  // the next one
        });
    return;
  }
}

QJsonObject LadderView::saveState() const {
  return {{"seconds", seconds_->value()},
          {"sameSize", sameSize_->isChecked()},
          {"size", size_->value()},
          {"prompt", prompt_->text()}};
}

void LadderView::restoreState(const QJsonObject& state) {
  seconds_->setValue(state["seconds"].toDouble(seconds_->value()));
  sameSize_->setChecked(state["sameSize"].toBool());
  size_->setValue(state["size"].toDouble(size_->value()));
  prompt_->setText(state["prompt"].toString());
}

QString LadderView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  const auto& rungs = model_->rungs();
  const auto best = std::min_element(rungs.begin(), rungs.end(), [](const auto& a, const auto& b) {
    return b.loss != b.loss ? a.loss == a.loss : a.loss < b.loss;
  });
  return best == rungs.end() ? QString()
                             : tr("%1 models; the lowest loss has %2: %3")
                                   .arg(rungs.size())
                                   .arg(best->name, formatValue(best->loss));
}

}  // namespace lexarium

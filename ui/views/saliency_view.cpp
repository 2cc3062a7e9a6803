// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/saliency_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/analysis/attention_agreement.h"
#include "core/models/sequence_model.h"
#include "core/models/text_classifier_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostTokens = 60;  // of a text: all of them times all of them

double meanOf(const std::vector<double>& values) {
  double sum = 0, count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : std::nan("");
}

QString signedValue(double value) {
  return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + formatValue(std::abs(value));
}

}  // namespace

SaliencyView::SaliencyView(Session& session, QWidget* parent)
    : AttentionBase(session, parent), job_(session.clock(), [this] { read(false); }) {
  setObjectName("saliencyView");
  setContent(makeContent());
}

QString SaliencyView::promise() const {
  return tr(
      "Here you see what counted: how much each token of a text raised or lowered the odds of what the "
      "model says.");
}

QWidget* SaliencyView::makeContent() {
  input_ = new ReadingInput("saliency");
  connect(input_, &ReadingInput::changed, this, [this] { session().reading().set(input_->reading()); });
  method_ = new QComboBox;
  method_->setObjectName("saliencyMethod");
  method_->setAccessibleName(tr("How it is found out"));
  method_->addItem(tr("Gradient × input"), static_cast<int>(SaliencyMethod::GradientTimesInput));
  method_->addItem(tr("Integrated gradients"), static_cast<int>(SaliencyMethod::IntegratedGradients));
  method_->addItem(tr("Occlusion"), static_cast<int>(SaliencyMethod::Occlusion));
  method_->setToolTip(tr(
      "Gradient × input: what a slightly longer vector of the token would change (Shrikumar et al. 2016).\n"
      "Integrated gradients: the same on the whole way from no vectors to these; the numbers sum to all "
      "that the text changes (Sundararajan et al. 2017).\n"
      "Occlusion: what changes when the token is hidden (Li et al. 2016)."));
  connect(method_, &QComboBox::activated, this, [this] { read(true); });
  outputs_ = new QComboBox;
  outputs_->setObjectName("saliencyOutput");
  outputs_->setAccessibleName(tr("What is explained"));
  outputs_->setToolTip(
      tr("The output whose reasons are shown; a click on a row of the matrix chooses it too"));
  outputs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  outputs_->setMinimumContentsLength(12);
  connect(outputs_, &QComboBox::activated, this, [this](int index) {
    if (index >= 0) setOutput(static_cast<std::size_t>(index));
  });
  auto* bar = new FlowBar(Theme::kSpace);
  bar->flow()->addWidget(method_);
  bar->flow()->addWidget(outputs_);
  facts_ = new QLabel;
  facts_->setObjectName("saliencyFacts");
  doubt_ = new QLabel;
  doubt_->setObjectName("saliencyDoubt");
  doubt_->setToolTip(
      tr("Jain and Wallace 2019, \"Attention is not Explanation\": attention often disagrees with "
         "what counted. Wiegreffe and Pinter 2019 answer that it depends on what is asked."));
  for (QLabel* label : {facts_, doubt_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", "secondary");
  }
  note_ = new QLabel;
  note_->setObjectName("saliencyNote");
  note_->setWordWrap(true);
  note_->setAlignment(Qt::AlignCenter);
  text_ = new TokenText;
  text_->setObjectName("saliencyText");
  text_->setAccessibleName(tr("The text; orange raised the odds, blue lowered them"));
  text_->setTooltip([this](int token) {
    return token >= 0 ? scoreText(static_cast<std::size_t>(token), output_) : QString();
  });
  // In a language model each token but the first is an output too.
  connect(text_, &TokenText::clicked, this, [this](int token) {
    if (token > 0 && dynamic_cast<const SequenceModel*>(model().get()))
      setOutput(static_cast<std::size_t>(token - 1));
  });
  matrix_ = new HeatmapPlot;
  matrix_->setObjectName("saliencyMatrix");
  matrix_->setAccessibleName(tr("What counted for what"));
  matrix_->setTooltip([this](const HeatmapCell& cell) {
    return QStringList{scoreText(static_cast<std::size_t>(cell.column), static_cast<std::size_t>(cell.row))};
  });
  connect(matrix_, &HeatmapPlot::cellClicked, this,
          [this](const HeatmapCell& cell) { setOutput(static_cast<std::size_t>(cell.row)); });
  connect(matrix_, &HeatmapPlot::menuRequested, this, [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  });
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  split->addWidget(text_);
  split->addWidget(matrix_);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 3);
  pictures_ = split;
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(bar);
  layout->addWidget(facts_);
  layout->addWidget(note_, 1);
  layout->addWidget(pictures_, 1);
  layout->addWidget(doubt_);
  return content;
}

void SaliencyView::applyTheme() {
  const Theme& theme = session().theme();
  input_->setTheme(theme);
  text_->setTheme(theme);
  matrix_->setTheme(theme);
  for (QLabel* label : {facts_, doubt_}) label->setFont(theme.small);
  showAll();
}

void SaliencyView::refresh(unsigned dirty) {
  if (dirty & kFingerprint) matrix_->setFingerprint(fingerprint());
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) applyTheme();
  if (!model()) {
    job_.cancel();
    found_ = {};
    asked_ = {};
    chosen_ = false;
    return;
  }
  showParts(*input_);
  fillInput(*input_);
  const bool otherText = !(asked_ == input_->reading());
  if (otherText) chosen_ = false;
  if (otherText || another || found_.saliency.isEmpty()) read(otherText);
}

SaliencyQuery SaliencyView::query() const {
  SaliencyQuery query;
  query.method = static_cast<SaliencyMethod>(method_->currentData().toInt());
  query.mostTokens = kMostTokens;
  return query;
}

void SaliencyView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  asked_ = input_->reading();
  job_.run(
      [model = model(), step = modelStep(), reading = asked_, query = query()](std::stop_token stop) {
        Found found;
        found.step = step;
        found.method = query.method;
        Reading whole = reading;
        const AttentionTrace trace = model->look(whole);
        // What it says by itself is said once, for both.
        if (whole.output.empty()) whole.output = trace.outputText;
        found.saliency = model->explain(whole, query, stop);
        found.attends = !trace.heads.empty();
        found.agreement = agreementOf(attentionFor(trace, found.saliency), found.saliency);
        return found;
      },
      [this](Found found) { adopt(std::move(found)); });
}

void SaliencyView::adopt(Found found) {
  found_ = std::move(found);
  fillOutputs();
  showAll();
}

/// The likeliest class or answer; of a language model what comes next; of a text the first token.
void SaliencyView::fillOutputs() {
  const Saliency& saliency = found_.saliency;
  const std::size_t count = saliency.output.size();
  if (!chosen_ && count > 0) {
    output_ = 0;
    if (dynamic_cast<const SequenceModel*>(model().get())) output_ = count - 1;
    if (dynamic_cast<const ClassifierModel*>(model().get()))
      output_ =
          static_cast<std::size_t>(std::ranges::max_element(saliency.logOdds) - saliency.logOdds.begin());
  }
  output_ = std::min(output_, count == 0 ? 0 : count - 1);
  const QSignalBlocker quiet(outputs_);
  outputs_->clear();
  for (std::size_t o = 0; o < count; ++o) outputs_->addItem(outputName(o));
  outputs_->setCurrentIndex(count == 0 ? -1 : static_cast<int>(output_));
}

QString SaliencyView::outputName(std::size_t output) const {
  return oneLine(toQString(found_.saliency.output[output].label), 40);
}

void SaliencyView::setOutput(std::size_t output) {
  if (output >= found_.saliency.output.size()) return;
  output_ = output;
  chosen_ = true;
  const QSignalBlocker quiet(outputs_);
  outputs_->setCurrentIndex(static_cast<int>(output));
  showText();
  showFacts();
}

void SaliencyView::showAll() {
  const bool any = !found_.saliency.isEmpty();
  pictures_->setVisible(any);
  note_->setVisible(!any);
  facts_->setVisible(any);
  doubt_->setVisible(any);
  note_->setText(tr("Type a text for the model to read. Of models that count, nothing can be told."));
  if (!any) return;
  showText();
  showMatrix();
  showFacts();
}

void SaliencyView::showText() {
  const Saliency& saliency = found_.saliency;
  if (saliency.isEmpty()) return;
  const auto column = static_cast<Eigen::Index>(output_);
  double most = 0;
  for (Eigen::Index i = 0; i < saliency.scores.rows(); ++i)
    if (!std::isnan(saliency.scores(i, column))) most = std::max(most, std::abs(saliency.scores(i, column)));
  const std::string& text = input_->reading().input;
  const bool pieces = input_->reading().story.empty();
  std::vector<TokenMark> marks;
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < saliency.input.size(); ++i) {
    const double score = saliency.scores(static_cast<Eigen::Index>(i), column);
    TokenMark mark;
    const ByteRange range = saliency.input[i].range;
    const bool placed = pieces && range.end <= text.size() && range.begin >= at && range.end > range.begin;
    // What lies between two tokens is shown before the second.
    mark.text = placed ? toQString(std::string_view(text).substr(at, range.end - at))
                       : toQString(saliency.input[i].label) + (pieces ? QString() : QStringLiteral("\n"));
    if (placed) at = range.end;
    mark.quiet = std::isnan(score);
    if (!mark.quiet && most > 0) mark.color = activationColor(session().theme(), score / most);
    marks.push_back(std::move(mark));
  }
  text_->setTokens(std::move(marks));
}

void SaliencyView::showMatrix() {
  const Saliency& saliency = found_.saliency;
  HeatmapData data;
  data.title = method_->itemText(method_->findData(static_cast<int>(found_.method))) + QStringLiteral(" · ") +
               tr("step %1").arg(formatCount(found_.step));
  data.values = std::make_shared<const Matrix>(saliency.scores.transpose().cast<Real>());
  for (std::size_t o = 0; o < saliency.output.size(); ++o) data.rows.push_back(outputName(o));
  for (const PlacedToken& token : saliency.input) data.columns.push_back(oneLine(toQString(token.label), 40));
  data.rowTitle = tr("what is said");
  data.columnTitle = tr("what is read");
  data.colors = HeatmapData::Colors::Diverging;
  matrix_->setData(std::move(data));
}

QString SaliencyView::scoreText(std::size_t input, std::size_t output) const {
  const Saliency& saliency = found_.saliency;
  if (input >= saliency.input.size() || output >= saliency.output.size()) return {};
  const double score = saliency.scores(static_cast<Eigen::Index>(input), static_cast<Eigen::Index>(output));
  const QString name = oneLine(toQString(saliency.input[input].label), 60);
  if (std::isnan(score))
    return tr("%1 comes after %2, and cannot count for it").arg(name, outputName(output));
  return (score >= 0 ? tr("%1 raises the log odds of %2 by %3") : tr("%1 lowers the log odds of %2 by %3"))
      .arg(name, outputName(output), formatValue(std::abs(score)));
}

void SaliencyView::showFacts() {
  const Saliency& saliency = found_.saliency;
  if (saliency.isEmpty() || output_ >= saliency.logOdds.size()) return;
  const double odds = saliency.logOdds[output_];
  QString facts = tr("Log odds of %1: %2, a probability of %3.")
                      .arg(outputName(output_), signedValue(odds), formatPercent(1 / (1 + std::exp(-odds))));
  if (found_.method == SaliencyMethod::IntegratedGradients)
    facts += u' ' + tr("Without any vectors %1; the numbers sum to the difference within %2 (%3 steps).")
                        .arg(signedValue(saliency.reference[output_]), formatValue(saliency.gap),
                             formatCount(saliency.steps));
  facts_->setText(facts);
  if (!found_.attends) return doubt_->setText(tr("This model has no attention to compare with."));
  QString doubt = tr("Attention is not explanation (Jain and Wallace 2019).");
  const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
  const double here = found_.agreement[output_], all = meanOf(found_.agreement);
  if (!std::isnan(here))
    doubt += u' ' + tr("Rank correlation of attention and what counted for %1: %2; over all outputs: %3.")
                        .arg(outputName(output_), number(here), number(all));
  doubt_->setText(doubt);
}

void SaliencyView::fillMenu(QMenu& menu) {
  addExportActions(menu, this, [this] {
    return matrix_->exportSource(tr("saliency"),
                                 [this](const Error& error) { session().reportError(error); });
  });
}

QString SaliencyView::describe() const {
  if (found_.saliency.isEmpty()) return note_->text();
  return facts_->text() + u' ' + matrix_->textSummary() + QStringLiteral(". ") + doubt_->text();
}

QJsonObject SaliencyView::saveState() const { return {{"method", method_->currentData().toInt()}}; }

void SaliencyView::restoreState(const QJsonObject& state) {
  method_->setCurrentIndex(std::max(0, method_->findData(state["method"].toInt())));
}

}  // namespace lexarium

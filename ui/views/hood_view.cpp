// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/hood_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/views/hood_gradient.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr int kRestMs = 400;              // after the last key of a text
constexpr std::size_t kMostTokens = 400;  // of the text that is looked into
constexpr std::size_t kFirstStep = 30;    // far enough in for a way back
constexpr double kDecades = 4;            // of the gradient that colours tell apart
constexpr double kCurrentColor = 0.5;     // strength behind the current token

}  // namespace

HoodView::HoodView(Session& session, QWidget* parent)
    : LanguageView(session, parent),
      reading_(session.clock(), [this] { read(false); }),
      following_(session.clock(), [this] { follow(false); }) {
  setObjectName("hoodView");
  setContent(makeContent());
  typingTimer_.setSingleShot(true);
  typingTimer_.setInterval(kRestMs);
  connect(&typingTimer_, &QTimer::timeout, this, [this] { read(true); });
  connect(input_, &QPlainTextEdit::textChanged, this, [this] {
    ownText_ = true;
    typingTimer_.start();
  });
}

QString HoodView::promise() const {
  return tr(
      "Here one step of a model is taken apart: the formulas of its cell or head with the actual numbers in "
      "them, and how far back the gradient reaches.");
}

void HoodView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    applyTheme();
    showColors();
  }
  if (dirty & kFingerprint) gradient_->setFingerprint(fingerprint());
  if (((dirty & kCorpus) || input_->toPlainText().isEmpty()) && !ownText_) {
    const QSignalBlocker quiet(input_);
    input_->setPlainText(exampleText());
  }
  if (dirty & kCorpus) {
    trace_.reset();
    traced_.reset();
    sheet_.reset();
    if (corpus_ != session().corpus() && corpus_) hasStep_ = false;  // not at the start: a kept one stays
    corpus_ = session().corpus();
    following_.cancel();
  }
  if (model() && another) {
    read(false);
  } else if (dirty & kRuns) {
    follow(true);  // names, colours, what is hidden
  }
}

/// The text is read again only if it or the model is another one.
void HoodView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !reading_.isDue())) return;
  const std::string text = input_->toPlainText().toStdString();
  const bool known = trace_ && traced_ == model() && trace_->text == text;
  HoodChoice choice = choice_;
  const bool first = !hasStep_;
  const int run = session().runs().current()->id;
  reading_.run(
      [model = model(), text, trace = known ? trace_ : nullptr, choice, first, run,
       asked](std::stop_token) mutable {
        Reading reading{run, asked, model, std::move(trace), std::nullopt};
        if (!reading.trace)
          reading.trace = std::make_shared<const SequenceTrace>(model->trace(text, false, kMostTokens));
        const std::size_t count = reading.trace->ids.size();
        if (first) choice.step = std::min(kFirstStep, count - std::min<std::size_t>(count, 2));
        if (count > 0 && stepKindOf(*model) != StepKind::None)
          reading.step = hoodStep(*model, *reading.trace, choice);
        return reading;
      },
      [this](Reading reading) { adopt(std::move(reading)); });
  choice_.mostActive = false;
}

void HoodView::adopt(Reading reading) {
  const bool otherText = !trace_ || trace_->ids != reading.trace->ids;
  const bool counts = stepKindOf(*reading.model) == StepKind::None;
  trace_ = std::move(reading.trace);
  traced_ = std::move(reading.model);
  run_ = reading.run;
  sheet_.reset();
  note_->setText(counts
                     ? tr("An n-gram model only counts what follows what: it has no cell to look into, and "
                          "no gradient to follow. Train an RNN, an LSTM, a GRU or a Transformer.")
                     : tr("Type a text for the model to read."));
  note_->setVisible(!reading.step);
  split_->setVisible(reading.step.has_value());
  if (reading.step) {
    QStringList labels;
    for (std::size_t i = 0; i < trace_->ids.size(); ++i) labels << label(i);
    const auto wanted = choice_.looked;
    choice_ = reading.step->choice;
    choice_.looked = wanted;
    choice_.mostActive = false;
    hasStep_ = true;
    sheet_.emplace(std::move(*reading.step), std::move(labels));
  }
  if (otherText) shares_.clear();
  fillControls();
  showTokens(otherText);
  formulas_->setLines(sheet_ ? sheet_->lines() : std::vector<FormulaLine>());
  showSum();
  follow(reading.asked || otherText);
}

QString HoodView::label(std::size_t token) const { return visibleToken(toQString(trace_->labels[token])); }

void HoodView::fillControls() {
  const bool attends = sheet_ && sheet_->step().kind == StepKind::Attention;
  const QSignalBlocker quietLayer(layer_), quietHead(head_), quietUnit(unit_), quietLooked(looked_);
  const auto fill = [](QComboBox* box, std::size_t count, std::size_t current, const QString& name) {
    if (box->count() != static_cast<int>(count)) {
      box->clear();
      for (std::size_t i = 0; i < count; ++i) box->addItem(name.arg(i + 1));
    }
    box->setCurrentIndex(static_cast<int>(std::min(current, count - 1)));
    box->setVisible(count > 1);
  };
  fill(layer_, std::max<std::size_t>(1, traced_->facts().layers), choice_.layer, tr("Layer %1"));
  fill(head_, std::max<std::size_t>(1, traced_->facts().heads), choice_.head, tr("Head %1"));
  for (QWidget* widget : std::initializer_list<QWidget*>{unit_, mostActive_})
    widget->setVisible(sheet_.has_value());
  looked_->setVisible(attends);
  const std::size_t count = trace_->ids.size();
  first_->setEnabled(sheet_ && choice_.step > 0);
  back_->setEnabled(first_->isEnabled());
  forward_->setEnabled(sheet_ && choice_.step + 1 < count);
  last_->setEnabled(forward_->isEnabled());
  place_->setText(
      sheet_ ? tr("Token %1 of %2: “%3”")
                   .arg(QString::number(choice_.step + 1), QString::number(count), label(choice_.step))
             : QString());
  if (!sheet_) return;
  unit_->setPrefix((attends ? tr("Number") : tr("Unit")) + u' ');
  unit_->setMaximum(static_cast<int>(sheet_->step().units));
  unit_->setValue(static_cast<int>(choice_.unit) + 1);
  looked_->setMaximum(static_cast<int>(choice_.step) + 1);
  looked_->setValue(choice_.looked ? static_cast<int>(std::min(*choice_.looked, choice_.step)) + 1 : 0);
}

void HoodView::showTokens(bool otherText) {
  if (!trace_) return;
  const bool words = traced_->tokenizer()->kind() == Tokenizer::Kind::Words;
  std::vector<TokenMark> marks;
  for (std::size_t i = 0; i < trace_->ids.size(); ++i) {
    const ByteRange range = trace_->ranges[i];
    QString piece = toQString(std::string_view(trace_->text).substr(range.begin, range.end - range.begin));
    if (words) piece += u' ';
    marks.push_back({piece, {}, i > choice_.step});  // what it has not read yet is quiet
  }
  const QSignalBlocker quiet(text_);
  if (otherText) text_->setRange(std::nullopt);
  text_->setTokens(std::move(marks));
  const int step = static_cast<int>(choice_.step);
  if (sheet_) text_->setRange(TokenText::Range{step, step});
  text_->scrollTo(step);
  showColors();
}

/// Attention: what is looked at; cells: how much of the gradient is left.
void HoodView::showColors() {
  if (!sheet_ || !trace_) return;
  const Theme& theme = session().theme();
  const HoodStep& step = sheet_->step();
  const bool attends = step.kind == StepKind::Attention;
  std::vector<QColor> colors(trace_->ids.size());
  for (std::size_t i = 0; i < std::min(choice_.step, colors.size()); ++i) {
    const std::size_t back = choice_.step - i;
    double share = 0;
    if (attends) {
      const Eigen::VectorXd& weights = step.head.weights;  // the largest is as strong as a colour gets
      if (static_cast<Eigen::Index>(i) < weights.size())
        share = weights(static_cast<Eigen::Index>(i)) / weights.maxCoeff();
    } else if (back < shares_.size() && shares_[back] > 0) {
      share = std::clamp(1 + std::log10(shares_[back]) / kDecades, 0.0, 1.0);
    }
    colors[i] = activationColor(theme, share);
  }
  if (choice_.step < colors.size())
    colors[choice_.step] = mixed(theme.surface, theme.selection, kCurrentColor);
  text_->setColors(colors);
}

void HoodView::showSum() {
  const HoodSheet::Sum sum = sheet_ ? sheet_->sumOf(formulas_->currentKey()) : HoodSheet::Sum();
  sumTitle_->setText(sum.title);
  sumSentence_->setText(sum.sentence);
  bars_->setBars(sum.bars);
}

/// How much of the gradient is left, of this run and of the others that are shown on the loss chart.
void HoodView::follow(bool asked) {
  if (!sheet_ || !isVisible() || (!asked && !following_.isDue())) return;
  std::vector<GradientRun> runs;
  const Run* current = session().runs().current();
  if (!current || current->id != run_) return;  // another one's numbers are on their way
  runs.push_back({current->id, current->name, current->color, traced_, trace_, choice_.layer});
  for (const auto& run : session().runs().runs()) {
    if (run.get() == current || !run->visible || !isLanguageRun(run.get())) continue;
    if (const auto newest = newestModelOf(*run))
      runs.push_back({run->id, run->name, run->color, newest, nullptr, choice_.layer});
  }
  following_.run(
      [runs = std::move(runs), trace = trace_, step = choice_.step](std::stop_token stop) {
        std::vector<GradientCurve> curves;
        for (const GradientRun& run : runs) {
          auto curve = gradientCurve(run, *trace, step, stop);
          if (curve) curves.push_back(std::move(*curve));
          if (!curve && &run == &runs.front()) break;  // without it there is nothing to compare with
        }
        return curves;
      },
      [this](std::vector<GradientCurve> curves) { showCurves(std::move(curves)); });
}

void HoodView::showCurves(std::vector<GradientCurve> curves) {
  if (!sheet_ || !trace_) return;
  shares_.clear();
  QString next;
  if (!curves.empty()) {
    shares_ = curves.front().cell.empty() ? curves.front().hidden : curves.front().cell;
    next = visibleToken(toQString(traced_->tokenizer()->label(curves.front().target)));
  }
  gradient_->setCurves(std::move(curves), label(choice_.step), next);
  showColors();
}

void HoodView::fillMenu(QMenu& menu) {
  addExportActions(menu, this, [this] {
    return gradient_->exportSource([this](const Error& error) { session().reportError(error); });
  });
}

std::vector<PlotSource> HoodView::pictures() {
  if (!showsModelOfNow() || !sheet_ || shares_.empty()) return {};
  return {gradient_->exportSource([this](const Error& error) { session().reportError(error); })};
}

QString HoodView::describe() const {
  if (!sheet_) return note_->text();
  return place_->text() + QStringLiteral(". ") + gradient_->sentence();
}

QJsonObject HoodView::saveState() const {
  QJsonObject state{{"unit", static_cast<int>(choice_.unit)},
                    {"layer", static_cast<int>(choice_.layer)},
                    {"head", static_cast<int>(choice_.head)}};
  if (hasStep_) state["step"] = static_cast<int>(choice_.step);
  if (ownText_) state["text"] = input_->toPlainText();
  return state;
}

void HoodView::restoreState(const QJsonObject& state) {
  const auto number = [&](const char* key) {
    return static_cast<std::size_t>(std::max(0, state[key].toInt()));
  };
  choice_.unit = number("unit");
  choice_.layer = number("layer");
  choice_.head = number("head");
  hasStep_ = state.contains("step");
  choice_.step = number("step");
  if (state["text"].toString().isEmpty()) return;
  input_->setPlainText(state["text"].toString());
  ownText_ = true;
}

}  // namespace lexarium

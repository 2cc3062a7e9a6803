// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/attention_time_view.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/plot/curve_plot.h"
#include "ui/plot/heatmap_grid.h"
#include "ui/session/moment_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostMoments = 40;
constexpr int kSpreadCurve = 1, kDiagonalCurve = 2;

void fill(CurveSeries& series, const std::vector<AttentionMoment>& moments, double AttentionMoment::*value) {
  series = CurveSeries();
  series.setSmoothing(0);
  std::vector<MetricPoint> points;
  for (const AttentionMoment& moment : moments) {
    MetricPoint point;
    point.step = moment.step;
    point.loss = moment.*value;
    points.push_back(point);
  }
  series.append(points);
}

}  // namespace

AttentionTimeView::AttentionTimeView(Session& session, QWidget* parent)
    : AttentionBase(session, parent), job_(session.clock(), [this] { read(false); }) {
  setObjectName("attentionTimeView");
  setContent(makeContent());
  connect(&session.timeline(), &Timeline::momentsChanged, this, [this] { markDirty(kFrame); });
  connect(&session.timeline(), &Timeline::shownChanged, this, [this] { markDirty(kFrame); });
}

QWidget* AttentionTimeView::makeContent() {
  input_ = new ReadingInput("attentionTime");
  connect(input_, &ReadingInput::changed, this, [this] { session().reading().set(input_->reading()); });
  const auto combo = [](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
  };
  part_ = combo("attentionTimePart", tr("Which attention of the model"));
  choice_ = combo("attentionTimeHead", tr("Which head, or several as one"));
  connect(part_, &QComboBox::activated, this, [this] {
    partShown_ = part_->currentData().toString().toStdString();
    fillChoices();
    known_.clear();
    read(true);
  });
  connect(choice_, &QComboBox::activated, this, [this] {
    chosen_ = AttentionChoice::fromCode(choice_->currentData().toInt());
    known_.clear();
    read(true);
  });
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : {part_, choice_}) bar->flow()->addWidget(widget);
  sentence_ = new QLabel;
  sentence_->setObjectName("attentionTimeSentence");
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::PlainText);
  note_ = new QLabel;
  note_->setObjectName("attentionTimeNote");
  note_->setWordWrap(true);
  note_->setAlignment(Qt::AlignCenter);
  strip_ = new HeatmapGrid;
  strip_->setObjectName("attentionStrip");
  strip_->setAccessibleName(tr("The text read in each moment; a click goes there"));
  connect(strip_, &HeatmapGrid::chosen, this, [this](int tile) {
    if (tile >= 0 && tile < static_cast<int>(moments_.size()))
      session().timeline().showStep(moments_[static_cast<std::size_t>(tile)].step);
  });
  plot_ = new CurvePlot;
  plot_->setObjectName("attentionTimePlot");
  plot_->setAccessibleName(tr("How attention changed"));
  plot_->setTooltip([this](const CurvePoint& point) {
    if (point.index >= moments_.size()) return QStringList();
    const AttentionMoment& moment = moments_[point.index];
    return QStringList{tr("Step %1").arg(formatCount(moment.step)),
                       tr("Evenness %1, near the diagonal %2")
                           .arg(formatValue(moment.spread, 2), formatPercent(moment.diagonal)),
                       tr("Loss on this text: %1").arg(formatValue(moment.loss))};
  });
  connect(plot_, &CurvePlot::clicked, this, [this](const CurvePoint& point) {
    if (point.index < moments_.size()) session().timeline().showStep(moments_[point.index].step);
  });
  const auto menu = [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  };
  connect(strip_, &HeatmapGrid::menuRequested, this, menu);
  connect(plot_, &CurvePlot::menuRequested, this, menu);
  split_ = new QSplitter(Qt::Vertical);
  split_->setChildrenCollapsible(false);
  split_->addWidget(strip_);
  split_->addWidget(plot_);
  split_->setSizes({220, 280});
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(bar);
  layout->addWidget(sentence_);
  layout->addWidget(note_, 1);
  layout->addWidget(split_, 1);
  return content;
}

QString AttentionTimeView::promise() const {
  return tr(
      "Here the same text is read by the model of every moment: you see when it learned where to look.");
}

void AttentionTimeView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    input_->setTheme(session().theme());
    strip_->setTheme(session().theme());
    plot_->setTheme(session().theme());
    plot_->setAxisTitles(tr("Step"), tr("Share"));
    sentence_->setFont(session().theme().small);
    showCurves();
  }
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  const Run* run = session().runs().current();
  const bool otherRun = (run ? run->id : 0) != run_;
  if (!model() || otherRun) {
    job_.cancel();
    known_.clear();
    moments_.clear();
    sheet_ = nullptr;
    asked_ = fixed_ = {};
    run_ = run ? run->id : 0;
  }
  if (!model()) return;
  showParts(*input_);
  fillInput(*input_);
  const bool otherText = !(asked_ == input_->reading());
  if (otherText) {
    known_.clear();
    sheet_ = nullptr;
    asked_ = fixed_ = input_->reading();
  }
  markShown();
  if (otherText || another || (dirty & kFrame)) read(otherText);
}

/// Moments that were kept, and the newest.
std::vector<ModelMoment> AttentionTimeView::wanted() const {
  std::vector<ModelMoment> all;
  const Run* run = session().runs().current();
  const auto history = run && run->trainer ? run->trainer->history() : nullptr;
  if (history)
    for (const auto& kept : history->frames()) all.push_back({kept->step, trainedIn(*kept)});
  if (frame().live && (all.empty() || all.back().step < modelStep())) all.push_back({modelStep(), model()});
  return spreadMoments(std::move(all), kMostMoments);
}

void AttentionTimeView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  std::vector<ModelMoment> missing = wanted();
  std::vector<std::uint64_t> steps;
  for (const ModelMoment& moment : missing) steps.push_back(moment.step);
  std::erase_if(known_, [&](const auto& entry) {
    return !std::binary_search(steps.begin(), steps.end(), entry.first);
  });
  std::erase_if(missing, [this](const ModelMoment& moment) { return known_.contains(moment.step); });
  if (missing.empty() && sheet_) {
    if (moments_.size() != known_.size()) showMoments();
    return;
  }
  struct Seen {
    Trace sheet;
    Reading fixed;
    std::vector<AttentionMoment> moments;
  };
  job_.run(
      [missing, model = model(), reading = fixed_, part = partShown_, chosen = chosen_,
       sheet = sheet_](std::stop_token stop) {
        Seen seen{sheet, reading, {}};
        if (!sheet) {
          AttentionTrace trace = model->look(reading);
          // What it says changes while it learns: only one output can be compared.
          const bool says =
              std::any_of(trace.heads.begin(), trace.heads.end(),
                          [](const AttentionHead& head) { return head.queries == AttentionAxis::Output; });
          if (says && reading.output.empty()) seen.fixed.output = trace.outputText;
          seen.sheet = std::make_shared<const AttentionSheet>(std::move(trace));
        }
        for (const ModelMoment& moment : missing) {
          if (stop.stop_requested()) break;
          seen.moments.push_back(attentionMoment(moment, seen.fixed, part, chosen));
        }
        return seen;
      },
      [this](Seen seen) {
        fixed_ = std::move(seen.fixed);
        sheet_ = std::move(seen.sheet);
        fillChoices();
        adopt(std::move(seen.moments));
      });
}

void AttentionTimeView::adopt(std::vector<AttentionMoment> seen) {
  for (AttentionMoment& moment : seen) known_[moment.step] = std::move(moment);
  showMoments();
}

void AttentionTimeView::fillChoices() {
  if (sheet_) fillAttentionChoices(*sheet_, *part_, *choice_, partShown_, chosen_);
}

void AttentionTimeView::showMoments() {
  moments_.clear();
  for (const auto& [step, moment] : known_)
    if (moment.weights.size() > 0) moments_.push_back(moment);
  std::vector<HeatmapTile> tiles;
  for (const AttentionMoment& moment : moments_) {
    tiles.push_back(
        {tr("Step %1").arg(formatCount(moment.step)), attentionRows(moment.weights), false,
         tr("Step %1: loss on this text %2").arg(formatCount(moment.step), formatValue(moment.loss))});
  }
  const bool any = !tiles.empty();
  note_->setText(sheet_ && sheet_->trace().heads.empty() && !sheet_->trace().input.empty()
                     ? withoutAttention()
                     : tr("Type a text for the model to read."));
  note_->setVisible(!any);
  split_->setVisible(any);
  sentence_->setVisible(any);
  strip_->setTiles(std::move(tiles), 0);
  showCurves();
  markShown();
}

void AttentionTimeView::showCurves() {
  plot_->setCurves({});
  fill(spread_, moments_, &AttentionMoment::spread);
  fill(diagonal_, moments_, &AttentionMoment::diagonal);
  flags_.clear();
  const auto changed = largestChange(moments_);
  if (changed) {
    flags_.push_back({moments_[*changed].step, tr("Changed most").toStdString()});
    MomentMark::of(session()).set(
        MomentMark::Moment{run_, moments_[*changed].step, tr("Attention changed most")});
  }
  const Theme& theme = session().theme();
  Curve spread, diagonal;
  spread.id = kSpreadCurve;
  spread.name = tr("Evenness");
  spread.color = theme.categories[0];
  spread.series = &spread_;
  spread.flags = &flags_;
  diagonal.id = kDiagonalCurve;
  diagonal.name = tr("Near the diagonal");
  diagonal.color = theme.categories[1];
  diagonal.series = &diagonal_;
  for (Curve* curve : {&spread, &diagonal}) curve->dotted = moments_.size() < 60;
  if (moments_.empty()) return;
  plot_->setCurves({spread, diagonal});
  QString text = tr("Evenness: 1 is a look at all tokens alike, 0 at one alone. Near the diagonal: %1 of the "
                    "weight now, %2 at step %3.")
                     .arg(formatPercent(moments_.back().diagonal), formatPercent(moments_.front().diagonal),
                          formatCount(moments_.front().step));
  if (changed) {
    text += u' ' + tr("It changed most between the steps %1 and %2.")
                       .arg(formatCount(moments_[*changed - 1].step), formatCount(moments_[*changed].step));
  }
  sentence_->setText(text);
}

std::optional<std::uint64_t> AttentionTimeView::changedAt() const {
  const auto changed = largestChange(moments_);
  return changed ? std::optional(moments_[*changed].step) : std::nullopt;
}

/// The moment that is looked back at.
void AttentionTimeView::markShown() {
  const bool live = session().timeline().isLive();
  const std::uint64_t step = session().timeline().shownStep();
  int current = -1;
  for (std::size_t i = 0; i < moments_.size(); ++i)
    if (live ? i + 1 == moments_.size() : moments_[i].step <= step) current = static_cast<int>(i);
  strip_->setCurrent(current);
  if (session().timeline().isReplaying() || live) strip_->reveal(current);
  plot_->setMarkedStep(live ? 0 : kSpreadCurve, live ? 0 : step);
}

std::string AttentionTimeView::csv() const {
  std::string text = "step,evenness,near_diagonal,loss\r\n";
  for (const AttentionMoment& moment : moments_)
    text += std::to_string(moment.step) + ',' + csvNumber(moment.spread) + ',' + csvNumber(moment.diagonal) +
            ',' + csvNumber(moment.loss) + "\r\n";
  return text;
}

void AttentionTimeView::fillMenu(QMenu& menu) {
  const auto failed = [this](const Error& error) { session().reportError(error); };
  addExportActions(menu, this,
                   [this, failed] { return strip_->exportSource(tr("attention over time"), failed); });
  QMenu* curves = menu.addMenu(tr("Curves"));
  addExportActions(*curves, this, [this, failed] {
    return PlotSource{tr("attention curves"),
                      plot_->size(),
                      [this](QPaintDevice& device) { plot_->paintOn(device); },
                      [text = csv()] { return text; },
                      failed,
                      [this] { return describe(); }};
  });
}

QString AttentionTimeView::describe() const { return moments_.empty() ? note_->text() : sentence_->text(); }

QJsonObject AttentionTimeView::saveState() const {
  return {{"part", toQString(partShown_)}, {"choice", chosen_.code()}};
}

void AttentionTimeView::restoreState(const QJsonObject& state) {
  partShown_ = state["part"].toString().toStdString();
  if (state.contains("choice")) chosen_ = AttentionChoice::fromCode(state["choice"].toInt());
}

}  // namespace lexarium

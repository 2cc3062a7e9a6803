// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/training_steps_view.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTextBrowser>
#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

/// Both tables of a model of up to so many words can be shown whole.
constexpr std::size_t kMostWords = 2000;
constexpr int kPageMs = 3500;  // to read a page while it plays

}  // namespace

TrainingStepsView::TrainingStepsView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState) {
  setObjectName("trainingStepsView");
  setFocusPolicy(Qt::StrongFocus);
  connect(empty_, &EmptyState::activated, this, [this] {
    if (!this->session().corpus()) return void(triggerWindowAction(this, "openText"));
    if (!this->session().runs().current()) return this->session().runs().stepOnce();
    newPair();
  });
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeTop());
  splitter_ = new QSplitter(Qt::Horizontal);
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(makeMaps());
  splitter_->addWidget(makeExplanation());
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  splitter_->setSizes({400, 600});
  layout->addWidget(splitter_, 1);
  status_ = new ElidedLabel;
  status_->setObjectName("stepStatus");
  status_->setForegroundRole(QPalette::PlaceholderText);
  auto* foot = tightLayout<QHBoxLayout>();
  foot->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  foot->addWidget(status_);
  layout->addLayout(foot);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  timer_.setInterval(kPageMs);
  connect(&timer_, &QTimer::timeout, this, [this] {
    next();
    if (page_ == kStepPages - 1) setPlaying(false);
  });
}

QWidget* TrainingStepsView::makeTop() {
  const auto button = [this](const QString& name, const QString& text, const QString& tip, auto slot) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->installEventFilter(this);
    connect(made, &QPushButton::clicked, this, slot);
    return made;
  };
  previous_ =
      button("previousPage", tr("Previous"), tr("One page back (Left)"), &TrainingStepsView::previous);
  next_ = button("nextPage", tr("Next"), tr("One page on (Right)"), &TrainingStepsView::next);
  play_ = button("playPages", tr("Play"), tr("Turns the pages by itself (P)"),
                 [this] { setPlaying(!timer_.isActive()); });
  newPair_ = button("newPair", tr("New pair"),
                    tr("Draws another training pair: around the selected word, or anywhere (N)"),
                    &TrainingStepsView::newPair);
  refresh_ = button("takeNewRows", tr("Same pair, now"),
                    tr("The same words with the model as it is now: see how the loss of this pair falls (R)"),
                    &TrainingStepsView::takeNewRows);
  whole_ = new QCheckBox(tr("Whole tables"));
  whole_->setObjectName("wholeTables");
  whole_->setToolTip(
      tr("Shows all words, not only those that this step touches; for models of up to %1 words")
          .arg(formatCount(kMostWords)));
  connect(whole_, &QCheckBox::toggled, this, [this] { takeNewRows(); });
  auto* bar = new QWidget;
  auto* layout = new FlowLayout(Theme::kSpace);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  bar->setLayout(layout);
  for (QWidget* widget : std::initializer_list<QWidget*>{previous_, next_, play_, newPair_, refresh_, whole_})
    layout->addWidget(widget);
  return bar;
}

QWidget* TrainingStepsView::makeMaps() {
  auto* maps = new QWidget;
  mapsLayout_ = new QBoxLayout(QBoxLayout::LeftToRight, maps);
  mapsLayout_->setContentsMargins(0, 0, 0, 0);
  mapsLayout_->setSpacing(Theme::kSpace);
  input_ = new HeatmapPlot;
  input_->setObjectName("inputTable");
  input_->setAccessibleName(tr("Input table W, columns are words"));
  output_ = new HeatmapPlot;
  output_->setObjectName("outputTable");
  output_->setAccessibleName(tr("Output table W', columns are words"));
  for (HeatmapPlot* plot : {input_, output_}) {
    mapsLayout_->addWidget(plot, 1);
    connect(plot, &HeatmapPlot::cellClicked, this,
            [this, plot](const HeatmapCell& cell, Qt::KeyboardModifiers modifiers) {
              selectColumn(plot == input_, cell, modifiers);
            });
    connect(plot, &HeatmapPlot::menuRequested, this, [this](const QPoint& place) {
      QMenu menu(this);
      fillMenu(menu);
      menu.exec(place);
    });
  }
  return maps;
}

QWidget* TrainingStepsView::makeExplanation() {
  title_ = new ElidedLabel;
  title_->setObjectName("stepTitle");
  text_ = new QTextBrowser;
  text_->setObjectName("stepText");
  text_->setAccessibleName(tr("What happens in this step"));
  text_->setOpenLinks(false);
  text_->setFrameShape(QFrame::NoFrame);
  text_->installEventFilter(this);
  connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) { openLink(url.toString()); });
  auto* panel = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(panel);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 0, 0);
  layout->addWidget(title_);
  layout->addWidget(text_, 1);
  return panel;
}

bool TrainingStepsView::canShowWhole() const { return sampler_ && sampler_->words() <= kMostWords; }

RowRequest TrainingStepsView::wantedRows() const {
  RowRequest request = pair_->rows();
  if (whole_->isChecked() && canShowWhole()) {
    RowRequest all;
    for (std::uint32_t id = 0; id < sampler_->words(); ++id) all.words.push_back(id);
    all.outputs = all.words;
    if (pair_->tree && pair_->kind != TeachingPair::Kind::Cell) all.outputs.pop_back();
    all.merge(request);
    return all;
  }
  return request;
}

Probe TrainingStepsView::needs() const {
  Probe probe;
  // A copy of one moment: once it is there, nothing more is copied.
  if (isVisible() && waiting_ && pair_) probe.rows = wantedRows();
  return probe;
}

void TrainingStepsView::forget() {
  job_.cancel();
  timer_.stop();
  pair_.reset();
  trace_.reset();
  rows_.reset();
  pages_.clear();
  sampler_.reset();
  waiting_ = false;
  page_ = 0;
  problem_.clear();
}

void TrainingStepsView::refresh(unsigned dirty) {
  const Run* run = session().runs().current();
  const int id = run ? run->id : 0;
  if ((dirty & kCorpus) || id != samplerRun_) {
    forget();
    samplerRun_ = id;
  }
  if (dirty & kTheme) applyTheme();
  if (dirty & kFingerprint)
    for (HeatmapPlot* plot : {input_, output_}) plot->setFingerprint(fingerprint());
  if (dirty & kFrame) adoptFrame();
  // The first pair comes by itself, as soon as there is a model to look into.
  const bool ready = run && frame().run && frame().snapshot;
  if (ready && !pair_ && problem_.isEmpty() && !job_.isRunning()) newPair();
  if (!trace_) return showEmpty();
  showStatus();
}

void TrainingStepsView::showEmpty() {
  stack_->setCurrentIndex(0);
  const Run* run = session().runs().current();
  const QString what =
      tr("One training step taken apart: the words of a pair, both tables, and every number "
         "from the score to the update.");
  if (!session().corpus()) {
    empty_->setContent(what, tr("Open text..."));
  } else if (!session().corpus()->hasText()) {
    empty_->setContent(withoutText());
  } else if (run && run->isFromFile()) {
    empty_->setContent(what + u' ' + tr("The run that is shown came from a file and was not trained here."));
  } else if (!problem_.isEmpty()) {
    empty_->setContent(problem_, tr("Try another pair"));
  } else if (!run) {
    empty_->setContent(what, tr("Take the first step"));
  } else if (pair_ && isOver(session().runs().status().state)) {
    empty_->setContent(tr("The tables of a finished run this large are not kept. Pause a run instead, and "
                          "look into it then."),
                       tr("Try another pair"));
  } else {
    empty_->setContent(tr("The step appears here as soon as the model is prepared."));
  }
}

void TrainingStepsView::newPair() {
  const Run* run = session().runs().current();
  if (!run || run->isFromFile() || !session().runs().canTrain()) return;
  problem_.clear();
  const RunConfig& config = run->trainer->config();
  std::optional<TokenId> centre, other;
  const auto& selected = session().selection().words();
  if (!selected.empty()) centre = selected.back();
  if (selected.size() == 2) {
    centre = selected.front();
    other = selected.back();
  }
  auto work = [sampler = sampler_, config, corpus = session().corpus(), rng = rng_, centre,
               other](std::stop_token stop) mutable -> Expected<Picked> {
    if (!sampler) {
      auto made = TeachingSampler::create(config.modelId, config.params, corpus);
      if (!made) return tl::unexpected(made.error());
      sampler = std::move(*made);
    }
    auto pair = sampler->pick(rng, centre, other, {{}, stop});
    if (!pair) return tl::unexpected(pair.error());
    return Picked{sampler, config.modelId, std::move(*pair), rng};
  };
  job_.run(std::move(work), [this](Expected<Picked> picked) {
    if (!picked) {
      if (picked.error().kind == Error::Kind::Cancelled) return;
      problem_ = toQString(picked.error().message());
      if (trace_) {
        status_->setText(problem_);  // the pair before stays
      } else {
        showEmpty();
      }
      return;
    }
    sampler_ = picked->sampler;
    rng_ = picked->rng;
    pair_ = std::move(picked->pair);
    page_ = 0;
    whole_->setEnabled(canShowWhole());
    takeNewRows();
  });
}

void TrainingStepsView::takeNewRows() {
  if (!pair_) return;
  waiting_ = true;
  Q_EMIT needsChanged();
  adoptFrame();
}

/// Freezes the first copy that has all rows of the pair.
void TrainingStepsView::adoptFrame() {
  if (!waiting_ || !pair_) return;
  const auto& snapshot = frame().snapshot;
  if (!snapshot || !snapshot->rows) return;
  const RowRequest wanted = wantedRows();
  const ModelRows& rows = *snapshot->rows;
  const auto has = [](const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& some) {
    if (some.size() > all.size()) return false;
    std::vector<std::uint32_t> sorted(all);
    std::sort(sorted.begin(), sorted.end());
    return std::all_of(some.begin(), some.end(), [&](std::uint32_t row) {
      return std::binary_search(sorted.begin(), sorted.end(), row);
    });
  };
  if (!has(rows.words, wanted.words) || !has(rows.outputs, wanted.outputs)) return;
  double rate = frame().status.learningRate;
  if (rate <= 0) rate = frame().run->trainer->config().params.getNumber("learning_rate");
  std::optional<StepTrace> trace;
  if (pair_->kind == TeachingPair::Kind::Cell) {
    if (auto cell = traceCell(*pair_, rows, rate)) trace = std::move(*cell);
  } else if (auto prediction = tracePrediction(*pair_, rows, rate)) {
    trace = std::move(*prediction);
  }
  if (!trace) return;
  trace_ = std::move(trace);
  // Other views may have asked for more.
  rows_ = std::make_shared<const ModelRows>(rows.selected(wanted));
  waiting_ = false;
  Q_EMIT needsChanged();
  pages_ = stepPages(*session().corpus(), *pair_, *trace_, session().theme());
  stack_->setCurrentIndex(1);
  showPage();
}

Matrix TrainingStepsView::tableValues(bool input) const {
  const bool cell = pair_->kind == TeachingPair::Kind::Cell;
  const Matrix& table = input ? rows_->input : rows_->output;
  const StepTables shown = tablesOf(page_);
  Matrix values(table.rows() + (cell ? 1 : 0), table.cols());
  if (shown == StepTables::Gradient) {
    values.setZero();
  } else {
    values.topRows(table.rows()) = table;
    if (cell) values.bottomRows(1) = (input ? rows_->inputBias : rows_->outputBias).transpose();
  }
  if (shown == StepTables::Before) return values;
  const auto put = [&](Eigen::Index column, const Numbers& numbers) {
    if (column >= 0) values.col(column) = numbers.cast<Real>();
  };
  if (const auto* trace = std::get_if<CellTrace>(&*trace_)) {
    const TracedCellSide& side = input ? trace->word : trace->context;
    put(input ? rows_->columnOfWord(pair_->centre) : rows_->columnOfOutput(pair_->context.front()),
        shown == StepTables::Gradient ? side.gradient : side.after);
  } else {
    const auto& prediction = std::get<PredictionTrace>(*trace_);
    for (const TracedRow& row : input ? prediction.inputs : prediction.outputs) {
      put(input ? rows_->columnOfWord(row.row) : rows_->columnOfOutput(row.row),
          shown == StepTables::Gradient ? Numbers((row.before - row.after) / prediction.rate) : row.after);
    }
  }
  return values;
}

HeatmapData TrainingStepsView::tableData(bool input) const {
  const Theme& theme = session().theme();
  const Corpus& corpus = *session().corpus();
  const bool cell = pair_->kind == TeachingPair::Kind::Cell;
  const QString name = input ? QStringLiteral("W") : cell ? QStringLiteral("W̃") : QStringLiteral("W'");
  const StepTables shown = tablesOf(page_);
  HeatmapData data;
  data.title = shown == StepTables::Gradient ? QStringLiteral("∂L/∂") + name
               : shown == StepTables::After  ? tr("%1 after the step").arg(name)
               : input                       ? tr("%1: input table").arg(name)
                                             : tr("%1: output table").arg(name);
  data.values = std::make_shared<const Matrix>(tableValues(input));
  data.colors = HeatmapData::Colors::Diverging;
  for (Eigen::Index row = 0; row < data.rowCount(); ++row)
    data.rows.push_back(cell && row + 1 == data.rowCount() ? input ? QStringLiteral("b") : QStringLiteral("b̃")
                                                           : QString::number(row + 1));
  const auto& ids = input ? rows_->words : rows_->outputs;
  data.columnMarks.resize(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i)
    data.columns.push_back(input ? wordText(corpus, ids[i]) : outputName(corpus, *pair_, ids[i]));
  const auto mark = [&](Eigen::Index column, const QColor& color) {
    if (column >= 0) data.columnMarks[static_cast<std::size_t>(column)] = color;
  };
  if (input) {
    for (const TokenId id : pair_->others) mark(rows_->columnOfWord(id), theme.muted);
    for (const TokenId id :
         pair_->kind == TeachingPair::Kind::Cbow ? pair_->context : std::vector<TokenId>{pair_->centre})
      mark(rows_->columnOfWord(id), centreColor(theme));
  } else if (cell) {
    mark(rows_->columnOfOutput(pair_->context.front()), rightColor(theme));
  } else {
    for (const Target& target : pair_->targets)
      mark(rows_->columnOfOutput(target.row), target.sign > 0 ? rightColor(theme) : noiseColor(theme));
  }
  // The table before and after by the same colours.
  if (shown != StepTables::Gradient) {
    const double most = std::max<double>(1e-9, (input ? rows_->input : rows_->output).cwiseAbs().maxCoeff());
    data.range = {-most, most};
  }
  return data;
}

void TrainingStepsView::showTables() {
  const auto put = [&](HeatmapPlot* plot, bool input) {
    const bool other = plot->data().columnCount() != (input ? rows_->input : rows_->output).cols();
    plot->setData(tableData(input));
    // Of a whole table begin with the columns that move.
    if (!other || !whole_->isChecked()) return;
    const auto& marks = plot->data().columnMarks;
    const auto first = std::find_if(marks.begin(), marks.end(), [](const QColor& c) { return c.isValid(); });
    if (first != marks.end()) plot->reveal({0, first - marks.begin()});
  };
  put(input_, true);
  put(output_, false);
}

void TrainingStepsView::showPage() {
  if (!trace_) return;
  const StepPage& page = pages_[static_cast<std::size_t>(page_)];
  title_->setText(tr("%1 of %2 · %3").arg(page_ + 1).arg(kStepPages).arg(page.title));
  const Theme& theme = session().theme();
  text_->setHtml(pairHtml(*session().corpus(), *pair_, theme) + page.html);
  text_->setAccessibleDescription(page.title + QStringLiteral(". ") + page.sentence);
  previous_->setEnabled(page_ > 0);
  next_->setEnabled(page_ + 1 < kStepPages);
  showTables();
  showStatus();
}

void TrainingStepsView::showStatus() {
  if (!trace_ || !frame().run) return;
  const std::uint64_t now = frame().status.step;
  QString text = tr("Numbers of step %1").arg(formatCount(rows_->step));
  if (now != rows_->step) text += tr(" · the model is at step %1 now").arg(formatCount(now));
  text += u' ' + (session().selection().isEmpty()
                      ? tr("· a new pair comes from anywhere in the text")
                      : tr("· a new pair comes from around \"%1\"")
                            .arg(wordText(*session().corpus(), session().selection().primary())));
  status_->setText(text);
}

void TrainingStepsView::next() {
  if (!trace_ || page_ + 1 >= kStepPages) return;
  ++page_;
  showPage();
}

void TrainingStepsView::previous() {
  if (!trace_ || page_ == 0) return;
  --page_;
  showPage();
}

void TrainingStepsView::setPlaying(bool playing) {
  if (playing && trace_) {
    if (page_ + 1 == kStepPages) {
      page_ = 0;
      showPage();
    }
    timer_.start();
  } else {
    timer_.stop();
  }
  play_->setText(timer_.isActive() ? tr("Stop") : tr("Play"));
}

void TrainingStepsView::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) return View::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_PageUp:
      return previous();
    case Qt::Key_Right:
    case Qt::Key_PageDown:
      return next();
    case Qt::Key_N:
      return newPair();
    case Qt::Key_R:
      return takeNewRows();
    case Qt::Key_P:
      return setPlaying(!timer_.isActive());
    default:
      View::keyPressEvent(event);
  }
}

/// Left and Right turn pages wherever the focus is, but in the tables, where they move from cell to cell.
bool TrainingStepsView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    const bool arrow = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right;
    if (arrow && !(key->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier))) {
      keyPressEvent(key);
      return true;
    }
  }
  return View::eventFilter(watched, event);
}

void TrainingStepsView::openLink(const QString& target) {
  bool ok = false;
  const TokenIndex token = target.mid(QStringLiteral("token:").size()).toULongLong(&ok);
  if (!ok || !session().corpus() || token >= session().corpus()->tokens().size()) return;
  session().selection().select(session().corpus()->tokens()[token]);
  session().selection().setFocus(token);
  triggerWindowAction(this, "view_text");
}

void TrainingStepsView::selectColumn(bool input, const HeatmapCell& cell, Qt::KeyboardModifiers modifiers) {
  if (!rows_ || (!input && pair_->tree && pair_->kind != TeachingPair::Kind::Cell)) return;
  const auto& ids = input ? rows_->words : rows_->outputs;
  const TokenId id = ids[static_cast<std::size_t>(cell.column)];
  if (modifiers & Qt::ControlModifier) {
    session().selection().toggle(id);
  } else {
    session().selection().select(id);
  }
}

void TrainingStepsView::applyTheme() {
  const Theme& theme = session().theme();
  input_->setTheme(theme);
  output_->setTheme(theme);
  title_->setFont(theme.title);
  text_->setFont(theme.body);
  status_->setFont(theme.small);
  // Large type needs more room beside the tables.
  splitter_->setSizes(theme.projector ? QList<int>{560, 440} : QList<int>{400, 600});
  if (!trace_) return;
  pages_ = stepPages(*session().corpus(), *pair_, *trace_, theme);
  showPage();
}

void TrainingStepsView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  // Text beside the tables, or below them where the view is narrow.
  splitter_->setOrientation(width() > height() ? Qt::Horizontal : Qt::Vertical);
}

void TrainingStepsView::hideEvent(QHideEvent* event) {
  setPlaying(false);
  View::hideEvent(event);
}

void TrainingStepsView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), this, [this] {
    input_->fit(false);
    output_->fit(false);
  });
  menu.addSeparator();
  for (HeatmapPlot* plot : {input_, output_}) {
    QMenu* target = menu.addMenu(plot == input_ ? tr("Input table") : tr("Output table"));
    target->setEnabled(trace_.has_value());
    addExportActions(*target, this, [this, plot] {
      return plot->exportSource(plot == input_ ? tr("input table") : tr("output table"),
                                [this](const Error& error) { session().reportError(error); });
    });
  }
}

QJsonObject TrainingStepsView::saveState() const { return {{"whole", whole_->isChecked()}}; }

void TrainingStepsView::restoreState(const QJsonObject& state) {
  whole_->setChecked(state["whole"].toBool());
}

QString TrainingStepsView::textSummary() const {
  if (!trace_) return empty_->sentence();
  const StepPage& page = pages_[static_cast<std::size_t>(page_)];
  return QStringLiteral("%1. %2 %3").arg(title_->text(), page.sentence, status_->text());
}

}  // namespace lexarium

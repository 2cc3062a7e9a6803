// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/evaluate_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/text/task_data.h"
#include "ui/models/value_table_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/session/language_run.h"
#include "ui/widgets/calibration_plot.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/work_bar.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostExamples = 2000;  // of a test split, evenly spread
constexpr double kSignificant = 0.05;

enum Tab { kExamplesTab, kLengthsTab, kWordsTab, kConfusionTab, kCalibrationTab };

/// What the run has kept for the end; if that is nothing, what it only looked at.
std::vector<std::uint32_t> testExamples(const TaskData& task, const RunConfig& config) {
  SplitOptions options;
  if (config.params.contains("validation")) options.validation = config.params.getNumber("validation");
  if (config.params.contains("test")) options.test = config.params.getNumber("test");
  options.seed = config.execution.seed;
  Splits splits = splitExamples(task, options);
  return splits.test.empty() ? std::move(splits.validation) : std::move(splits.test);
}

QVariant countOf(std::size_t count) { return QVariant(static_cast<qulonglong>(count)); }

CsvRows rowsOf(std::vector<std::vector<std::string>> lines) {
  return [lines = std::move(lines)](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    for (const auto& line : lines)
      if (auto done = writer.row(line); !done) return done;
    return {};
  };
}

}  // namespace

EvaluateView::EvaluateView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState), job_(session.clock(), [this] { scoreNext(false); }) {
  setObjectName("evaluateView");
  connect(empty_, &EmptyState::activated, this, [this] {
    this->session().corpus() && this->session().corpus()->task()
        ? this->session().runs().train()
        : void(triggerWindowAction(this, "openText"));
  });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
}

LinkedTable* EvaluateView::makeTable(const char* name, const QString& title, ValueTableModel* model) {
  auto* table = new LinkedTable;
  table->setObjectName(name);
  table->setAccessibleName(title);
  table->setModel(model);
  table->setSortingEnabled(false);
  table->horizontalHeader()->setStretchLastSection(true);
  return table;
}

QWidget* EvaluateView::makeContent() {
  runsModel_ = new ValueTableModel(this);
  examplesModel_ = new ValueTableModel(this);
  lengthsModel_ = new ValueTableModel(this);
  wordsModel_ = new ValueTableModel(this);
  runsModel_->setColumns(
      {{tr("Run"), {}},
       {tr("Examples"), tr("That no run with this seed has learned from")},
       {tr("Right"), tr("Share of examples whose answer is entirely right"), true},
       {tr("Loss"), tr("Mean of -ln p of what should have been said, per token")},
       {tr("Tokens right"), tr("Share of words (of one-word texts: characters) at their right place"), true},
       {tr("BLEU"), tr("As sacrebleu defines it (Post 2018); Chinese by characters")},
       {tr("Macro F1"), tr("Mean over the classes of the harmonic mean of precision and recall"), true},
       {tr("Calibration"),
        tr("Expected calibration error (Guo et al. 2017): how far confidence is from the "
           "share of right answers"),
        true}});
  examplesModel_->setColumns(
      {{tr("Loss"), {}}, {tr("Right"), {}}, {tr("Said"), {}}, {tr("Wanted"), {}}, {tr("Input"), {}}});
  lengthsModel_->setColumns({{tr("Length"), tr("Tokens of the input; of a story its sentences")},
                             {tr("Examples"), {}},
                             {tr("Right"), {}, true},
                             {tr("Loss"), {}}});
  wordsModel_->setColumns({{tr("Word"), {}},
                           {tr("Examples"), tr("With the word")},
                           {tr("Right"), {}, true},
                           {tr("Loss"), {}},
                           {tr("Others"), tr("Mean loss of the examples without the word")},
                           {tr("t"), tr("Welch's t: above 0, examples with the word have more loss")},
                           {tr("p"), tr("By chance, times the number of words looked at (Bonferroni)")}});
  runs_ = makeTable("evaluateRuns", tr("Scores of the runs"), runsModel_);
  examples_ = makeTable("evaluateExamples", tr("Examples, the worst first"), examplesModel_);
  lengths_ = makeTable("evaluateLengths", tr("Errors by length"), lengthsModel_);
  words_ = makeTable("evaluateWords", tr("Errors by word"), wordsModel_);
  for (LinkedTable* table : {runs_, lengths_, words_}) {
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  }
  connect(runs_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    if (index.row() < 0 || index.row() >= static_cast<int>(rowRuns_.size())) return;
    shown_ = rowRuns_[static_cast<std::size_t>(index.row())];
    clearFilter();
    showShown();
  });
  connect(words_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    const Scored* scored = shown();
    if (!scored || index.row() >= static_cast<int>(scored->words.size())) return;
    const WordErrors& word = scored->words[static_cast<std::size_t>(index.row())];
    filter(word.with, tr("Examples with \"%1\"").arg(oneLine(toQString(word.word), 40)));
  });
  connect(lengths_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    const Scored* scored = shown();
    if (!scored || index.row() >= static_cast<int>(scored->lengths.size())) return;
    const LengthBin& bin = scored->lengths[static_cast<std::size_t>(index.row())];
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < scored->results.size(); ++i)
      if (scored->results[i].length >= bin.shortest && scored->results[i].length <= bin.longest)
        places.push_back(i);
    filter(std::move(places), tr("Examples of length %1 to %2").arg(bin.shortest).arg(bin.longest));
  });
  confusion_ = new HeatmapPlot;
  confusion_->setObjectName("evaluateConfusion");
  confusion_->setAccessibleName(tr("Which classes are taken for which"));
  connect(confusion_, &HeatmapPlot::cellClicked, this, [this](const HeatmapCell& cell) {
    const Scored* scored = shown();
    if (!scored) return;
    const auto& labels = scored->task->labels;
    const auto truth = static_cast<std::uint32_t>(cell.row), said = static_cast<std::uint32_t>(cell.column);
    filter(resultsInCell(*scored->task, scored->results, truth, said),
           tr("%1, taken for %2").arg(toQString(labels[truth]), toQString(labels[said])));
  });
  calibration_ = new CalibrationPlot;
  calibration_->setObjectName("evaluateCalibration");
  calibration_->setAccessibleName(tr("Is it right as often as it is sure?"));
  const auto menu = [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  };
  connect(confusion_, &HeatmapPlot::menuRequested, this, menu);
  connect(calibration_, &CalibrationPlot::menuRequested, this, menu);

  filterTitle_ = new QLabel;
  filterTitle_->setObjectName("evaluateFilter");
  all_ = new QPushButton(tr("All examples"));
  all_->setObjectName("evaluateAll");
  connect(all_, &QPushButton::clicked, this, [this] {
    clearFilter();
    showExamples();
  });
  auto* page = new QWidget;
  auto* pageLayout = tightLayout<QVBoxLayout>(page);
  auto* line = tightLayout<QHBoxLayout>();
  line->addWidget(filterTitle_, 1);
  line->addWidget(all_);
  pageLayout->addLayout(line);
  pageLayout->addWidget(examples_, 1);
  tabs_ = new QTabWidget;
  tabs_->setObjectName("evaluateTabs");
  tabs_->addTab(page, tr("Examples"));
  tabs_->addTab(lengths_, tr("By length"));
  tabs_->addTab(words_, tr("By word"));
  tabs_->addTab(confusion_, tr("Confusion"));
  tabs_->addTab(calibration_, tr("Calibration"));
  footer_ = new QLabel;
  footer_->setObjectName("evaluateFooter");
  footer_->setProperty("role", "secondary");
  footer_->setWordWrap(true);
  work_ = new WorkBar;
  connect(work_, &WorkBar::cancelled, this, [this] {
    job_.cancel();
    work_->end();
  });
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  split->addWidget(runs_);
  split->addWidget(tabs_);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 3);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(split, 1);
  layout->addWidget(footer_);
  layout->addWidget(work_);
  layout->addWidget(export_);
  return content;
}

Probe EvaluateView::needs() const {
  Probe probe;
  probe.model = true;
  return probe;
}

const EvaluateView::Scored* EvaluateView::shown() const {
  const auto found = scored_.find(shown_);
  return found == scored_.end() ? nullptr : &found->second;
}

std::vector<std::shared_ptr<Run>> EvaluateView::taskRuns() const {
  std::vector<std::shared_ptr<Run>> runs;
  for (const auto& run : session().runs().runs())
    if (run->trainer && isTaskModel(run->trainer->config().modelId)) runs.push_back(run);
  return runs;
}

void EvaluateView::refresh(unsigned dirty) {
  if (dirty & kFingerprint) confusion_->setFingerprint(fingerprint());
  if (corpus_ != session().corpus()) {
    corpus_ = session().corpus();
    job_.cancel();
    work_->end();
    scored_.clear();
    shown_ = 0;
    clearFilter();
  }
  if (dirty & kTheme) applyTheme();
  if (dirty & (kRuns | kCorpus)) showRuns();
  showState();
  scoreNext(false);
}

/// The first run whose newest model has not been asked; one that learns, no more often than that costs
/// little.
void EvaluateView::scoreNext(bool asked) {
  if (!corpus_ || !corpus_->task() || !isVisible() || job_.isRunning()) return;
  for (const auto& run : taskRuns()) {
    const auto model = newestTrainedOf(*run);
    const auto known = scored_.find(run->id);
    if (!model || (known != scored_.end() && known->second.model == model)) continue;
    const bool learns = session().runs().isActive() && run.get() == session().runs().current();
    if (learns && !asked && known != scored_.end() && !job_.isDue()) continue;
    Scored scored;
    scored.runId = run->id;
    scored.name = run->name;
    scored.model = model;
    scored.task = corpus_->task();
    const auto snapshot = run->trainer->snapshot();
    scored.step = snapshot ? snapshot->step : 0;
    const ProgressSink sink = work_->begin();
    job_.run(
        [scored, config = run->trainer->config(), sink](std::stop_token stop) {
          return evaluate(scored, config, TaskContext{sink, stop});
        },
        [this](Scored done) { adopt(std::move(done)); });
    return;
  }
}

EvaluateView::Scored EvaluateView::evaluate(Scored scored, const RunConfig& config,
                                            const TaskContext& context) {
  std::vector<std::uint32_t> examples = testExamples(*scored.task, config);
  if (examples.size() > kMostExamples) {
    std::vector<std::uint32_t> some;
    for (std::size_t i = 0; i < kMostExamples; ++i)
      some.push_back(examples[i * examples.size() / kMostExamples]);
    scored.left = examples.size() - kMostExamples;
    examples = std::move(some);
  }
  auto evaluation = TaskEvaluation::create(scored.model, scored.task, std::move(examples));
  if (!evaluation) {
    scored.error = evaluation.error();
    return scored;
  }
  if (!evaluation->finish(context)) {
    scored.error = cancelled().value();
    return scored;
  }
  scored.results = evaluation->results();
  scored.scores = evaluation->scores();
  scored.lengths = errorsByLength(scored.results);
  if (auto words = errorsByWord(*scored.task, scored.results, {}, context)) scored.words = std::move(*words);
  return scored;
}

void EvaluateView::adopt(Scored scored) {
  work_->end();
  if (scored.error) {
    if (scored.error->kind == Error::Kind::Cancelled) return;
    session().reportError(*scored.error);
  }
  const int run = scored.runId;
  scored_[run] = std::move(scored);
  if (shown_ == 0 || !scored_.contains(shown_)) shown_ = run;
  showRuns();
  if (run == shown_) {
    clearFilter();
    showShown();
  }
  showState();
  scoreNext(false);
}

void EvaluateView::showState() {
  const bool task = corpus_ && corpus_->task();
  const bool any = task && !taskRuns().empty();
  stack_->setCurrentIndex(any ? 1 : 0);
  if (any) return;
  const QString promise =
      tr("Here stand the scores of all runs of a task on examples that none has learned from, and where they "
         "err.");
  if (!task)
    empty_->setContent(promise + u' ' + tr("Open examples first: pairs, labelled texts, or stories."),
                       tr("Open text..."));
  else
    empty_->setContent(promise, tr("Train"));
}

void EvaluateView::showRuns() {
  std::vector<ValueTableModel::Row> rows;
  rowRuns_.clear();
  for (const auto& run : taskRuns()) {
    rowRuns_.push_back(run->id);
    const auto found = scored_.find(run->id);
    ValueTableModel::Row row(8);
    row[0] = run->name;
    if (found != scored_.end() && found->second.scores.examples > 0) {
      const TaskScores& scores = found->second.scores;
      row[1] = countOf(scores.examples);
      row[2] = scores.accuracy;
      row[3] = scores.loss;
      if (scores.bleu) {
        row[4] = scores.tokenAccuracy;
        row[5] = scores.bleu->score;
      }
      if (scores.classes) {
        row[6] = scores.classes->macroF1;
        row[7] = scores.classes->calibrationError;
      }
    }
    rows.push_back(std::move(row));
  }
  const TaskKind kind = corpus_ && corpus_->task() ? corpus_->task()->kind : TaskKind::Stories;
  runsModel_->setRows(std::move(rows));
  for (const int column : {4, 5}) runs_->setColumnHidden(column, kind != TaskKind::Pairs);
  for (const int column : {6, 7}) runs_->setColumnHidden(column, kind != TaskKind::Labels);
  tabs_->setTabVisible(kConfusionTab, kind == TaskKind::Labels);
  tabs_->setTabVisible(kCalibrationTab, kind == TaskKind::Labels);
  const auto at = std::ranges::find(rowRuns_, shown_);
  if (at != rowRuns_.end()) runs_->selectRow(static_cast<int>(at - rowRuns_.begin()));
  fitColumns();
}

void EvaluateView::showShown() {
  const Scored* scored = shown();
  showExamples();
  std::vector<ValueTableModel::Row> lengths, words;
  if (scored) {
    for (const LengthBin& bin : scored->lengths) {
      const QString length = bin.shortest == bin.longest ? formatCount(bin.shortest)
                                                         : formatCount(bin.shortest) + QStringLiteral(" – ") +
                                                               formatCount(bin.longest);
      lengths.push_back({length, countOf(bin.examples), bin.accuracy, bin.loss});
    }
    for (const WordErrors& word : scored->words)
      words.push_back({toQString(word.word), countOf(word.with.size()), word.accuracy, word.loss,
                       word.otherLoss, word.t, word.p});
  }
  lengthsModel_->setRows(std::move(lengths));
  wordsModel_->setRows(std::move(words));
  showConfusion();
  if (!scored) return footer_->setText({});
  const auto hard = std::ranges::count_if(
      scored->words, [](const WordErrors& word) { return word.t > 0 && word.p < kSignificant; });
  QString text = tr("%1, step %2: %3 of %4 examples are right.")
                     .arg(scored->name, formatCount(scored->step),
                          formatCount(static_cast<std::uint64_t>(std::llround(
                              scored->scores.accuracy * static_cast<double>(scored->scores.examples)))),
                          formatCount(scored->scores.examples));
  if (hard > 0)
    text += u' ' + tr("Words whose examples have significantly more loss: %1.")
                       .arg(formatCount(static_cast<std::uint64_t>(hard)));
  if (scored->left > 0)
    text += u' ' +
            tr("Evenly spread over the test split; %1 more were not asked.").arg(formatCount(scored->left));
  footer_->setText(text);
}

void EvaluateView::showExamples() {
  const Scored* scored = shown();
  std::vector<ValueTableModel::Row> rows;
  if (scored) {
    const std::vector<std::size_t> order = byLoss(scored->results);
    for (const std::size_t i : order) {
      if (!filterText_.isEmpty() && !std::ranges::binary_search(filter_, i)) continue;
      const ExampleResult& result = scored->results[i];
      const TaskExample& example = scored->task->examples[result.example];
      QString input = toQString(example.input);
      for (const std::string& sentence : example.story) input += QStringLiteral(" | ") + toQString(sentence);
      rows.push_back({std::isnan(result.loss) ? QVariant() : QVariant(result.loss),
                      result.right ? tr("yes") : tr("no"), toQString(result.said), toQString(result.wanted),
                      input});
    }
  }
  examplesModel_->setRows(std::move(rows));
  filterTitle_->setText(filterText_);
  filterTitle_->setVisible(!filterText_.isEmpty());
  all_->setVisible(!filterText_.isEmpty());
  fitColumns();
}

void EvaluateView::showConfusion() {
  const Scored* scored = shown();
  if (!scored || !scored->scores.classes) return confusion_->setData({});
  HeatmapData data;
  data.title = tr("Numbers of texts");
  data.values = std::make_shared<const Matrix>(scored->scores.classes->confusion.cast<Real>());
  for (const std::string& label : scored->task->labels) data.rows.push_back(oneLine(toQString(label), 40));
  data.columns = data.rows;
  data.rowTitle = tr("true class");
  data.columnTitle = tr("taken for");
  confusion_->setData(std::move(data));
  calibration_->setScores(*scored->scores.classes);
}

void EvaluateView::filter(std::vector<std::size_t> places, const QString& title) {
  std::ranges::sort(places);
  filter_ = std::move(places);
  filterText_ = title;
  tabs_->setCurrentIndex(kExamplesTab);
  showExamples();
}

void EvaluateView::clearFilter() {
  filter_.clear();
  filterText_.clear();
}

void EvaluateView::applyTheme() {
  const Theme& theme = session().theme();
  for (LinkedTable* table : {runs_, examples_, lengths_, words_}) {
    table->setTheme(theme);
    table->setFont(theme.numbers);
    table->setStyleSheet(tintedSelection(theme));
  }
  confusion_->setTheme(theme);
  calibration_->setTheme(theme);
  footer_->setFont(theme.small);
  fitColumns();
}

/// Each as wide as what stands in it, within bounds; the one that stretches takes the rest.
void EvaluateView::fitColumns() {
  constexpr int kMostLetters = 24;
  const int most = kMostLetters * QFontMetrics(session().theme().numbers).averageCharWidth();
  for (LinkedTable* table : {runs_, examples_, lengths_, words_}) {
    const int columns = table->model()->columnCount();
    for (int column = table == examples_ ? 0 : 1; column < columns - (table == examples_ ? 1 : 0); ++column)
      if (!table->isColumnHidden(column))
        table->setColumnWidth(column, std::min(most, table->contentWidth(column) + 2 * Theme::kSpace));
  }
}

void EvaluateView::fillMenu(QMenu& menu) {
  const auto failed = [this](const Error& error) { session().reportError(error); };
  if (tabs_->currentIndex() == kConfusionTab)
    addExportActions(menu, this,
                     [this, failed] { return confusion_->exportSource(tr("confusion"), failed); });
  if (tabs_->currentIndex() == kCalibrationTab)
    addExportActions(menu, this, [this, failed] { return calibration_->exportSource(failed); });
  const auto table = [&](const QString& title, const QString& name, const ValueTableModel* model) {
    QAction* action = menu.addAction(title, this, [this, name, model] {
      export_->askAndSave(name + QStringLiteral(".csv"), rowsOf(model->asText()));
    });
    action->setEnabled(model->rowCount() > 0);
  };
  table(tr("Export scores as CSV..."), tr("scores"), runsModel_);
  table(tr("Export examples as CSV..."), tr("examples"), examplesModel_);
  table(tr("Export words as CSV..."), tr("words"), wordsModel_);
}

QString EvaluateView::textSummary() const {
  return stack_->currentIndex() == 0 ? empty_->sentence() : footer_->text();
}

QJsonObject EvaluateView::saveState() const { return {{"tab", tabs_->currentIndex()}}; }

void EvaluateView::restoreState(const QJsonObject& state) {
  tabs_->setCurrentIndex(std::clamp(state["tab"].toInt(), 0, tabs_->count() - 1));
}

}  // namespace lexarium

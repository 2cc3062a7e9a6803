// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/word_scores_view.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/file.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/plot_export.h"
#include "ui/session/language_run.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kMomentsAtOnce = 20;
constexpr std::size_t kMostMoments = 200;  // of a run, evenly spread

std::filesystem::path pathOf(const QString& path) { return pathFromUtf8(path.toStdString()); }

/// Those that still lie evenly when there are more than enough.
std::vector<std::shared_ptr<const HistoryFrame>> someOf(
    std::vector<std::shared_ptr<const HistoryFrame>> all) {
  if (all.size() <= kMostMoments) return all;
  std::vector<std::shared_ptr<const HistoryFrame>> some;
  for (std::size_t i = 0; i < kMostMoments; ++i)
    some.push_back(all[i * (all.size() - 1) / (kMostMoments - 1)]);
  return some;
}

}  // namespace

WordScoresView::WordScoresView(Session& session, QWidget* parent)
    : View(session, parent),
      empty_(new EmptyState),
      questions_(std::make_shared<const Questions>()),
      job_(session.clock(), [this] { scoreNext(); }) {
  setObjectName("wordScoresView");
  connect(empty_, &EmptyState::activated, this, [this] {
    if (!this->session().corpus()) {
      triggerWindowAction(this, "openText");
    } else if (!hasQuestions()) {
      choose();
    } else {
      this->session().runs().train();
    }
  });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
}

QWidget* WordScoresView::makeContent() {
  kind_ = new QComboBox;
  kind_->setObjectName("wordScoreKind");
  kind_->setAccessibleName(tr("Which score"));
  kind_->addItem(tr("Analogies that are right"), static_cast<int>(Kind::Analogies));
  kind_->addItem(tr("Similarity as people see it"), static_cast<int>(Kind::Similarity));
  kind_->setToolTip(
      tr("Analogies: a : b = c : ?, by 3CosAdd (Mikolov et al. 2013).\nSimilarity: Spearman's correlation of "
         "cosines with what people have said of pairs of words."));
  connect(kind_, &QComboBox::activated, this, [this] {
    forget();
    showState();
    scoreNext();
  });
  plot_ = new CurvePlot;
  plot_->setObjectName("wordScorePlot");
  plot_->setAccessibleName(tr("Scores of the word vectors"));
  connect(plot_, &CurvePlot::menuRequested, this, [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  });
  footer_ = new QLabel;
  footer_->setObjectName("wordScoreFooter");
  footer_->setProperty("role", "secondary");
  footer_->setWordWrap(true);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(kind_, 0, Qt::AlignLeft);
  layout->addWidget(plot_, 1);
  layout->addWidget(footer_);
  return content;
}

WordScoresView::Kind WordScoresView::kind() const { return static_cast<Kind>(kind_->currentData().toInt()); }

bool WordScoresView::hasQuestions() const {
  return kind() == Kind::Analogies ? !questions_->analogies.empty() : !questions_->pairs.empty();
}

std::size_t WordScoresView::scoredMoments(int runId) const {
  const auto found = runs_.find(runId);
  return found == runs_.end() ? 0 : found->second.points.size();
}

void WordScoresView::useSample() {
  auto questions = std::make_shared<Questions>(*questions_);
  questions->analogies =
      session().sample() ? session().sample()->questions() : std::vector<AnalogyQuestion>();
  questions_ = std::move(questions);
}

void WordScoresView::forget() {
  job_.cancel();
  plot_->setCurves({});
  runs_.clear();
}

void WordScoresView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    footer_->setFont(session().theme().small);
  }
  if (corpus_ != session().corpus()) {
    corpus_ = session().corpus();
    forget();
    if (source_.isEmpty()) useSample();
  }
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  if (dirty & (kRuns | kCorpus)) showCurves();
  showState();
  scoreNext();
}

/// A few moments of the first run that has some without a score.
void WordScoresView::scoreNext() {
  if (!corpus_ || !hasQuestions() || !isVisible() || !job_.isDue()) return;
  for (const auto& run : session().runs().runs()) {
    const auto history = run->trainer ? run->trainer->history() : nullptr;
    if (!history || !isWordVectors(run->trainer->config().modelId)) continue;
    RunScores& known = runs_[run->id];
    std::vector<std::shared_ptr<const HistoryFrame>> frames;
    for (const auto& frame : someOf(history->frames()))
      if (frame->words() > 0 && !known.steps.contains(frame->step)) frames.push_back(frame);
    if (frames.empty()) continue;
    // The newest and some of the others: the curve is there at once and becomes finer.
    if (frames.size() > kMomentsAtOnce) {
      std::vector<std::shared_ptr<const HistoryFrame>> some;
      for (std::size_t i = 0; i < kMomentsAtOnce; ++i)
        some.push_back(frames[i * (frames.size() - 1) / (kMomentsAtOnce - 1)]);
      frames = std::move(some);
    }
    for (const auto& frame : frames) known.steps.insert(frame->step);
    job_.run(
        [id = run->id, frames, questions = questions_, corpus = corpus_,
         kind = kind()](std::stop_token stop) {
          Scored scored;
          scored.runId = id;
          EmbeddingTable table;
          for (const auto& frame : frames) {
            if (stop.stop_requested()) break;
            frame->decode(table);
            MetricPoint point;
            point.step = frame->step;
            point.epoch = frame->epoch;
            point.seconds = frame->seconds;
            if (kind == Kind::Analogies) {
              const auto scores =
                  evaluateAnalogies(table, corpus->vocabulary(), questions->analogies, 0, {{}, stop});
              if (scores.empty()) break;
              point.loss = scores.back().accuracy();
              scored.asked = scores.back().asked;
            } else {
              const SimilarityScore score = evaluateSimilarity(table, corpus->vocabulary(), questions->pairs);
              point.loss = score.spearman;
              scored.asked = score.asked;
            }
            scored.points.push_back(point);
          }
          return scored;
        },
        [this](Scored scored) { adopt(std::move(scored)); });
    return;
  }
}

void WordScoresView::adopt(Scored scored) {
  RunScores& run = runs_[scored.runId];
  run.asked = scored.asked;
  run.points.insert(run.points.end(), scored.points.begin(), scored.points.end());
  std::ranges::sort(run.points, {}, &MetricPoint::step);
  showCurves();
  showState();
  scoreNext();
}

void WordScoresView::showCurves() {
  plot_->setCurves({});
  std::vector<Curve> curves;
  for (const auto& run : session().runs().runs()) {
    const auto found = runs_.find(run->id);
    if (found == runs_.end() || !run->visible) continue;
    RunScores& scores = found->second;
    scores.series = CurveSeries();
    scores.series.setSmoothing(0);
    scores.series.append(scores.points);
    curves.push_back({run->id, run->name, run->color, &scores.series, nullptr, false, 0, 0});
  }
  plot_->setAxisTitles(tr("step"), kind() == Kind::Analogies ? tr("share right") : tr("rank correlation"));
  plot_->setCurves(std::move(curves));
}

void WordScoresView::showState() {
  const bool runs = std::ranges::any_of(session().runs().runs(), [](const auto& run) {
    return run->trainer && isWordVectors(run->trainer->config().modelId);
  });
  const bool can = corpus_ && hasQuestions() && runs;
  stack_->setCurrentIndex(can || (corpus_ && runs && kind() == Kind::Similarity) ? 1 : 0);
  if (stack_->currentIndex() == 0) {
    const QString promise =
        tr("Here stands how good word vectors become while they are learned: analogies that are "
           "right, and similarity as people see it.");
    if (!corpus_)
      empty_->setContent(promise, tr("Open text..."));
    else if (!hasQuestions())
      empty_->setContent(promise + u' ' + tr("This text brings no questions; choose a file of them."),
                         tr("Analogy questions..."));
    else
      empty_->setContent(promise, session().runs().canTrain() ? tr("Train") : QString());
    return;
  }
  if (!hasQuestions())
    return footer_->setText(tr("Choose a file of pairs with ratings (WordSim-353, SimLex-999) in the menu."));
  std::size_t asked = 0;
  for (const auto& [id, scores] : runs_) asked = std::max(asked, scores.asked);
  const QString name = source_.isEmpty() ? tr("those of the sample") : QFileInfo(source_).fileName();
  footer_->setText(
      tr("%1 questions have vectors (%2); of the kept moments, whose words are the most frequent.")
          .arg(formatCount(asked), name));
}

void WordScoresView::choose() {
  const bool pairs = kind() == Kind::Similarity;
  const QString path =
      QFileDialog::getOpenFileName(this, pairs ? tr("Pairs with ratings") : tr("Analogy questions"), {},
                                   tr("Texts (*.txt *.csv *.tsv);;All files (*)"));
  if (path.isEmpty()) return;
  pairs ? openPairs(path) : openAnalogies(path);
}

void WordScoresView::openAnalogies(const QString& path) {
  auto read = readAnalogyQuestions(pathOf(path));
  if (!read) return session().reportError(read.error());
  auto questions = std::make_shared<Questions>(*questions_);
  questions->analogies = std::move(*read);
  questions_ = std::move(questions);
  source_ = path;
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(Kind::Analogies)));
  forget();
  showState();
  scoreNext();
}

void WordScoresView::openPairs(const QString& path) {
  auto read = readSimilarityPairs(pathOf(path));
  if (!read) return session().reportError(read.error());
  auto questions = std::make_shared<Questions>(*questions_);
  questions->pairs = std::move(*read);
  questions_ = std::move(questions);
  source_ = path;
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(Kind::Similarity)));
  forget();
  showState();
  scoreNext();
}

void WordScoresView::fillMenu(QMenu& menu) {
  const auto open = [this](Kind kind) {
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(kind)));
    choose();
  };
  menu.addAction(tr("Analogy questions..."), this, [open] { open(Kind::Analogies); });
  menu.addAction(tr("Pairs with ratings..."), this, [open] { open(Kind::Similarity); });
  menu.addSeparator();
  addExportActions(menu, this, [this] {
    PlotSource source;
    source.name = tr("word scores");
    source.size = plot_->size();
    source.paint = [this](QPaintDevice& device) { plot_->paintOn(device); };
    source.csv = [this] {
      std::string csv = "run,step,epoch,seconds,score\r\n";
      for (const auto& [id, scores] : runs_)
        for (const MetricPoint& point : scores.points)
          csv += std::to_string(id) + ',' + std::to_string(point.step) + ',' + csvNumber(point.epoch) + ',' +
                 csvNumber(point.seconds) + ',' + csvNumber(point.loss) + "\r\n";
      return csv;
    };
    source.failed = [this](const Error& error) { session().reportError(error); };
    source.summary = [this] { return textSummary(); };
    return source;
  });
}

QString WordScoresView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  QStringList lines;
  for (const auto& run : session().runs().runs()) {
    const auto found = runs_.find(run->id);
    if (found == runs_.end() || found->second.points.empty()) continue;
    const auto& points = found->second.points;
    const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
    lines << tr("%1: from %2 to %3").arg(run->name, number(points.front().loss), number(points.back().loss));
  }
  return lines.isEmpty() ? footer_->text() : lines.join(QStringLiteral("; "));
}

QJsonObject WordScoresView::saveState() const { return {{"kind", kind_->currentIndex()}}; }

void WordScoresView::restoreState(const QJsonObject& state) {
  kind_->setCurrentIndex(std::clamp(state["kind"].toInt(), 0, 1));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tokens_view.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/models/sequence_text.h"
#include "core/text/fold_word.h"
#include "ui/models/corpus_text.h"
#include "ui/models/merge_model.h"
#include "ui/plot/curve_plot.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/token_text.h"
#include "ui/widgets/token_ways.h"
#include "ui/widgets/work_bar.h"

namespace lexarium {
namespace {

constexpr std::size_t kExcerptBytes = 900;
constexpr int kPlayMs = 500;
constexpr int kWide = 95;  // characters; from there on there is room for the curve
constexpr int kCurve = 1;
constexpr double kMarked = 0.75;
const char* const kModel = "lstm";  // if no language model is chosen

}  // namespace

TokensView::TokensView(Session& session, QWidget* parent) : View(session, parent), empty_(new EmptyState) {
  setObjectName("tokensView");
  series_.setSmoothing(0);
  connect(empty_, &EmptyState::activated, this, [this] {
    if (!this->session().corpus()) return void(triggerWindowAction(this, "openText"));
    gaveUp_ = false;
    count();
  });
  tabs_ = new QTabWidget;
  tabs_->setObjectName("tokensTabs");
  tabs_->setDocumentMode(true);
  tabs_->addTab(makeMerges(), tr("Merges"));
  tabs_->addTab(makeWays(), tr("Ways to cut"));
  connect(tabs_, &QTabWidget::currentChanged, this, [this] { showWays(); });
  work_ = new WorkBar;
  connect(work_, &WorkBar::cancelled, this, &TokensView::cancelWork);
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, this,
          [this](const Error& error) { this->session().reportError(error); });
  auto* layout = tightLayout<QVBoxLayout>(this);
  stack_ = new QStackedLayout;
  stack_->addWidget(empty_);
  stack_->addWidget(tabs_);
  layout->addLayout(stack_, 1);
  layout->addWidget(work_);
  layout->addWidget(export_);
  playTimer_.setInterval(kPlayMs);
  connect(&playTimer_, &QTimer::timeout, this, [this] {
    if (!isVisible()) return setPlaying(false);
    if (!job_.isRunning()) step();
  });
}

void TokensView::refresh(unsigned dirty) {
  const Theme& theme = session().theme();
  if (dirty & kTheme) {
    text_->setTheme(theme);
    mergeTable_->setTheme(theme);
    nextTable_->setTheme(theme);
    curve_->setTheme(theme);
    showFingerprint();
    ways_->setTheme(theme);
    status_->setFont(theme.small);
    nextTitle_->setFont(theme.body);
    if (study_) showMoment(shown_);
  }
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    cancelWork();
    corpus_ = session().corpus();
    study_ = nullptr;
    moments_.clear();
    gaveUp_ = false;
    waysFor_ = 0;
    characters_ = words_ = pieces_ = nullptr;
    excerpt_.clear();
    own_->clear();
    chosen_->hide();
  }
  if (!study_ && !job_.isRunning() && !gaveUp_ && corpus_ && corpus_->hasText()) count();
  if ((dirty & kFocus) && corpus_ && session().selection().focus()) {
    const TokenIndex focus = *session().selection().focus();
    const std::size_t sentence = corpus_->sentenceOf(focus);
    setPlace(corpus_->documentOf(focus), corpus_->textRange(corpus_->sentence(sentence).begin).begin);
  }
  stack_->setCurrentIndex(study_ ? 1 : 0);
  if (study_) return;
  const QString promise =
      tr("Here a text is cut into tokens before your eyes: the most frequent pair becomes one, "
         "again and again.");
  const bool text = corpus_ && corpus_->hasText();
  empty_->setContent(corpus_ && !text ? withoutText() : promise, !corpus_          ? tr("Open text...")
                                                                 : text && gaveUp_ ? tr("Count the text")
                                                                                   : QString());
}

std::size_t TokensView::wanted() const { return static_cast<std::size_t>(vocabulary_->value()); }

/// Begins anew, with as many characters as the chosen vocabulary has room for.
void TokensView::count() {
  counting_ = true;
  auto work = [corpus = corpus_, vocabulary = wanted(), progress = work_->begin()](std::stop_token stop) {
    return BpeStudy::create(corpus, vocabulary, {progress, std::move(stop)});
  };
  job_.run(std::move(work), [this](Expected<std::shared_ptr<BpeStudy>> study) {
    work_->end();
    counting_ = false;
    if (!study) {
      gaveUp_ = true;
      session().reportError(study.error());
      return markDirty(kRuns);
    }
    study_ = std::move(*study);
    moments_.clear();
    series_ = CurveSeries();
    series_.setSmoothing(0);
    merges_->setRows({}, study_->tokenizer(0));
    takeMoments();
    stack_->setCurrentIndex(1);
    if (excerpt_.empty()) setPlace(0, 0);
    showMoment(0);
    showWays();
    if (std::exchange(mergeAfterCount_, false)) toVocabulary();
  });
  showButtons();
}

void TokensView::takeMoments() {
  const std::size_t known = moments_.size();
  const auto added = study_->moments(known);
  moments_.insert(moments_.end(), added.begin(), added.end());
  known_ = study_->tokenizer(knownMerges());
  std::vector<MergeModel::Row> rows;
  std::vector<MetricPoint> points;
  for (std::size_t i = known; i < moments_.size(); ++i) {
    if (i > 0) rows.push_back({i, moments_[i - 1].next.front(), moments_[i].textTokens});
    MetricPoint point;
    point.step = study_->firstTokens() + i;
    point.loss = static_cast<double>(moments_[i].textTokens) /
                 static_cast<double>(std::max<std::uint64_t>(1, study_->characters()));
    points.push_back(point);
  }
  merges_->append(rows, known_);
  series_.append(points);
  curve_->setCurves({{kCurve, QString(), session().theme().accent, &series_}});
  curve_->updateData();
  showFingerprint();
}

/// That of the tokens that have been learned.
void TokensView::showFingerprint() {
  const bool wanted = session().theme().fingerprints && study_ && known_;
  curve_->setFingerprint(wanted ? toQString(tokensFingerprint(*known_)).left(8) : QString());
}

void TokensView::goTo(std::size_t merges) {
  if (!study_) return;
  merges <= knownMerges() ? showMoment(merges) : learnTo(merges);
}

void TokensView::learnTo(std::size_t merges) {
  counting_ = mergeAfterCount_ = false;
  auto work = [study = study_, merges, progress = work_->begin()](std::stop_token stop) {
    return study->learn(merges, {progress, std::move(stop)});
  };
  job_.run(std::move(work), [this, merges](const Expected<void>&) {
    work_->end();
    takeMoments();
    showMoment(std::min(merges, knownMerges()));
  });
  showButtons();
}

void TokensView::cancelWork() {
  const bool sameText = corpus_ == session().corpus();
  const bool learning = sameText && study_ && job_.isRunning() && !counting_;
  const bool cutting = sameText && waysJob_.isRunning();
  const bool counting = std::exchange(counting_, false);
  mergeAfterCount_ = false;
  job_.cancel();
  waysJob_.cancel();
  work_->end();
  setPlaying(false);
  if (learning) {  // what has been merged stays
    takeMoments();
    showMoment(knownMerges());
  }
  if (cutting) {
    waysNote_ = tr("Cancelled");
    showWays();
  }
  showButtons();
  if (!counting || study_) return;
  gaveUp_ = true;
  markDirty(kRuns);
}

void TokensView::step() { goTo(shown_ + 1); }

void TokensView::back() {
  setPlaying(false);
  if (shown_ > 0) goTo(shown_ - 1);
}

void TokensView::toBeginning() {
  setPlaying(false);
  goTo(0);
}

void TokensView::toVocabulary() {
  setPlaying(false);
  if (!study_) return;
  // Another vocabulary may have room for other characters: then everything is counted anew.
  const std::size_t characters = wanted() - wanted() / 2;
  const std::size_t before = study_->vocabulary() - study_->vocabulary() / 2;
  const bool someLeftOut = study_->firstTokens() > before;
  const bool recount = someLeftOut ? characters != before : study_->firstTokens() > characters;
  if (!recount) return goTo(wanted() - std::min(wanted(), study_->firstTokens()));
  mergeAfterCount_ = true;
  count();
}

void TokensView::playOrPause() { setPlaying(!playTimer_.isActive()); }

void TokensView::setPlaying(bool playing) {
  playing ? playTimer_.start() : playTimer_.stop();
  play_->setText(playing ? tr("Pause") : tr("Run"));
}

void TokensView::showMoment(std::size_t merges) {
  shown_ = merges;
  cutter_ = study_->tokenizer(merges);
  merges_->setReached(merges, session().theme().secondary);
  if (merges > 0) {
    const QModelIndex row = merges_->index(static_cast<int>(merges) - 1, 0);
    mergeTable_->setCurrentIndex(row);
    mergeTable_->scrollTo(row);
  } else {
    mergeTable_->clearSelection();
    mergeTable_->scrollToTop();
  }
  curve_->setMarkedStep(kCurve, study_->firstTokens() + merges);
  showNext();
  showExcerpt();
  showStatus();
  showButtons();
  fitTables();
  if (tabs_->currentIndex() == 1) showWays();
}

/// A narrow dock keeps what cannot be done without.
void TokensView::fitTables() {
  const bool wide = width() >= kWide * QFontMetrics(font()).averageCharWidth();
  curve_->setVisible(wide);
  mergeTable_->setColumnHidden(MergeModel::kTextTokens, !wide);
}

void TokensView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  fitTables();
}

void TokensView::showNext() {
  const auto& next = moments_[shown_].next;
  std::vector<MergeModel::Row> rows;
  for (const auto& step : next) rows.push_back({0, step, 0});
  next_->setRows(std::move(rows), known_);
  nextTitle_->setText(next.empty() ? tr("No pair occurs twice: nothing is left to merge.")
                                   : tr("Next: %1, %2 times")
                                         .arg(next_->text(next_->rows()[0], MergeModel::kPair),
                                              formatCount(next.front().count)));
  if (next.empty()) setPlaying(false);
}

void TokensView::showExcerpt() {
  cut_ = cutExcerpt(*cutter_, excerpt_);
  std::vector<TokenId> ids;
  for (const CutToken& token : cut_) ids.push_back(token.id);
  const Theme& theme = session().theme();
  std::vector<QColor> colors = pieceColors(theme, ids);
  QColor marked = theme.selection;
  marked.setAlphaF(kMarked);
  // The pair that comes next, where it stands here.
  const auto& next = moments_[shown_].next;
  for (std::size_t i = 0; !next.empty() && i + 1 < cut_.size(); ++i) {
    if (BpeMerge{ids[i], ids[i + 1]} != next.front().merge || cut_[i].piece != cut_[i + 1].piece) continue;
    colors[i] = colors[i + 1] = marked;
    ++i;
  }
  std::vector<TokenMark> marks;
  for (std::size_t i = 0; i < cut_.size(); ++i) {
    const ByteRange range = cut_[i].range;
    marks.push_back({toQString(std::string_view(excerpt_).substr(range.begin, range.end - range.begin)),
                     colors[i], ids[i] == cutter_->unknown()});
  }
  text_->setTokens(std::move(marks));
}

void TokensView::showStatus() {
  const BpeMoment& moment = moments_[shown_];
  const auto tokens = static_cast<double>(std::max<std::uint64_t>(1, moment.textTokens));
  status_->setText(
      tr("%1 different tokens after %2 merges. The text: %3 characters, now %4 tokens; on average a "
         "token has %5 characters. Orange: the pair that is merged next.")
          .arg(formatCount(study_->firstTokens() + shown_), formatCount(shown_),
               formatCount(study_->characters()), formatCount(moment.textTokens),
               formatValue(static_cast<double>(study_->characters()) / tokens)));
}

void TokensView::showButtons() {
  const bool more = study_ && !moments_.empty() && !moments_[shown_].next.empty();
  step_->setEnabled(more && !job_.isRunning());
  play_->setEnabled(more);
  back_->setEnabled(shown_ > 0);
  begin_->setEnabled(shown_ > 0);
  go_->setEnabled(!job_.isRunning());
  train_->setEnabled(session().runs().canTrain());
}

void TokensView::setPlace(std::size_t document, std::size_t byte) {
  const std::string_view text = corpus_->document(document).text;
  const std::size_t begin = std::min(byte, text.size());
  std::size_t end = std::min(text.size(), begin + kExcerptBytes);
  while (end < text.size() && end > begin && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  excerpt_ = text.substr(begin, end - begin);
  if (study_ && cutter_) showExcerpt();
}

void TokensView::otherPlace() {
  if (!corpus_ || corpus_->sentenceCount() == 0) return;
  const std::size_t sentence = rng_.below(static_cast<std::uint32_t>(corpus_->sentenceCount()));
  const TokenIndex first = corpus_->sentence(sentence).begin;
  setPlace(corpus_->documentOf(first), corpus_->textRange(first).begin);
}

/// The token's word, if it is one, is selected everywhere.
void TokensView::chooseToken(int token) {
  const ByteRange range = cut_[static_cast<std::size_t>(token)].range;
  std::string_view word = std::string_view(excerpt_).substr(range.begin, range.end - range.begin);
  while (word.starts_with(' ')) word.remove_prefix(1);
  const auto id = word.empty() ? std::nullopt : findFolded(corpus_->vocabulary(), word);
  chosen_->setText(tooltipOf(token));
  chosen_->show();
  if (id) session().selection().select(*id);
}

QString TokensView::tooltipOf(int token) const {
  if (token < 0 || static_cast<std::size_t>(token) >= cut_.size()) return {};
  const CutToken& at = cut_[static_cast<std::size_t>(token)];
  const QString label = toQString(cutter_->label(at.id));
  QString text = tr("%1: token number %2").arg(label).arg(at.id);
  if (at.id >= study_->firstTokens() - (cutter_->unknown() == kNoToken ? 0 : 1) &&
      at.id != cutter_->unknown()) {
    const std::size_t merge = at.id + (cutter_->unknown() == kNoToken ? 0 : 1) - study_->firstTokens();
    const MergeModel::Row& row = merges_->rows()[merge];
    text += u'\n' + tr("Merge %1: %2, %3 times")
                        .arg(merges_->text(row, MergeModel::kStep), merges_->text(row, MergeModel::kPair),
                             merges_->text(row, MergeModel::kCount));
  }
  std::string_view word = std::string_view(excerpt_).substr(at.range.begin, at.range.end - at.range.begin);
  while (word.starts_with(' ')) word.remove_prefix(1);
  const auto id = word.empty() ? std::nullopt : findFolded(corpus_->vocabulary(), word);
  if (id) text += u'\n' + tr("The word %1: %2").arg(wordText(*corpus_, *id), occurrenceText(*corpus_, *id));
  return text;
}

void TokensView::trainWithThese() {
  RunConfig config = session().runs().nextConfig();
  const ModelInfo* chosen = findModel(config.modelId);
  if (!chosen || chosen->kind != ModelInfo::Kind::Sequence) {
    chosen = findModel(kModel);
    config.modelId = kModel;
    config.params = presetFor(*chosen, *corpus_);
  }
  config.params.set("tokens", std::string(tokenizerName(Tokenizer::Kind::Subwords)));
  config.params.set("vocabulary", static_cast<std::int64_t>(study_->firstTokens() + shown_));
  session().runs().setNextConfig(config);
  triggerWindowAction(this, "workspace_sequence");
}

/// The other ways to cut, each learned from the whole text.
void TokensView::makeTokenizers() {
  struct Made {
    Expected<TokenizerPtr> characters, pieces;
    Expected<std::shared_ptr<const WordTokenizer>> words;
  };
  waysFor_ = wanted();
  characters_ = words_ = pieces_ = nullptr;
  waysNote_ = tr("Being learned");
  auto work = [corpus = corpus_, most = waysFor_, progress = work_->begin()](std::stop_token stop) {
    const auto texts = textsOf(*corpus);
    return Made{makeCharacterTokenizer(texts, most),
                trainSentencePieces(texts, most, most - most / 2, {progress, std::move(stop)}),
                makeWordTokenizer(*corpus, 1, most)};
  };
  waysJob_.run(std::move(work), [this](const Made& made) {
    work_->end();
    if (made.characters) characters_ = *made.characters;
    if (made.words) words_ = *made.words;
    if (made.pieces) pieces_ = *made.pieces;
    waysNote_ = made.pieces ? QString() : toQString(made.pieces.error().message());
    showWays();
  });
}

void TokensView::showWays() {
  if (tabs_->currentIndex() != 1 || !study_ || !corpus_) return;
  if (waysFor_ != wanted() && !job_.isRunning()) makeTokenizers();
  if (own_->text().isEmpty()) {
    const ByteRange first = corpus_->textRange(corpus_->sentence(0).begin);
    const TokenRange sentence = corpus_->sentence(0);
    const ByteRange last = corpus_->textRange(sentence.end - 1);
    const std::string_view text = corpus_->document(0).text;
    own_->setText(oneLine(toQString(text.substr(first.begin, last.end - first.begin)), 120));
  }
  ways_->setWays({{tr("Characters"), characters_, waysNote_},
                  {tr("Words"), words_, waysNote_},
                  {tr("Subwords after %1 merges").arg(formatCount(shown_)), cutter_, {}},
                  {tr("SentencePiece"), pieces_, waysNote_}});
}

void TokensView::fillMenu(QMenu& menu) {
  QAction* save = menu.addAction(tr("Export merges as CSV..."), this, [this] {
    export_->askAndSave(
        "merges.csv",
        [rows = merges_->rows(), known = known_](CsvWriter& csv,
                                                 const TaskContext& context) -> Expected<void> {
          const std::string names[] = {"merge", "left", "right", "token", "count", "tokens in the text"};
          if (auto done = csv.row(names); !done) return done;
          for (const MergeModel::Row& row : rows) {
            if (context.stopRequested()) return cancelled();
            const auto text = [&](TokenId id) { return std::string(known->text(id)); };
            const std::string fields[] = {std::to_string(row.step),        text(row.merge.merge.left),
                                          text(row.merge.merge.right),     text(row.merge.id),
                                          std::to_string(row.merge.count), std::to_string(row.textTokens)};
            if (auto done = csv.row(fields); !done) return done;
          }
          return {};
        });
  });
  save->setObjectName("exportMerges");
  save->setEnabled(knownMerges() > 0);
}

QString TokensView::textSummary() const {
  if (!study_) return empty_->sentence();
  return tabs_->currentIndex() == 1 ? ways_->summary() : status_->text() + u' ' + nextTitle_->text();
}

QJsonObject TokensView::saveState() const {
  return {{"vocabulary", vocabulary_->value()}, {"tab", tabs_->currentIndex()}};
}

void TokensView::restoreState(const QJsonObject& state) {
  vocabulary_->setValue(state["vocabulary"].toDouble(vocabulary_->value()));
  tabs_->setCurrentIndex(state["tab"].toInt());
}

}  // namespace lexarium

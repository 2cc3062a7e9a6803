// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/neighbours_view.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSpinBox>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/cpu_time.h"
#include "ui/models/corpus_text.h"
#include "ui/models/neighbour_model.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/word_chips.h"

namespace lexarium {
namespace {

/// Rarer words have vectors that say little.
constexpr std::uint64_t kDoubtfulCount = 20;
constexpr int kShortestPauseMs = 250;
/// Moments of the run's history in which neighbours are looked for, too.
constexpr std::size_t kMomentsToJudge = 10;
/// Pause between two searches, in times of what one costs.
constexpr double kPausePerCost = 25;

CsvRows neighbourRows(std::shared_ptr<const Corpus> corpus, TokenId id, std::vector<Neighbour> neighbours,
                      Similarity similarity) {
  return [=](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    const Vocabulary& vocabulary = corpus->vocabulary();
    const std::vector<std::string> title{"word", "neighbour",
                                         similarity == Similarity::Cosine ? "cosine" : "distance", "count"};
    if (auto done = writer.row(title); !done) return done;
    for (const auto& neighbour : neighbours) {
      const std::vector<std::string> row{std::string(vocabulary.word(id)),
                                         std::string(vocabulary.word(neighbour.id)),
                                         formatParam(neighbour.score), csvCount(*corpus, neighbour.id)};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
}

}  // namespace

NeighboursView::NeighboursView(Session& session, QWidget* parent)
    : View(session, parent), model_(new NeighbourModel(this)), empty_(new EmptyState) {
  setObjectName("neighboursView");
  connect(empty_, &EmptyState::activated, this,
          [this] { this->session().corpus() ? pickWord() : void(triggerWindowAction(this, "openText")); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  pause_.setSingleShot(true);
  connect(&pause_, &QTimer::timeout, this, [this] {
    if (std::exchange(again_, false)) searchIfNewer();
  });
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
}

QWidget* NeighboursView::makeHeader() {
  Selection& selection = session().selection();
  const auto button = [&](const QString& name, const QString& tip) {
    auto* made = new QToolButton;
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    return made;
  };
  back_ = button("backButton", tr("Back to what was selected before"));
  forward_ = button("forwardButton", tr("Forward again"));
  connect(back_, &QToolButton::clicked, &selection, &Selection::goBack);
  connect(forward_, &QToolButton::clicked, &selection, &Selection::goForward);
  const auto showHistory = [this, &selection] {
    back_->setEnabled(selection.canGoBack());
    forward_->setEnabled(selection.canGoForward());
  };
  connect(&selection, &Selection::historyChanged, this, showHistory);
  showHistory();

  word_ = new ElidedLabel;
  word_->setObjectName("inspectedWord");
  facts_ = new QLabel;
  facts_->setObjectName("wordFacts");
  facts_->setWordWrap(true);
  facts_->setTextFormat(Qt::PlainText);
  facts_->setProperty("role", "secondary");
  chips_ = new WordChips;
  chips_->setObjectName("wordChips");
  connect(chips_, &WordChips::clicked, this, &NeighboursView::inspect);
  connect(chips_, &WordChips::hovered, &selection, &Selection::hover);
  doubt_ = new QLabel;
  doubt_->setObjectName("doubtNote");
  doubt_->setWordWrap(true);
  doubt_->setTextFormat(Qt::PlainText);

  auto* header = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(header);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  auto* line = tightLayout<QHBoxLayout>();
  line->addWidget(word_, 1);
  line->addWidget(back_);
  line->addWidget(forward_);
  layout->addLayout(line);
  layout->addWidget(facts_);
  layout->addWidget(chips_);
  layout->addWidget(doubt_);
  return header;
}

QWidget* NeighboursView::makeControls() {
  count_ = new QSpinBox;
  count_->setObjectName("neighbourCount");
  count_->setRange(10, 50);
  count_->setSingleStep(5);
  count_->setAccessibleName(tr("How many neighbours"));
  count_->setToolTip(tr("How many neighbours are shown"));
  count_->setSuffix(u' ' + tr("nearest"));
  connect(count_, &QSpinBox::valueChanged, this, [this] { search(); });
  measure_ = new QComboBox;
  measure_->setObjectName("neighbourMeasure");
  measure_->addItem(tr("Cosine"), static_cast<int>(Similarity::Cosine));
  measure_->addItem(tr("Euclidean"), static_cast<int>(Similarity::Euclidean));
  measure_->setAccessibleName(tr("How nearness is measured"));
  measure_->setToolTip(tr("Cosine compares directions; Euclidean distance looks at lengths too"));
  connect(measure_, &QComboBox::currentIndexChanged, this, [this] { search(); });
  auto* controls = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(controls);
  layout->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, 0);
  layout->addWidget(count_);
  layout->addWidget(measure_);
  why_ = new QToolButton;
  why_->setObjectName("whyClose");
  why_->setText(tr("Why close?"));
  why_->setToolTip(
      tr("Which contexts and sentences make this word and the marked neighbour (or the nearest) close"));
  connect(why_, &QToolButton::clicked, this, &NeighboursView::askWhyClose);
  layout->addWidget(why_);
  layout->addStretch(1);
  return controls;
}

QWidget* NeighboursView::makeContent() {
  table_ = new LinkedTable;
  table_->setObjectName("neighbourTable");
  table_->setAccessibleName(tr("Nearest words"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  table_->setCursor(Qt::PointingHandCursor);
  table_->horizontalHeader()->setSectionResizeMode(NeighbourModel::kWord, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this, &NeighboursView::walkOn);
  connect(table_, &LinkedTable::widthChanged, this, &NeighboursView::fitColumns);
  connect(table_, &LinkedTable::hovered, &session().selection(), &Selection::hover);
  noNeighbours_ = new EmptyState;
  noNeighbours_->setObjectName("noNeighbours");
  connect(noNeighbours_, &EmptyState::activated, &session().runs(), &RunController::train);
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);
  footer_ = new QLabel;
  footer_->setObjectName("neighbourFooter");
  footer_->setWordWrap(true);
  footer_->setProperty("role", "secondary");
  footer_->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeHeader());
  layout->addWidget(controls_ = makeControls());
  body_ = new QStackedLayout;
  body_->addWidget(table_);
  body_->addWidget(noNeighbours_);
  layout->addLayout(body_, 1);
  layout->addWidget(footer_);
  layout->addWidget(export_);
  return content;
}

Probe NeighboursView::needs() const {
  Probe probe;
  probe.allWords = isVisible() && !session().selection().isEmpty();
  return probe;
}

void NeighboursView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if (dirty & kCorpus) {
    job_.cancel();
    shown_ = {};
    model_->setCorpus(session().corpus());
  }
  const bool any = session().corpus() && !session().selection().isEmpty();
  if (dirty & (kCorpus | kSelection)) {
    if (any != hadSelection_) {
      hadSelection_ = any;
      Q_EMIT needsChanged();
    }
    showWord();
    search();
  } else if (any && (dirty & (kRuns | kFrame))) {
    if (dirty & kRuns) showWord();
    searchIfNewer();
  }
}

void NeighboursView::showWord() {
  const auto& corpus = session().corpus();
  const TokenId id = session().selection().primary();
  if (!corpus) {
    empty_->setContent(tr("Here stands the selected word with the words nearest to it."), tr("Open text..."));
  } else {
    empty_->setContent(tr("Here stands the selected word with the words nearest to it. Click a word in the "
                          "map, the table or the "
                          "text."),
                       tr("Pick a word"));
  }
  const bool any = corpus && id < corpus->vocabulary().size();
  stack_->setCurrentIndex(any ? 1 : 0);
  if (!any) return;
  const Vocabulary& vocabulary = corpus->vocabulary();
  const std::uint64_t count = vocabulary.count(id);
  word_->setText(wordText(*corpus, id));
  const QString rank = formatCount(id + std::uint64_t{1});
  facts_->setText(corpus->hasText()
                      ? tr("rank %1 · %2 times · %3 per million")
                            .arg(rank, formatCount(count), formatPerMillion(count, vocabulary.totalCount()))
                      : tr("word %1 of %2 in the file").arg(rank, formatCount(vocabulary.size())));
  const auto& words = session().selection().words();
  chips_->setVisible(words.size() > 1);
  chips_->setWords(corpus, words.size() > 1 ? words : std::vector<TokenId>{});
  doubt_->setText(tr("Occurs only %1 times: what is learned about it is unsure.").arg(formatCount(count)));
  doubt_->setVisible(corpus->hasText() && !session().runs().isFromFile() && count < kDoubtfulCount &&
                     whyNoVector().isEmpty());
}

QString NeighboursView::whyNoVector() const {
  const auto& vocabulary = session().corpus()->vocabulary();
  const TokenId id = session().selection().primary();
  const auto table = session().runs().vectors();
  const KeptWords kept = keptWords(session().runs(), vocabulary);
  if (session().runs().isFromFile()) {
    return !table || hasVector(*table, id) ? QString() : tr("The file has no vector for this word.");
  }
  if (!session().runs().isLive()) {
    if (!table || hasVector(*table, id)) return {};
    return tr("Of past moments only the %1 most frequent words are kept.")
        .arg(formatCount(static_cast<std::uint64_t>(table->vectors.cols())));
  }
  const bool learned = table ? id < static_cast<std::size_t>(table->vectors.cols()) : id < kept.words;
  if (learned) return {};
  if (vocabulary.count(id) < kept.minimumCount) {
    return tr("This word occurs less than %1 times, the minimum count, so it gets no vector.")
        .arg(formatCount(kept.minimumCount));
  }
  return tr("This word is outside the maximum vocabulary, so it gets no vector.");
}

void NeighboursView::showNeighbours() {
  const TokenId id = session().selection().primary();
  const bool found = shown_.table && shown_.id == id;
  const QString missing = whyNoVector();
  const bool listed = missing.isEmpty() && (found || job_.isRunning()) && model_->rowCount() > 0;
  body_->setCurrentIndex(listed ? 0 : 1);
  controls_->setVisible(missing.isEmpty());
  why_->setEnabled(listed);
  footer_->setVisible(listed);
  if (listed) {
    const auto dimensions = shown_.table->vectors.rows();
    footer_->setText(
        session().runs().isFromFile()
            ? tr("Nearest in all %1 dimensions. Distances on the map are not to be trusted.").arg(dimensions)
            : tr("Nearest in all %1 dimensions, at step %2. Distances on the map are not to be trusted.")
                  .arg(dimensions)
                  .arg(formatCount(shown_.table->step)));
  } else if (!missing.isEmpty()) {
    noNeighbours_->setContent(missing);
  } else if (!session().runs().current()) {
    noNeighbours_->setContent(tr("Its nearest words appear here as soon as something is learned."),
                              tr("Train"));
  } else if (found) {
    noNeighbours_->setContent(tr("No other word has a vector yet."));
  } else {
    noNeighbours_->setContent(tr("Its nearest words appear here with the first vectors of this run."));
  }
}

Similarity NeighboursView::similarity() const {
  return static_cast<Similarity>(measure_->currentData().toInt());
}

NeighboursView::Search NeighboursView::perform(Search search) {
  const double start = threadCpuSeconds();
  if (!search.norms) search.norms = std::make_shared<const Vector>(inverseNorms(search.table->vectors));
  search.neighbours = neighboursOf(*search.table, *search.norms, search.id, search.count, search.similarity);
  if (!search.moments.empty()) {
    std::vector<TokenId> ids;
    for (const Neighbour& neighbour : search.neighbours) ids.push_back(neighbour.id);
    search.stability = neighbourStability(search.id, ids, search.moments, search.similarity);
  }
  search.cpuMilliseconds = 1000 * (threadCpuSeconds() - start);
  return search;
}

void NeighboursView::searchIfNewer() {
  const auto table = session().runs().vectors();
  if (table && table == shown_.table && shown_.id == session().selection().primary()) return;
  if (job_.isRunning() || pause_.isActive()) {
    again_ = true;
    return;
  }
  search();
}

void NeighboursView::search() {
  if (!session().corpus() || session().selection().isEmpty()) {
    job_.cancel();
    return;
  }
  Search next;
  next.table = session().runs().vectors();
  next.id = session().selection().primary();
  next.count = static_cast<std::size_t>(count_->value());
  next.similarity = similarity();
  if (!next.table || next.id >= static_cast<std::size_t>(next.table->vectors.cols())) {
    job_.cancel();
    shown_ = {};
    model_->setNeighbours({}, next.similarity);
    showNeighbours();
    return;
  }
  const Run* run = session().runs().current();
  if (run && run->trainer->history())
    next.moments = momentsToJudge(*run->trainer->history(), next.table->step, kMomentsToJudge);
  if (next.table == shown_.table) next.norms = shown_.norms;
  job_.run([next](std::stop_token) { return perform(next); },
           [this](Search search) { adopt(std::move(search)); });
  showNeighbours();
}

void NeighboursView::adopt(Search search) {
  shown_ = std::move(search);
  model_->setNeighbours(shown_.neighbours, shown_.similarity);
  const bool stable = model_->hasStability();
  model_->setStability(shown_.stability);
  if (stable != model_->hasStability()) fitColumns();
  session().clock().addCost(shown_.cpuMilliseconds);
  pause_.start(std::max(kShortestPauseMs, static_cast<int>(kPausePerCost * shown_.cpuMilliseconds)));
  showNeighbours();
}

void NeighboursView::walkOn(const QModelIndex& index, Qt::KeyboardModifiers modifiers) {
  const TokenId id = model_->idAt(index.row());
  if (id == kNoToken) return;
  if (modifiers & Qt::ControlModifier) {
    session().selection().toggle(id);
  } else {
    session().selection().select(id);
  }
}

/// Selects both, the inspected word last; the view of that name shows the two that were selected last.
void NeighboursView::askWhyClose() {
  const TokenId neighbour = model_->idAt(std::max(0, table_->currentIndex().row()));
  if (neighbour == kNoToken) return;
  session().selection().select({neighbour, session().selection().primary()});
  triggerWindowAction(this, "view_why");
}

void NeighboursView::inspect(TokenId id) {
  auto words = session().selection().words();
  std::erase(words, id);
  words.push_back(id);
  session().selection().select(std::move(words));
}

void NeighboursView::pickWord() {
  // Not the very frequent ones: their neighbours say little.
  const Vocabulary& vocabulary = session().corpus()->vocabulary();
  if (vocabulary.size() == 0) return;
  const TokenId last = static_cast<TokenId>(vocabulary.size() - 1);
  for (TokenId id = std::min<TokenId>(100, last / 4); id < last; ++id) {
    if (toQString(vocabulary.word(id)).size() >= 4 || vocabulary.word(id).size() >= 6) {
      session().selection().select(id);
      return;
    }
  }
  session().selection().select(TokenId{0});
}

void NeighboursView::applyTheme() {
  const Theme& theme = session().theme();
  table_->setTheme(theme);
  word_->setFont(theme.hero);
  facts_->setFont(theme.small);
  footer_->setFont(theme.small);
  doubt_->setFont(theme.small);
  doubt_->setStyleSheet(QStringLiteral("color: %1").arg(theme.warning.name()));
  back_->setIcon(themedIcon("back", theme));
  forward_->setIcon(themedIcon("forward", theme));
  fitColumns();
}

/// The count gives way to the words in a narrow dock.
void NeighboursView::fitColumns() {
  const QFontMetrics metrics(session().theme().numbers);
  const QFontMetrics title(QApplication::font("QHeaderView"));
  const auto fit = [&](int column, const QString& widest, int more) {
    const QString name = model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int width = std::max(metrics.horizontalAdvance(widest) + more,
                               title.horizontalAdvance(name) + 2 * Theme::kSpace) +
                      4 * Theme::kSpace;
    table_->setColumnWidth(column, width);
    return width;
  };
  const int width = table_->viewport()->width();
  const int word = 12 * metrics.averageCharWidth();
  const int score = fit(NeighbourModel::kScore, QStringLiteral("0.000"), std::max(0, width / 6));
  const int count = fit(NeighbourModel::kCount, QStringLiteral("000,000"), 0);
  const int stable = fit(NeighbourModel::kStable, QStringLiteral("100 %"), 0);
  const bool judged = model_->hasStability() && width >= word + score + stable;
  table_->setColumnHidden(NeighbourModel::kStable, !judged);
  table_->setColumnHidden(NeighbourModel::kCount, width < word + score + (judged ? stable : 0) + count);
}

void NeighboursView::showHover(TokenId id) { table_->setHovered(id); }

void NeighboursView::exportTable() {
  if (model_->rowCount() == 0) return;
  export_->askAndSave(tr("neighbours of %1").arg(word_->text()) + QStringLiteral(".csv"),
                      neighbourRows(session().corpus(), shown_.id, shown_.neighbours, shown_.similarity));
}

void NeighboursView::fillMenu(QMenu& menu) {
  auto* action = menu.addAction(tr("Export table as CSV..."), this, &NeighboursView::exportTable);
  action->setObjectName("exportCsv");
  action->setEnabled(model_->rowCount() > 0);
  menu.addAction(tr("Why close?"), this, &NeighboursView::askWhyClose)->setEnabled(model_->rowCount() > 0);
}

QJsonObject NeighboursView::saveState() const {
  return {{"count", count_->value()}, {"euclidean", similarity() == Similarity::Euclidean}};
}

void NeighboursView::restoreState(const QJsonObject& state) {
  count_->setValue(state["count"].toInt(count_->value()));
  measure_->setCurrentIndex(state["euclidean"].toBool() ? 1 : 0);
}

QString NeighboursView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  QString text = QStringLiteral("%1: %2.").arg(word_->text(), facts_->text());
  QStringList words;
  for (std::size_t i = 0; i < std::min<std::size_t>(5, shown_.neighbours.size()); ++i) {
    words << wordText(*session().corpus(), shown_.neighbours[i].id);
  }
  if (!words.isEmpty()) text += u' ' + tr("Nearest: %1.").arg(words.join(QStringLiteral(", ")));
  return text;
}

}  // namespace lexarium

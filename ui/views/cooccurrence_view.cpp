// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/cooccurrence_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QResizeEvent>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "core/analysis/neighbours.h"
#include "ui/models/corpus_text.h"
#include "ui/models/joint_lines_model.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/joint_line_delegate.h"

namespace lexarium {
namespace {

constexpr std::size_t kListedPlaces = 1000;
constexpr int kFewestWords = 2;
constexpr int kMostWords = 300;
constexpr int kUsualWords = 24;
/// Of so many times as many frequent words those are shown that keep the most telling company.
constexpr std::size_t kCandidates = 8;

bool sameRule(const CooccurrenceRule& a, const CooccurrenceRule& b) {
  return a.window == b.window && a.limits.minimumCount == b.limits.minimumCount &&
         a.limits.maximumWords == b.limits.maximumWords && a.limits.crossSentences == b.limits.crossSentences;
}

}  // namespace

CooccurrenceView::CooccurrenceView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState) {
  setObjectName("cooccurrenceView");
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeControls());
  splitter_ = new QSplitter(Qt::Vertical);
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(makeMaps());
  splitter_->addWidget(makeContexts());
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  contexts_->hide();
  layout->addWidget(splitter_, 1);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
}

QWidget* CooccurrenceView::makeControls() {
  show_ = new QComboBox;
  show_->setObjectName("cooccurrenceShow");
  show_->addItem(tr("Counts"), static_cast<int>(Show::Count));
  show_->addItem(tr("Log counts"), static_cast<int>(Show::LogCount));
  show_->addItem(tr("More than by chance (PPMI)"), static_cast<int>(Show::Ppmi));
  show_->addItem(tr("Text, model and difference"), static_cast<int>(Show::Compare));
  show_->setAccessibleName(tr("What the colours show"));
  show_->setToolTip(
      tr("Counts: near words count more, as GloVe counts. PPMI: how much more often than two words "
         "of their frequencies would meet by chance. The last one is for GloVe, which learns log "
         "counts."));
  connect(show_, &QComboBox::activated, this, [this] { chosen_ = true; });
  connect(show_, &QComboBox::currentIndexChanged, this, [this] {
    showMaps();
    Q_EMIT needsChanged();
  });
  count_ = new QSpinBox;
  count_->setObjectName("cooccurrenceWords");
  count_->setRange(kFewestWords, kMostWords);
  count_->setValue(kUsualWords);
  count_->setSuffix(u' ' + tr("words"));
  count_->setAccessibleName(tr("How many words"));
  count_->setToolTip(tr("How many words are shown, unless two or more are selected"));
  count_->setKeyboardTracking(false);
  connect(count_, &QSpinBox::valueChanged, this, [this] { count(false); });
  source_ = new ElidedLabel;
  source_->setObjectName("cooccurrenceSource");
  source_->setForegroundRole(QPalette::PlaceholderText);
  auto* bar = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(bar);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->addWidget(show_);
  layout->addWidget(count_);
  layout->addWidget(source_, 1);
  return bar;
}

QWidget* CooccurrenceView::makeMaps() {
  auto* maps = new QWidget;
  mapsLayout_ = new QGridLayout(maps);
  mapsLayout_->setContentsMargins(0, 0, 0, 0);
  mapsLayout_->setSpacing(Theme::kSpace);
  const QString names[] = {tr("Co-occurrence in the text"), tr("What the model makes of it"),
                           tr("Difference of model and text")};
  for (std::size_t i = 0; i < plots_.size(); ++i) {
    auto* plot = plots_[i] = new HeatmapPlot;
    plot->setObjectName(QStringLiteral("cooccurrencePlot%1").arg(i));
    plot->setAccessibleName(names[i]);
    plot->setTooltip([this](const HeatmapCell& cell) { return tooltip(cell); });
    plot->setVisible(i == 0);
    mapsLayout_->addWidget(plot, 0, static_cast<int>(i));
    connect(plot, &HeatmapPlot::cellClicked, this, &CooccurrenceView::listPlaces);
    connect(plot, &HeatmapPlot::currentChanged, this,
            [this, i](const std::optional<HeatmapCell>& cell) { point(i, cell); });
    connect(plot, &HeatmapPlot::viewMoved, this, [this, i] {
      for (HeatmapPlot* other : plots_)
        if (other != plots_[i]) other->showLike(*plots_[i]);
    });
    connect(plot, &HeatmapPlot::menuRequested, this, [this](const QPoint& place) {
      QMenu menu(this);
      fillMenu(menu);
      menu.exec(place);
    });
  }
  return maps;
}

QWidget* CooccurrenceView::makeContexts() {
  contexts_ = new QWidget;
  contextsTitle_ = new ElidedLabel;
  contextsTitle_->setObjectName("contextsTitle");
  auto* close = new QToolButton;
  close->setObjectName("closeContexts");
  close->setText(QStringLiteral("×"));
  close->setAutoRaise(true);
  close->setToolTip(tr("Close the list"));
  close->setAccessibleName(tr("Close the list"));
  connect(close, &QToolButton::clicked, contexts_, &QWidget::hide);
  lines_ = new JointLinesModel(this);
  table_ = new LinkedTable;
  table_->setObjectName("jointLines");
  table_->setAccessibleName(tr("Places where both words stand together"));
  table_->setLinkedDelegate(new JointLineDelegate(table_));
  table_->setModel(lines_);
  table_->horizontalHeader()->setSectionResizeMode(JointLinesModel::kLine, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this, &CooccurrenceView::openPlace);
  export_ = new CsvExport;
  auto* layout = tightLayout<QVBoxLayout>(contexts_);
  auto* line = tightLayout<QHBoxLayout>();
  line->setContentsMargins(2 * Theme::kSpace, 0, Theme::kSpace, 0);
  line->addWidget(contextsTitle_, 1);
  line->addWidget(close);
  layout->addLayout(line);
  layout->addWidget(table_, 1);
  layout->addWidget(export_);
  contexts_->setMinimumHeight(24 * Theme::kSpace);
  return contexts_;
}

bool CooccurrenceView::isGlove() const {
  const Run* run = session().runs().current();
  return run && run->trainer->config().modelId == "glove";
}

CooccurrenceView::Show CooccurrenceView::shown() const {
  return static_cast<Show>(show_->currentData().toInt());
}

bool CooccurrenceView::comparesNow() const { return shown() == Show::Compare && isGlove(); }

CooccurrenceRule CooccurrenceView::rule() const {
  const Run* run = session().runs().current();
  return CooccurrenceRule::fromParams(run ? run->trainer->config().params
                                          : session().runs().nextConfig().params);
}

Probe CooccurrenceView::needs() const {
  Probe probe;
  if (isVisible() && comparesNow() && hasCounted_) {
    probe.rows.words = words();
    probe.rows.outputs = words();
  }
  return probe;
}

void CooccurrenceView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if (dirty & kFingerprint)
    for (HeatmapPlot* plot : plots_) plot->setFingerprint(fingerprint());
  if (dirty & kCorpus) {
    countJob_.cancel();
    placesJob_.cancel();
    counted_ = {};
    hasCounted_ = false;
    ownSelection_.clear();
    contexts_->hide();
    lines_->setPlaces(nullptr, {});
    asked_ = {};
  }
  if (!session().runs().canTrain()) {
    empty_->setContent(session().corpus()
                           ? withoutText()
                           : tr("How often words stand near each other, as a matrix of coloured squares."),
                       tr("Open text..."));
    stack_->setCurrentIndex(0);
    return;
  }
  if (dirty & (kCorpus | kRuns)) {
    // What GloVe is about, unless the person wants something else.
    if (!chosen_) {
      const QSignalBlocker quiet(show_);
      show_->setCurrentIndex(static_cast<int>(isGlove() ? Show::Compare : Show::LogCount));
    }
    Q_EMIT needsChanged();
    if (hasCounted_) showMaps();
  }
  const bool own = !ownSelection_.empty() && session().selection().words() == ownSelection_;
  if (dirty & kSelection) {
    if (!own) {
      ownSelection_.clear();
      count(false);
    } else {
      showMaps();
    }
  } else if (!own && (dirty & (kCorpus | kRuns | kFrame))) {
    count(false);
  }
  if (dirty & kFrame) showModel();
}

/// Chooses the words and counts, unless that is what is shown already.
void CooccurrenceView::count(bool evenIfSame) {
  if (!session().runs().canTrain() || !isVisible()) return;
  Request request;
  request.corpus = session().corpus();
  request.rule = rule();
  request.kept = keptWords(session().runs(), request.corpus->vocabulary()).words;
  request.selected = session().selection().words();
  request.count = static_cast<std::size_t>(count_->value());
  if (request.selected.size() == 1) request.vectors = session().runs().vectors();
  const bool vectors = request.vectors != nullptr;
  const bool same = request.corpus == asked_.corpus && sameRule(request.rule, asked_.rule) &&
                    request.kept == asked_.kept && request.selected == asked_.selected &&
                    request.count == asked_.count && vectors == askedVectors_;
  if (same && !evenIfSame) return;
  asked_ = request;
  asked_.vectors.reset();
  askedVectors_ = vectors;
  countJob_.run([request](std::stop_token stop) { return perform(request, stop); },
                [this](Expected<Counted> counted) { adopt(std::move(counted)); });
}

Expected<std::vector<TokenId>> CooccurrenceView::chooseWords(const Request& request, Counted& counted,
                                                             const TaskContext& context) {
  std::vector<TokenId> words = request.selected;
  std::erase_if(words, [&](TokenId id) { return id >= request.kept; });
  if (words.size() > 1) {
    counted.source = Source::Selected;
    if (words.size() > kMostWords) words.resize(kMostWords);
    return words;
  }
  if (words.empty())
    return contentWords(request.corpus->vocabulary(), request.kept, kCandidates * request.count);
  const TokenId word = words.front();
  if (request.vectors && word < static_cast<std::size_t>(request.vectors->vectors.cols())) {
    counted.source = Source::Nearest;
    counted.step = request.vectors->step;
    const Vector norms = inverseNorms(request.vectors->vectors);
    for (const Neighbour& near :
         neighboursOf(*request.vectors, norms, word, request.count - 1, Similarity::Cosine))
      words.push_back(near.id);
    return words;
  }
  counted.source = Source::Beside;
  auto company = companyOf(request.corpus, request.rule, word, request.count - 1, context);
  if (!company) return company;
  words.insert(words.end(), company->begin(), company->end());
  return words;
}

Expected<CooccurrenceView::Counted> CooccurrenceView::perform(const Request& request, std::stop_token stop) {
  TaskContext context;
  context.stop = stop;
  Counted counted;
  auto words = chooseWords(request, counted, context);
  if (!words) return tl::unexpected(words.error());
  auto matrix = countAmong(request.corpus, request.rule, std::move(*words), context);
  if (!matrix) return tl::unexpected(matrix.error());
  counted.matrix = std::move(*matrix);
  if (counted.source == Source::Frequent)
    counted.matrix = partOf(counted.matrix, orderedByCompany(counted.matrix, request.count));
  return counted;
}

void CooccurrenceView::adopt(Expected<Counted> counted) {
  if (!counted) {
    if (counted.error().kind == Error::Kind::Cancelled) return;
    hasCounted_ = false;
    empty_->setContent(toQString(counted.error().message()));
    stack_->setCurrentIndex(0);
    return;
  }
  counted_ = std::move(*counted);
  hasCounted_ = true;
  names_.clear();
  for (const TokenId id : words()) names_.push_back(wordText(*session().corpus(), id));
  logCounts_ = measured(counted_.matrix, CooccurrenceMeasure::LogCount);
  stack_->setCurrentIndex(1);
  showMaps();
  Q_EMIT needsChanged();
}

std::vector<QColor> CooccurrenceView::marks() const {
  std::vector<QColor> marks;
  for (const TokenId id : words())
    marks.push_back(session().selection().contains(id) &&
                            words().size() > session().selection().words().size()
                        ? session().theme().selection
                        : QColor());
  return marks;
}

HeatmapData CooccurrenceView::mapOf(const QString& title, Matrix values, HeatmapData::Colors colors) const {
  HeatmapData data;
  data.title = title;
  data.values = std::make_shared<const Matrix>(std::move(values));
  data.rows = data.columns = names_;
  data.rowMarks = data.columnMarks = marks();
  data.colors = colors == HeatmapData::Colors::Cividis && viridis_ ? HeatmapData::Colors::Viridis : colors;
  return data;
}

void CooccurrenceView::showMaps() {
  if (!hasCounted_) return;
  using Colors = HeatmapData::Colors;
  const bool compares = comparesNow();
  const Show show = shown();
  plots_[1]->setVisible(compares);
  plots_[2]->setVisible(compares);
  arrangeMaps();
  if (compares) {
    modelStep_ = 0;
    plots_[0]->setData(mapOf(tr("Text: log counts"), logCounts_, Colors::Cividis));
    showModel();
  } else {
    const auto measure = show == Show::Count  ? CooccurrenceMeasure::Count
                         : show == Show::Ppmi ? CooccurrenceMeasure::Ppmi
                                              : CooccurrenceMeasure::LogCount;
    const QString title = show == Show::Count  ? tr("Counts, near words more")
                          : show == Show::Ppmi ? tr("PPMI: more than by chance")
                                               : tr("Log counts, near words more");
    plots_[0]->setData(mapOf(title, measured(counted_.matrix, measure), Colors::Cividis));
  }
  showSource();
}

/// The model's side, anew with each frame.
void CooccurrenceView::showModel() {
  if (!hasCounted_ || !comparesNow()) return;
  const auto& snapshot = frame().snapshot;
  const bool known = snapshot && snapshot->rows && snapshot->rows->inputBias.size() > 0;
  if (known && snapshot->rows->step == modelStep_ && modelStep_ != 0 && !plots_[1]->data().isEmpty() &&
      plots_[1]->data().rows == names_)
    return;
  Matrix model = known ? reconstructedLogCounts(*snapshot->rows, words())
                       : Matrix(Matrix::Constant(logCounts_.rows(), logCounts_.cols(), NAN));
  // All of the rows may not be there yet: words were chosen since.
  modelStep_ = known && !model.array().isNaN().all() ? snapshot->rows->step : 0;
  Matrix rest = model - logCounts_;
  // Both sides by the same colours, so that they can be compared at sight.
  auto data = mapOf(known ? tr("Model: w · w̃ + b + b̃, step %1").arg(formatCount(snapshot->rows->step))
                          : tr("Model: nothing learned yet"),
                    std::move(model), HeatmapData::Colors::Cividis);
  data.range = heatmapRange(plots_[0]->data());
  plots_[1]->setData(std::move(data));
  plots_[2]->setData(mapOf(tr("Difference: model - text"), std::move(rest), HeatmapData::Colors::Diverging));
}

void CooccurrenceView::showSource() {
  const QString first = words().empty() ? QString() : names_.front();
  QString text;
  switch (counted_.source) {
    case Source::Selected:
      text = tr("The %1 selected words").arg(words().size());
      break;
    case Source::Nearest:
      text = tr("%1 and the words nearest to it at step %2").arg(first, formatCount(counted_.step));
      break;
    case Source::Beside:
      text = tr("%1 and the words that it stands with most tellingly").arg(first);
      break;
    case Source::Frequent:
      text = tr("Frequent words that keep the most telling company");
      break;
  }
  text += tr(", window %1").arg(asked_.rule.window);
  if (shown() == Show::Compare && !isGlove()) text = tr("Train GloVe to compare. ") + text;
  source_->setText(text);
}

/// Side by side in a wide view, one below the other in a high one, and in between two above one.
void CooccurrenceView::arrangeMaps() {
  const double ratio = static_cast<double>(width()) / std::max(1, splitter_->height());
  for (int i = 0; i < 3; ++i) {
    QWidget* plot = plots_[static_cast<std::size_t>(i)];
    mapsLayout_->removeWidget(plot);
    const int row = ratio > 1.5   ? 0
                    : ratio < 0.6 ? i
                                  : i / 2,
              column = ratio > 1.5   ? i
                       : ratio < 0.6 ? 0
                                     : i % 2;
    mapsLayout_->addWidget(plot, row, column);
  }
}

void CooccurrenceView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  arrangeMaps();
}

QStringList CooccurrenceView::tooltip(const HeatmapCell& cell) const {
  QStringList lines{tr("count %1").arg(formatValue(counted_.matrix.counts(cell.row, cell.column)))};
  if (comparesNow()) {
    const Matrix& model = *plots_[1]->data().values;
    const double text = logCounts_(cell.row, cell.column), learned = model(cell.row, cell.column);
    if (std::isfinite(text)) lines << tr("log count %1").arg(formatValue(text));
    if (std::isfinite(learned)) lines << tr("model %1").arg(formatValue(learned));
    if (std::isfinite(text) && std::isfinite(learned))
      lines << tr("difference %1").arg(formatValue(learned - text));
  }
  return lines << tr("Click to list the places");
}

void CooccurrenceView::point(std::size_t from, const std::optional<HeatmapCell>& cell) {
  for (std::size_t i = 0; i < plots_.size(); ++i)
    if (i != from) plots_[i]->setCurrent(cell);
  session().selection().hover(cell ? words()[static_cast<std::size_t>(cell->row)] : kNoToken);
}

void CooccurrenceView::showHover(TokenId id) {
  for (HeatmapPlot* plot : plots_)
    if (plot->underMouse() || plot->hasFocus()) return;
  const auto found = std::find(words().begin(), words().end(), id);
  std::optional<HeatmapCell> cell;
  if (found != words().end()) cell = HeatmapCell{found - words().begin(), found - words().begin()};
  for (HeatmapPlot* plot : plots_) plot->setCurrent(cell);
}

void CooccurrenceView::listPlaces(const HeatmapCell& cell, Qt::KeyboardModifiers) {
  const TokenId a = words()[static_cast<std::size_t>(cell.row)],
                b = words()[static_cast<std::size_t>(cell.column)];
  ownSelection_ = a == b ? std::vector<TokenId>{a} : std::vector<TokenId>{a, b};
  session().selection().select(ownSelection_);
  placesJob_.run(
      [corpus = session().corpus(), rule = asked_.rule, a, b](std::stop_token stop) {
        return jointPlaces(corpus, rule, a, b, kListedPlaces, {{}, stop});
      },
      [this, a, b](const Expected<JointPlaces>& places) { showPlaces(a, b, places); });
}

void CooccurrenceView::showPlaces(TokenId a, TokenId b, const Expected<JointPlaces>& places) {
  if (!places) {
    if (places.error().kind != Error::Kind::Cancelled) session().reportError(places.error());
    return;
  }
  const Corpus& corpus = *session().corpus();
  lines_->setPlaces(session().corpus(), places->places);
  const QString first = wordText(corpus, a), second = wordText(corpus, b);
  QString title;
  if (places->count == 0) {
    title =
        tr("%1 and %2 never stand within %3 words of each other").arg(first, second).arg(asked_.rule.window);
  } else if (corpus.documentCount() < 2) {
    title = tr("%1 and %2 · places together: %3, they count %4")
                .arg(first, second, formatCount(places->count), formatValue(places->weight));
  } else {
    title = tr("%1 and %2 · places together: %3, documents: %4, they count %5")
                .arg(first, second, formatCount(places->count), formatCount(places->documents),
                     formatValue(places->weight));
  }
  if (places->count > places->places.size())
    title += tr(" · the nearest %1 are listed").arg(formatCount(places->places.size()));
  contextsTitle_->setText(title);
  table_->setColumnHidden(JointLinesModel::kDocument, corpus.documentCount() < 2);
  contexts_->show();
  if (places->count > 0) table_->scrollToTop();
}

void CooccurrenceView::openPlace(const QModelIndex& index) {
  if (!index.isValid() || index.row() >= lines_->rowCount()) return;
  session().selection().setFocus(lines_->places()[static_cast<std::size_t>(index.row())].first);
  triggerWindowAction(this, "view_text");
}

void CooccurrenceView::applyTheme() {
  const Theme& theme = session().theme();
  for (HeatmapPlot* plot : plots_) plot->setTheme(theme);
  table_->setTheme(theme);
  table_->setFont(theme.body);
  const QFontMetrics metrics(theme.body);
  table_->setColumnWidth(JointLinesModel::kWeight,
                         metrics.horizontalAdvance(tr("Counts")) + 6 * Theme::kSpace);
  table_->setColumnWidth(JointLinesModel::kDocument, 20 * metrics.averageCharWidth());
  table_->setStyleSheet(tintedSelection(theme));
  source_->setFont(theme.small);
  contextsTitle_->setFont(theme.body);
  if (hasCounted_) showMaps();
}

void CooccurrenceView::exportContexts() {
  if (lines_->rowCount() == 0) return;
  auto rows = [corpus = session().corpus(), places = lines_->places()](
                  CsvWriter& writer, const TaskContext& context) -> Expected<void> {
    const std::vector<std::string> title{"document", "distance", "left", "first",
                                         "between",  "second",   "right"};
    if (auto done = writer.row(title); !done) return done;
    for (const JointPlace& place : places) {
      if (context.stopRequested()) return cancelled();
      const JointLine line = jointLine(*corpus, place, 12);
      const std::vector<std::string> row{corpus->document(line.document).name,
                                         std::to_string(place.distance),
                                         line.left,
                                         line.first,
                                         line.between,
                                         line.second,
                                         line.right};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
  export_->askAndSave(tr("places") + QStringLiteral(".csv"), std::move(rows));
}

void CooccurrenceView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), this, [this] { plots_[0]->fit(false); });
  menu.addAction(tr("Readable size"), this, [this] { plots_[0]->fit(true); });
  auto* colors = menu.addAction(tr("Viridis colours"), this, [this](bool on) {
    viridis_ = on;
    showMaps();
  });
  colors->setCheckable(true);
  colors->setChecked(viridis_);
  menu.addSeparator();
  const char* const names[] = {QT_TR_NOOP("co-occurrence"), QT_TR_NOOP("model"), QT_TR_NOOP("difference")};
  for (std::size_t i = 0; i < plots_.size(); ++i) {
    if (plots_[i]->isHidden() || !hasCounted_) continue;
    QMenu* target = &menu;
    if (comparesNow()) target = menu.addMenu(plots_[i]->data().title);
    addExportActions(*target, this, [this, i, name = tr(names[i])] {
      return plots_[i]->exportSource(name, [this](const Error& error) { session().reportError(error); });
    });
  }
  auto* lines = menu.addAction(tr("Export the places as CSV..."), this, &CooccurrenceView::exportContexts);
  lines->setEnabled(lines_->rowCount() > 0);
}

std::vector<PlotSource> CooccurrenceView::pictures() {
  std::vector<PlotSource> sources;
  for (HeatmapPlot* plot : plots_)
    if (isVisible() && hasCounted_ && !plot->isHidden() && !plot->data().isEmpty())
      sources.push_back(plot->exportSource(tr("co-occurrence"),
                                           [this](const Error& error) { session().reportError(error); }));
  return sources;
}

QJsonObject CooccurrenceView::saveState() const {
  QJsonObject state{{"words", count_->value()}, {"viridis", viridis_}};
  if (chosen_) state["show"] = show_->currentIndex();
  return state;
}

void CooccurrenceView::restoreState(const QJsonObject& state) {
  count_->setValue(state["words"].toInt(kUsualWords));
  viridis_ = state["viridis"].toBool();
  chosen_ = state.contains("show");
  show_->setCurrentIndex(std::clamp(state["show"].toInt(static_cast<int>(Show::LogCount)), 0, 3));
}

QString CooccurrenceView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  QString text = source_->text();
  for (const HeatmapPlot* plot : plots_)
    if (!plot->isHidden()) text += QStringLiteral(". ") + plot->textSummary();
  return text;
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/axes_view.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/analysis/word_expression.h"
#include "ui/models/corpus_text.h"
#include "ui/plot/scatter_plot.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/word_edit.h"

namespace lexarium {
namespace {

constexpr int kFewestWords = 50;
constexpr int kMostWords = 50'000;
constexpr int kUsualWords = 1000;
constexpr std::size_t kExamples = 8;
constexpr int kGlideIntervalMs = 16;
constexpr double kAtOnce = 10;  // seconds; a step of the following view that goes all the way
constexpr const char* kStateKeys[] = {"left", "right", "bottom", "top"};

QString wordsText(const Corpus& corpus, const std::vector<TokenId>& ids) {
  QStringList words;
  for (const TokenId id : ids) words << wordText(corpus, id);
  return oneLine(words.join(QStringLiteral(", ")), 40);
}

}  // namespace

AxesView::AxesView(Session& session, QWidget* parent)
    : View(session, parent),
      plot_(new ScatterPlot),
      empty_(new EmptyState),
      nothing_(new EmptyState),
      job_(session.clock(), [this] { projectIfNewer(); }) {
  setObjectName("axesView");
  plot_->setObjectName("axesPlot");
  plot_->setAccessibleName(tr("Words between the ends of two axes"));
  nothing_->setObjectName("noAxes");
  hint_ = new QLabel;
  hint_->setObjectName("axesHint");
  hint_->setProperty("role", "secondary");
  hint_->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  hint_->setWordWrap(true);

  auto* page = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(page);
  layout->addWidget(makeControls());
  body_ = new QStackedLayout;
  body_->addWidget(plot_);
  body_->addWidget(nothing_);
  layout->addLayout(body_, 1);
  layout->addWidget(hint_);
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(page);

  glideTimer_.setInterval(kGlideIntervalMs);
  glideTimer_.setTimerType(Qt::PreciseTimer);
  connect(&glideTimer_, &QTimer::timeout, this, &AxesView::glide);
  connect(empty_, &EmptyState::activated, this, [this] {
    this->session().corpus() ? this->session().runs().train() : void(triggerWindowAction(this, "openText"));
  });
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
  connectPlot();
  setFocusProxy(fields_[kLeft]);
}

WordEdit* AxesView::makeField(End end) {
  const QString names[] = {tr("Left end"), tr("Right end"), tr("Lower end"), tr("Upper end")};
  auto* field = new WordEdit;
  field->setObjectName(QStringLiteral("axis_") + kStateKeys[end]);
  field->setPlaceholderText(names[end]);
  field->setAccessibleName(names[end]);
  field->setToolTip(tr("A word, or several with commas between them: their mean is taken"));
  field->setClearButtonEnabled(false);  // no room
  field->setMinimumWidth(8 * field->fontMetrics().averageCharWidth());
  field->setMaximumWidth(16 * field->fontMetrics().averageCharWidth());
  connect(field, &WordEdit::wordsChanged, this, [this] {
    adoptDefaults_ = false;
    read();
  });
  fields_[end] = field;
  return field;
}

QWidget* AxesView::makeAxisFields(const QString& name, End from, End to) {
  auto* axis = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(axis);
  auto* label = new QLabel(name);
  label->setProperty("role", "secondary");
  layout->addWidget(label);
  label->setBuddy(makeField(from));
  layout->addWidget(fields_[from]);
  layout->addWidget(new QLabel(QStringLiteral("–")));
  layout->addWidget(makeField(to));
  auto* button = new QToolButton;
  const auto index = static_cast<std::size_t>(from / 2);
  button->setObjectName(QStringLiteral("axisExamples%1").arg(index));
  button->setText(tr("Examples") + QStringLiteral(" ▾"));
  button->setToolTip(tr("Pairs of words to try"));
  button->setAccessibleName(tr("%1: pairs of words to try").arg(name));
  button->setPopupMode(QToolButton::InstantPopup);
  button->setMenu(new QMenu(button));
  examples_[index] = button;
  layout->addWidget(button);
  return axis;
}

QWidget* AxesView::makeControls() {
  wordCount_ = new QSpinBox;
  wordCount_->setObjectName("axesWords");
  wordCount_->setRange(kFewestWords, kMostWords);
  wordCount_->setSingleStep(500);
  wordCount_->setValue(kUsualWords);
  wordCount_->setSuffix(u' ' + tr("words"));
  wordCount_->setKeyboardTracking(false);
  wordCount_->setAccessibleName(tr("Number of words"));
  wordCount_->setToolTip(tr("How many words are shown, the most frequent first"));
  connect(wordCount_, &QSpinBox::valueChanged, this, [this] {
    Q_EMIT needsChanged();
    project();
  });
  auto* fit = new QToolButton;
  fit->setObjectName("axesFit");
  fit->setText(tr("Fit"));
  fit->setToolTip(tr("Show all points, and follow them (Home, or a double click)."));
  connect(fit, &QToolButton::clicked, plot_, &ScatterPlot::fit);

  auto* bar = new QWidget;
  auto* flow = new FlowLayout(2 * Theme::kSpace);
  flow->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  bar->setLayout(flow);
  flow->addWidget(makeAxisFields(tr("Across"), kLeft, kRight));
  flow->addWidget(makeAxisFields(tr("Up"), kBottom, kTop));
  flow->addWidget(wordCount_);
  flow->addWidget(fit);
  return bar;
}

void AxesView::connectPlot() {
  Selection& selection = session().selection();
  const auto idOf = [](std::optional<std::size_t> index) {
    return index ? static_cast<TokenId>(*index) : kNoToken;
  };
  connect(plot_, &ScatterPlot::hovered, this,
          [&selection, idOf](std::optional<std::size_t> index) { selection.hover(idOf(index)); });
  connect(plot_, &ScatterPlot::clicked, this,
          [&selection, idOf](std::optional<std::size_t> index, bool additive) {
            if (!index) return;
            additive ? selection.toggle(idOf(index)) : selection.select(idOf(index));
          });
  connect(plot_, &ScatterPlot::lassoed, this,
          [&selection](const std::vector<std::size_t>& indices, bool additive) {
            std::vector<TokenId> ids(indices.begin(), indices.end());
            additive ? selection.add(ids) : selection.select(std::move(ids));
          });
  connect(plot_, &ScatterPlot::escapePressed, this, [&selection] { selection.clear(); });
  connect(plot_, &ScatterPlot::menuRequested, this, [this](const QPoint& place) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(place);
  });
}

/// The words shown, and those at the ends of the axes, in each frame; where these are too rare for that, the
/// whole table.
Probe AxesView::needs() const {
  Probe probe;
  if (!isVisible() || !corpus_ || !isReadable()) return probe;
  std::size_t needed = static_cast<std::size_t>(wordCount_->value());
  for (const AxisPoles& poles : poles_) {
    for (const auto* end : {&poles.from, &poles.to}) {
      for (const TokenId id : *end) needed = std::max<std::size_t>(needed, id + std::size_t{1});
    }
  }
  probe.frameWords = std::min<std::size_t>(needed, kMostWords);
  probe.allWords = needed > kMostWords;
  return probe;
}

bool AxesView::isTraining() const { return frame().run && frame().status.state == RunStatus::State::Running; }

void AxesView::refresh(unsigned dirty) {
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  if ((dirty & kCorpus) || corpus_ != session().corpus()) adoptCorpus();
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    plot_->setColors({session().theme().accent}, {});
    hint_->setFont(session().theme().small);
  }
  if (corpus_) {
    const auto table = session().runs().vectors();
    const std::size_t words = table ? static_cast<std::size_t>(table->vectors.cols())
                                    : keptWords(session().runs(), corpus_->vocabulary()).words;
    if (words != words_) {
      words_ = words;
      fillExamples();
      read();
    }
  }
  if (dirty & (kCorpus | kSelection)) updateSelection();
  if (dirty & (kCorpus | kFrame | kRuns)) {
    if (!session().runs().current() && motion_.shown().cols() > 0) forget();
    projectIfNewer();
  }
  if (dirty & kFrame) drawTick();
  showState();
}

void AxesView::adoptCorpus() {
  corpus_ = session().corpus();
  words_ = 0;
  pairs_.clear();
  poles_ = {};
  for (WordEdit* field : fields_) field->setCorpus(corpus_);
  plot_->setWords([corpus = corpus_](std::size_t id) {
    return corpus && id < corpus->vocabulary().size()
               ? oneLine(toQString(corpus->vocabulary().word(static_cast<TokenId>(id))), 40)
               : QString();
  });
  plot_->setColors({session().theme().accent}, {});
  forget();
}

void AxesView::forget() {
  job_.cancel();
  shown_ = {};
  motion_.clear();
  glideTimer_.stop();
  plot_->setPoints(Layout(2, 0), 0);
}

void AxesView::fillExamples() {
  const auto questions =
      session().sample() ? session().sample()->questions() : std::vector<AnalogyQuestion>();
  pairs_ = examplePairs(corpus_->vocabulary(), words_, questions, kExamples);
  for (int axis = 0; axis < 2; ++axis) {
    QToolButton* button = examples_[static_cast<std::size_t>(axis)];
    button->menu()->clear();
    button->setVisible(!pairs_.empty());
    for (const WordPair& pair : pairs_) {
      button->menu()->addAction(toQString(pair.from) + QStringLiteral(" – ") + toQString(pair.to), this,
                                [this, axis, pair] { takeExample(axis, pair); });
    }
  }
  // Words of another text say nothing here.
  const bool known = std::all_of(fields_.begin(), fields_.end(), [this](const WordEdit* field) {
    return parseWordList(field->text().toStdString(), corpus_->vocabulary(), words_).has_value();
  });
  if (!known) adoptDefaults_ = true;
  if (!adoptDefaults_ || pairs_.size() < 2) return;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    fields_[2 * axis]->setWords(toQString(pairs_[axis].from));
    fields_[2 * axis + 1]->setWords(toQString(pairs_[axis].to));
  }
}

void AxesView::takeExample(int axis, const WordPair& pair) {
  adoptDefaults_ = false;
  fields_[static_cast<std::size_t>(2 * axis)]->setWords(toQString(pair.from));
  fields_[static_cast<std::size_t>(2 * axis + 1)]->setWords(toQString(pair.to));
  read();
}

/// From the fields to poles_, or to what is wrong with them.
void AxesView::read() {
  problem_.clear();
  if (!corpus_) return;
  std::array<AxisPoles, 2> poles;
  for (std::size_t end = 0; end < kEnds && problem_.isEmpty(); ++end) {
    auto ids = parseWordList(fields_[end]->text().toStdString(), corpus_->vocabulary(), words_);
    if (ids) {
      (end % 2 == 0 ? poles[end / 2].from : poles[end / 2].to) = std::move(*ids);
    } else {
      problem_ = toQString(ids.error().message());
    }
  }
  poles_ = isReadable() ? poles : std::array<AxisPoles, 2>();
  Q_EMIT needsChanged();
  project();
}

/// The newest table with all words that are needed; a paused run has no new frame for a changed wish, but
/// the whole table.
std::shared_ptr<const EmbeddingTable> AxesView::newestTable() const {
  const auto whole = session().runs().vectors();
  const Snapshot* snapshot = frame().snapshot.get();
  if (!snapshot || !snapshot->frame) return whole;
  const std::size_t all = whole ? static_cast<std::size_t>(whole->vectors.cols()) : words_;
  const std::size_t needed = std::min(needs().frameWords, all);
  if (static_cast<std::size_t>(snapshot->frame->vectors.cols()) >= needed && !needs().allWords &&
      (!whole || snapshot->frame->step >= whole->step))
    return snapshot->frame;
  return whole ? whole : snapshot->frame;
}

AxesView::Picture AxesView::draw(Picture picture) {
  if (!picture.norms) picture.norms = std::make_shared<const Vector>(inverseNorms(picture.table->vectors));
  const Vector x = axisDirection(*picture.table, *picture.norms, picture.poles[0]);
  const Vector y = axisDirection(*picture.table, *picture.norms, picture.poles[1]);
  picture.hasDirection = {x.size() > 0, y.size() > 0};
  picture.layout = cosinesWithAxes(*picture.table, *picture.norms, picture.words, x, y);
  return picture;
}

void AxesView::projectIfNewer() {
  if (!isVisible() || !isReadable()) return;
  const auto table = newestTable();
  if (!table || table == shown_.table) return;
  // A frame is as cheap as one of the map, and is to move as smoothly.
  if (!job_.isRunning()) project();
}

void AxesView::project() {
  if (!isVisible()) return;
  Picture next;
  next.table = newestTable();
  if (!next.table || !isReadable()) {
    job_.cancel();
    return showState();
  }
  if (next.table == shown_.table) next.norms = shown_.norms;
  next.poles = poles_;
  next.words = static_cast<std::size_t>(wordCount_->value());
  job_.run([next](std::stop_token) { return draw(next); },
           [this](Picture picture) { place(std::move(picture)); });
  showState();
}

void AxesView::place(Picture picture) {
  const bool otherAxes = picture.poles != shown_.poles;
  const bool first = motion_.shown().cols() == 0;
  shown_ = std::move(picture);
  motion_.setTarget(shown_.layout);
  plot_->setAxisTitles(axisTitle(0), axisTitle(1));
  if (first || session().theme().reducedMotion) {
    motion_.finish();
    plot_->setPoints(motion_.shown(), first ? 0 : kAtOnce);
    updateSelection();
    frameTime_.start();
  } else if (otherAxes || !isTraining()) {
    motion_.beginGlide();
    glideTime_.start();
    frameTime_.start();
    glideTimer_.start();
  }
  showState();
}

/// A tick of a training that runs: one step on the way to the newest layout.
void AxesView::drawTick() {
  if (motion_.shown().cols() == 0 || glideTimer_.isActive() || motion_.isAtRest()) return;
  motion_.follow(static_cast<double>(frameTime_.restart()) / 1000);
  plot_->setPoints(motion_.shown(), kAtOnce);
}

void AxesView::glide() {
  motion_.glide(static_cast<double>(glideTime_.elapsed()) / 1000);
  plot_->setPoints(motion_.shown(), static_cast<double>(frameTime_.restart()) / 1000);
  if (!motion_.isAtRest()) return;
  glideTimer_.stop();
  plot_->setPoints(motion_.shown(), kAtOnce);
}

void AxesView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  glideTimer_.stop();
}

void AxesView::updateSelection() {
  std::vector<std::size_t> indices;
  for (const TokenId id : session().selection().words()) {
    if (id < static_cast<std::size_t>(motion_.shown().cols())) indices.push_back(id);
  }
  plot_->setSelected(std::move(indices));
}

QString AxesView::axisFormula(int axis) const {
  const AxisPoles& poles = shown_.poles[static_cast<std::size_t>(axis)];
  return wordsText(*corpus_, poles.to) + QStringLiteral(" − ") + wordsText(*corpus_, poles.from);
}

QString AxesView::axisTitle(int axis) const {
  const AxisPoles& poles = shown_.poles[static_cast<std::size_t>(axis)];
  return tr("← %1        %2 →").arg(wordsText(*corpus_, poles.from), wordsText(*corpus_, poles.to));
}

void AxesView::showState() {
  const bool canDraw = corpus_ && (session().runs().vectors() || session().runs().current());
  stack_->setCurrentIndex(canDraw ? 1 : 0);
  if (!corpus_) {
    empty_->setContent(tr("Here words lie between the ends of two lines of meaning that you choose: from man "
                          "to woman, from poor to rich."),
                       tr("Open text..."));
  } else if (!canDraw) {
    empty_->setContent(
        tr("Here words lie between the ends of two lines of meaning that you choose, as soon as "
           "something is learned."),
        tr("Train"));
  }
  if (!canDraw) return;
  const bool flat = shown_.table && !(shown_.hasDirection[0] && shown_.hasDirection[1]);
  const bool drawn = isReadable() && motion_.shown().cols() > 0 && !flat;
  body_->setCurrentIndex(drawn ? 0 : 1);
  hint_->setVisible(drawn);
  if (drawn) {
    const QString words = formatCount(static_cast<std::uint64_t>(motion_.shown().cols()));
    const QString what = tr("A place is the cosine with the difference of the two ends, in the full space.");
    hint_->setText((session().runs().isFromFile()
                        ? tr("%1 words.").arg(words)
                        : tr("%1 words at step %2.").arg(words, formatCount(shown_.table->step))) +
                   u' ' + what);
  } else if (!isReadable()) {
    nothing_->setContent(problem_);
  } else if (flat) {
    nothing_->setContent(tr("The two ends of an axis must be different words with vectors of their own."));
  } else {
    nothing_->setContent(tr("The words appear here with the first vectors of this run."));
  }
}

void AxesView::showHover(TokenId id) {
  if (!corpus_ || id >= static_cast<std::size_t>(motion_.shown().cols())) {
    return plot_->setHovered(std::nullopt);
  }
  const auto cosine = [&](int axis) {
    return QLocale().toString(static_cast<double>(shown_.layout(axis, static_cast<Eigen::Index>(id))), 'f',
                              3);
  };
  if (id >= static_cast<std::size_t>(shown_.layout.cols())) return plot_->setHovered(std::nullopt);
  plot_->setHovered(id, wordText(*corpus_, id),
                    {tr("%1: %2").arg(axisFormula(0), cosine(0)), tr("%1: %2").arg(axisFormula(1), cosine(1)),
                     occurrenceText(*corpus_, id)});
}

std::string AxesView::toCsv() const {
  if (!corpus_ || !shown_.table) return "word,rank,count\r\n";
  const auto title = [this](int axis) { return csvField(axisFormula(axis).toStdString()); };
  std::string csv = "word,rank,count," + title(0) + ',' + title(1) + "\r\n";
  for (Eigen::Index i = 0; i < shown_.layout.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    csv += csvField(corpus_->vocabulary().word(id)) + ',' + std::to_string(id + 1) + ',' +
           csvCount(*corpus_, id) + ',' + csvNumber(static_cast<double>(shown_.layout(0, i))) + ',' +
           csvNumber(static_cast<double>(shown_.layout(1, i))) + "\r\n";
  }
  return csv;
}

PlotSource AxesView::exportSource() {
  return {tr("axes"), plot_->size(), [this](QPaintDevice& device) { plot_->paintOn(device); },
          [this] { return toCsv(); }, [this](const Error& error) { session().reportError(error); }};
}

void AxesView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), plot_, &ScatterPlot::fit);
  menu.addSeparator();
  addExportActions(menu, this, [this] { return exportSource(); });
}

std::vector<PlotSource> AxesView::pictures() {
  if (!isVisible() || stack_->currentIndex() == 0 || body_->currentIndex() != 0) return {};
  PlotSource source = exportSource();
  source.summary = [this] { return textSummary(); };
  return {source};
}

QJsonObject AxesView::saveState() const {
  QJsonObject state{{"words", wordCount_->value()}};
  if (adoptDefaults_) return state;
  for (std::size_t end = 0; end < kEnds; ++end) state[kStateKeys[end]] = fields_[end]->text();
  return state;
}

void AxesView::restoreState(const QJsonObject& state) {
  wordCount_->setValue(state["words"].toInt(kUsualWords));
  adoptDefaults_ = !state.contains(kStateKeys[kLeft]);
  if (adoptDefaults_) return;
  for (std::size_t end = 0; end < kEnds; ++end) fields_[end]->setWords(state[kStateKeys[end]].toString());
  read();
}

QString AxesView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  if (body_->currentIndex() != 0) return nothing_->sentence();
  const auto furthest = [this](int axis, bool high) {
    Eigen::Index at = 0;
    high ? shown_.layout.row(axis).maxCoeff(&at) : shown_.layout.row(axis).minCoeff(&at);
    return wordText(*corpus_, static_cast<TokenId>(at));
  };
  return tr("%1 words. Across, %2: from %3 to %4. Up, %5: from %6 to %7.")
      .arg(formatCount(static_cast<std::uint64_t>(shown_.layout.cols())), axisFormula(0), furthest(0, false),
           furthest(0, true), axisFormula(1), furthest(1, false), furthest(1, true));
}

}  // namespace lexarium

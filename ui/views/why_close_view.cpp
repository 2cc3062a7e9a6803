// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/why_close_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/analysis/examples.h"
#include "core/text/fold_word.h"
#include "ui/models/corpus_text.h"
#include "ui/models/shared_context_model.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/evidence_list.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"

namespace lexarium {
namespace {

/// Rarer words have vectors that say little.
constexpr std::uint64_t kDoubtfulCount = 20;
constexpr std::size_t kPartners = 10;
constexpr std::size_t kUsualWindow = 5;

CsvRows contextRows(std::shared_ptr<const Corpus> corpus, WhyCloseRequest request,
                    std::vector<SharedContext> contexts) {
  return [=](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    const Vocabulary& vocabulary = corpus->vocabulary();
    const std::string a(vocabulary.word(request.a)), b(vocabulary.word(request.b));
    const std::vector<std::string> title{
        "context", "share", "times near " + a, "times near " + b, "weight with " + a, "weight with " + b};
    if (auto done = writer.row(title); !done) return done;
    for (const SharedContext& context : contexts) {
      const std::vector<std::string> row{
          std::string(vocabulary.word(context.id)), formatParam(context.share),
          std::to_string(context.together[0]),      std::to_string(context.together[1]),
          formatParam(context.weight[0]),           formatParam(context.weight[1])};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
}

CsvRows sentenceRows(std::shared_ptr<const Corpus> corpus, std::vector<EvidenceRow> rows) {
  return [=](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    const std::vector<std::string> title{"share", "word", "document", "byte", "sentence", "contexts"};
    if (auto done = writer.row(title); !done) return done;
    for (const EvidenceRow& row : rows) {
      std::string contexts;
      for (const TokenIndex token : row.place.contexts) {
        contexts +=
            (contexts.empty() ? "" : " ") + std::string(corpus->vocabulary().word(corpus->tokens()[token]));
      }
      const std::vector<std::string> fields{formatParam(row.place.share),
                                            std::string(corpus->vocabulary().word(row.place.word)),
                                            corpus->document(corpus->documentOf(row.place.token)).name,
                                            std::to_string(corpus->textRange(row.place.token).begin),
                                            plainText(row),
                                            contexts};
      if (auto done = writer.row(fields); !done) return done;
    }
    return {};
  };
}

}  // namespace

WhyCloseView::WhyCloseView(Session& session, QWidget* parent)
    : View(session, parent),
      contexts_(new SharedContextModel(this)),
      sentences_(new EvidenceModel(this)),
      empty_(new EmptyState),
      measuring_(session.clock(), [this] { measureIfNewer(); }) {
  setObjectName("whyCloseView");
  connect(empty_, &EmptyState::activated, this,
          [this] { corpus_ ? pickWords() : void(triggerWindowAction(this, "openText")); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  setFocusProxy(contextTable_);
  connect(&session, &Session::indexReady, this, [this] {
    if (isVisible()) read();
  });
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
}

QWidget* WhyCloseView::makeHeader() {
  title_ = new ElidedLabel;
  title_->setObjectName("whyTitle");
  partners_ = new QComboBox;
  partners_->setObjectName("whyPartner");
  partners_->setAccessibleName(tr("Compare with"));
  partners_->setToolTip(tr("Which word it is compared with: its nearest neighbours"));
  partners_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(partners_, &QComboBox::activated, this, &WhyCloseView::choosePartner);
  auto* with = new QLabel(tr("Compare with"));
  with->setProperty("role", "secondary");
  with->setBuddy(partners_);
  facts_ = new QLabel;
  facts_->setObjectName("whyFacts");
  facts_->setWordWrap(true);
  facts_->setTextFormat(Qt::PlainText);
  facts_->setProperty("role", "secondary");
  doubt_ = new QLabel;
  doubt_->setObjectName("whyDoubt");
  doubt_->setWordWrap(true);
  doubt_->setTextFormat(Qt::PlainText);
  auto* header = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(header);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  auto* line = tightLayout<QHBoxLayout>();
  line->addWidget(title_, 1);
  line->addWidget(with);
  line->addWidget(partners_);
  layout->addLayout(line);
  layout->addWidget(facts_);
  layout->addWidget(doubt_);
  return header;
}

QWidget* WhyCloseView::makeSentences() {
  sentencesTitle_ = new QLabel;
  sentencesTitle_->setObjectName("whySentencesTitle");
  sentencesTitle_->setTextFormat(Qt::PlainText);
  allSentences_ = new QToolButton;
  allSentences_->setObjectName("whyAllSentences");
  allSentences_->setText(tr("Show all"));
  allSentences_->setToolTip(tr("Show sentences with any of the shared contexts again"));
  connect(allSentences_, &QToolButton::clicked, this, [this] { filterBy(kNoToken); });
  sentenceList_ = new EvidenceList;
  sentenceList_->setObjectName("whySentences");
  sentenceList_->setAccessibleName(tr("Sentences with shared contexts"));
  sentenceList_->setEvidence(sentences_);
  connect(sentenceList_, &EvidenceList::chosen, this, &WhyCloseView::openPlace);
  auto* part = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(part);
  auto* line = tightLayout<QHBoxLayout>();
  line->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, 0);
  line->addWidget(sentencesTitle_, 1);
  line->addWidget(allSentences_);
  layout->addLayout(line);
  layout->addWidget(sentenceList_, 1);
  return part;
}

QWidget* WhyCloseView::makeContent() {
  contextTable_ = new LinkedTable;
  contextTable_->setObjectName("whyContexts");
  contextTable_->setAccessibleName(tr("Shared contexts"));
  contextTable_->setModel(contexts_);
  contextTable_->setSelectionMode(QAbstractItemView::SingleSelection);
  contextTable_->setCursor(Qt::PointingHandCursor);
  contextTable_->horizontalHeader()->setSectionResizeMode(SharedContextModel::kWord, QHeaderView::Stretch);
  connect(contextTable_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    const TokenId context = contexts_->idAt(index.row());
    filterBy(context == filter_ ? kNoToken : context);
  });
  connect(contextTable_, &LinkedTable::widthChanged, this, &WhyCloseView::fitColumns);
  connect(contextTable_, &LinkedTable::hovered, &session().selection(), &Selection::hover);
  splitter_ = new QSplitter(Qt::Horizontal);
  splitter_->setObjectName("whySplitter");
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(contextTable_);
  splitter_->addWidget(makeSentences());
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  nothing_ = new EmptyState;
  nothing_->setObjectName("whyNothing");
  footer_ = new QLabel;
  footer_->setObjectName("whyFooter");
  footer_->setWordWrap(true);
  footer_->setTextFormat(Qt::PlainText);
  footer_->setProperty("role", "secondary");
  footer_->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeHeader());
  body_ = new QStackedLayout;
  body_->addWidget(splitter_);
  body_->addWidget(nothing_);
  layout->addLayout(body_, 1);
  layout->addWidget(footer_);
  layout->addWidget(export_);
  return content;
}

Probe WhyCloseView::needs() const {
  Probe probe;
  probe.allWords = isVisible() && word_ != kNoToken;
  return probe;
}

void WhyCloseView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    adoptCorpus();
    dirty |= kSelection;
  }
  if (dirty & kSelection) followSelection();
  if (!corpus_) return showState();
  if (dirty & kRuns) read();  // perhaps another window
  if (dirty & (kRuns | kFrame)) measureIfNewer();
}

void WhyCloseView::adoptCorpus() {
  corpus_ = session().corpus();
  measuring_.cancel();
  reading_.cancel();
  word_ = partner_ = filter_ = kNoToken;
  measured_ = {};
  why_ = {};
  read_.reset();
  contexts_->setContexts(nullptr, {}, kNoToken, kNoToken);
  sentences_->setRows({});
  partners_->clear();
}

void WhyCloseView::followSelection() {
  const auto& words = session().selection().words();
  const TokenId word = corpus_ ? session().selection().primary() : kNoToken;
  TokenId partner = words.size() > 1 ? words[words.size() - 2] : kNoToken;
  // The same word alone keeps the neighbour that it was compared with.
  if (partner == kNoToken && word == word_) partner = partner_;
  if (word == word_ && partner == partner_) return showState();
  if (word != word_) partners_->clear();
  word_ = word;
  partner_ = partner;
  filter_ = kNoToken;
  if (needed_ != (word_ != kNoToken)) {
    needed_ = !needed_;
    Q_EMIT needsChanged();
  }
  measureNow();
  read();
}

void WhyCloseView::choosePartner(int index) {
  const TokenId partner = partners_->itemData(index).toUInt();
  if (partner != partner_) session().selection().select({partner, word_});
}

WhyCloseView::Measure WhyCloseView::measure(Measure measure) {
  if (!measure.norms) measure.norms = std::make_shared<const Vector>(inverseNorms(measure.table->vectors));
  measure.neighbours = neighboursOf(*measure.table, *measure.norms, measure.word, kPartners);
  if (measure.partner == kNoToken && !measure.neighbours.empty()) {
    measure.partner = measure.neighbours.front().id;
  }
  measure.closeness = closenessOf(*measure.table, *measure.norms, measure.word, measure.partner);
  return measure;
}

void WhyCloseView::measureIfNewer() {
  if (word_ == kNoToken || session().runs().vectors() == measured_.table) return showState();
  if (measuring_.isDue()) measureNow();
}

void WhyCloseView::measureNow() {
  Measure next;
  next.table = session().runs().vectors();
  next.word = word_;
  next.partner = partner_;
  if (!next.table || word_ == kNoToken) {
    measuring_.cancel();
    measured_ = {};
    fillPartners();
    return showState();
  }
  if (next.table == measured_.table) next.norms = measured_.norms;
  measuring_.run([next](std::stop_token) { return measure(next); },
                 [this](Measure measure) { adoptMeasure(std::move(measure)); });
}

void WhyCloseView::adoptMeasure(Measure measure) {
  measured_ = std::move(measure);
  const bool found = partner_ == kNoToken && measured_.partner != kNoToken;
  if (found) partner_ = measured_.partner;
  fillPartners();
  found ? read() : showState();
}

/// The neighbours of now, and the word of the selection if it is none of them.
void WhyCloseView::fillPartners() {
  if (partners_->view()->isVisible()) return;  // a person is choosing
  std::vector<TokenId> ids;
  for (const Neighbour& neighbour : measured_.neighbours) ids.push_back(neighbour.id);
  if (partner_ != kNoToken && std::find(ids.begin(), ids.end(), partner_) == ids.end()) {
    ids.insert(ids.begin(), partner_);
  }
  std::vector<TokenId> before;
  for (int i = 0; i < partners_->count(); ++i) before.push_back(partners_->itemData(i).toUInt());
  if (ids != before) {
    partners_->clear();
    for (const TokenId id : ids) partners_->addItem(oneLine(wordText(*corpus_, id), 30), id);
  }
  partners_->setCurrentIndex(partner_ == kNoToken ? -1 : partners_->findData(partner_));
  partners_->setEnabled(partners_->count() > 1);
}

/// By the run that is shown, or by what the next one will use.
WhyCloseRequest WhyCloseView::request() const {
  const RunController& runs = session().runs();
  const RunConfig& config = runs.current() ? runs.current()->trainer->config() : runs.nextConfig();
  WhyCloseRequest request;
  request.a = word_;
  request.b = partner_;
  request.window = kUsualWindow;
  if (config.params.contains("window")) {
    request.window = static_cast<std::size_t>(std::max<std::int64_t>(1, config.params.getInt("window")));
  }
  if (config.params.contains("cross_sentences")) {
    request.crossSentences = config.params.getBool("cross_sentences");
  }
  request.words = keptWords(config, corpus_->vocabulary()).words;
  request.mustHave = filter_;
  return request;
}

WhyCloseView::Evidence WhyCloseView::gather(const PositionIndex& index, const WhyCloseRequest& request,
                                            const TaskContext& context) {
  Evidence evidence{request, whyClose(index, request, context), {}};
  if (!evidence.why) return evidence;
  for (const EvidencePlace& place : evidence.why->evidence) {
    const TokenId partner = place.word == request.a ? request.b : request.a;
    evidence.rows.push_back({place, evidenceText(index.corpus(), place, partner)});
  }
  return evidence;
}

/// Reads the places of both words, if that has not been done for this question.
void WhyCloseView::read() {
  if (!corpus_ || word_ == kNoToken || partner_ == kNoToken || !session().index()) {
    reading_.cancel();
    if (word_ == kNoToken || partner_ == kNoToken) read_.reset();
    return showState();
  }
  const WhyCloseRequest wanted = request();
  const auto same = [](const WhyCloseRequest& x, const WhyCloseRequest& y) {
    return x.a == y.a && x.b == y.b && x.window == y.window && x.crossSentences == y.crossSentences &&
           x.words == y.words && x.mustHave == y.mustHave;
  };
  if (read_ && same(*read_, wanted)) return showState();
  reading_.run(
      [index = session().index(), wanted](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return gather(*index, wanted, context);
      },
      [this](Evidence evidence) { adoptEvidence(std::move(evidence)); });
  showState();
}

void WhyCloseView::adoptEvidence(Evidence evidence) {
  if (!evidence.why) {
    if (evidence.why.error().kind != Error::Kind::Cancelled) session().reportError(evidence.why.error());
    return;
  }
  const bool sameWords = read_ && read_->a == evidence.request.a && read_->b == evidence.request.b;
  read_ = evidence.request;
  why_ = std::move(*evidence.why);
  // A filtered answer has the same contexts: the table keeps its place.
  if (!sameWords || why_.contexts.size() != contexts_->contexts().size() || filter_ == kNoToken) {
    contexts_->setContexts(corpus_, why_.contexts, word_, partner_);
  }
  sentences_->setRows(std::move(evidence.rows));
  sentenceList_->scrollToTop();
  fitColumns();
  showState();
}

void WhyCloseView::filterBy(TokenId context) {
  filter_ = context;
  read();
}

void WhyCloseView::openPlace(const QModelIndex& index) {
  const EvidenceRow* row = sentences_->rowAt(index.row());
  if (!row) return;
  session().selection().setFocus(row->place.token);
  triggerWindowAction(this, "view_text");
}

void WhyCloseView::pickWords() {
  const Vocabulary& vocabulary = corpus_->vocabulary();
  const auto questions =
      session().sample() ? session().sample()->questions() : std::vector<AnalogyQuestion>();
  const auto pairs =
      examplePairs(vocabulary, keptWords(session().runs(), vocabulary).words, questions, std::size_t{1});
  if (!pairs.empty()) {
    session().selection().select(
        {*findFolded(vocabulary, pairs.front().to), *findFolded(vocabulary, pairs.front().from)});
  } else if (vocabulary.size() > 1) {
    // Not the very frequent ones: their contexts say little.
    const auto first = std::min<TokenId>(100, static_cast<TokenId>(vocabulary.size() / 4));
    session().selection().select({first + 1, first});
  }
}

void WhyCloseView::showState() {
  const bool any = corpus_ && word_ != kNoToken;
  stack_->setCurrentIndex(any ? 1 : 0);
  if (!corpus_) {
    empty_->setContent(tr("Here stands why two words are close, with the sentences that make them so."),
                       tr("Open text..."));
  } else if (!any) {
    empty_->setContent(tr("Select two words, on the map with Ctrl and a click, to see why they are close and "
                          "which sentences make them so."),
                       corpus_->vocabulary().size() > 1 ? tr("Pick two words") : QString());
  }
  if (!any) return;
  showFacts();
  showDoubt();
  const bool answered = read_ && read_->a == word_ && read_->b == partner_;
  const bool listed = answered && why_.sharedContexts > 0;
  body_->setCurrentIndex(listed ? 0 : 1);
  footer_->setVisible(listed);
  if (listed) {
    const TokenId only = read_->mustHave;
    const QString filter = only == kNoToken ? QString() : oneLine(wordText(*corpus_, only), 30);
    sentencesTitle_->setText(filter.isEmpty() ? tr("Sentences that hold most of them")
                                              : tr("Sentences with \"%1\"").arg(filter));
    allSentences_->setVisible(!filter.isEmpty());
    footer_->setText(placesText());
  } else if (partner_ == kNoToken) {
    nothing_->setContent(
        session().runs().vectors()
            ? tr("This word has no vector, so it has no neighbours: select a second word.")
            : tr("Select a second word, or train to compare it with its nearest neighbour."));
  } else if (!corpus_->hasText()) {
    nothing_->setContent(withoutText());
  } else if (!session().index()) {
    nothing_->setContent(tr("Reading where each word stands..."));
  } else if (!answered) {
    nothing_->setContent(tr("Reading the places of both words..."));
  } else {
    nothing_->setContent(tr("The text has no context that these two words share more often than by chance."));
  }
}

void WhyCloseView::showFacts() {
  const QString a = wordText(*corpus_, word_);
  const QString b = partner_ == kNoToken ? QString() : wordText(*corpus_, partner_);
  title_->setText(b.isEmpty() ? a : a + QStringLiteral(" · ") + b);
  QStringList facts;
  const auto count = [this](TokenId id) { return formatCount(corpus_->vocabulary().count(id)); };
  const bool measured = measured_.word == word_ && measured_.partner == partner_ && measured_.closeness;
  if (measured) {
    const Closeness& close = *measured_.closeness;
    facts << tr("cosine %1").arg(QLocale().toString(close.cosine, 'f', 3));
    facts << tr("%1 is neighbour %2 of %3").arg(b, formatCount(close.rankOfB), a);
    facts << tr("%1 is neighbour %2 of %3").arg(a, formatCount(close.rankOfA), b);
  }
  if (corpus_->hasText()) {
    facts << tr("%1 occurs %2 times").arg(a, count(word_));
    if (!b.isEmpty()) facts << tr("%1 occurs %2 times").arg(b, count(partner_));
  }
  facts_->setText(facts.join(QStringLiteral(" · ")));
}

void WhyCloseView::showDoubt() {
  QStringList rare;
  for (const TokenId id : {word_, partner_}) {
    if (id == kNoToken || !corpus_->hasText() || corpus_->vocabulary().count(id) >= kDoubtfulCount) continue;
    rare << tr("\"%1\" occurs only %2 times: its closeness is to be doubted.")
                .arg(wordText(*corpus_, id), formatCount(corpus_->vocabulary().count(id)));
  }
  doubt_->setText(rare.join(u' '));
  doubt_->setVisible(!rare.isEmpty());
}

QString WhyCloseView::placesText() const {
  const QString a = wordText(*corpus_, word_), b = wordText(*corpus_, partner_);
  QString text = tr("%1 contexts within %2 words are shared; by contexts alone the cosine is %3.")
                     .arg(formatCount(why_.sharedContexts))
                     .arg(read_->window)
                     .arg(QLocale().toString(why_.contextCosine, 'f', 2));
  text +=
      u' ' + (why_.meetings == 0 ? tr("The two never stand together.")
                                 : tr("The two stand together %1 times.").arg(formatCount(why_.meetings)));
  for (std::size_t i = 0; i < 2; ++i) {
    if (why_.lookedAt[i] == why_.places[i]) continue;
    text += u' ' + tr("Of the %1 places of \"%2\" %3 were read, evenly spread.")
                       .arg(formatCount(why_.places[i]), i == 0 ? a : b, formatCount(why_.lookedAt[i]));
  }
  return text;
}

void WhyCloseView::applyTheme() {
  const Theme& theme = session().theme();
  contextTable_->setTheme(theme);
  sentenceList_->setTheme(theme);
  title_->setFont(theme.title);
  facts_->setFont(theme.small);
  doubt_->setFont(theme.small);
  doubt_->setStyleSheet(QStringLiteral("color: %1").arg(theme.warning.name()));
  footer_->setFont(theme.small);
  sentencesTitle_->setFont(theme.small);
  fitColumns();
}

/// The counts give way to the words where there is no room.
void WhyCloseView::fitColumns() {
  const QFontMetrics metrics(session().theme().numbers);
  const int width = contextTable_->viewport()->width();
  const auto fit = [&](int column, const QString& widest, int more) {
    contextTable_->setColumnHidden(column, false);  // a hidden one has no size of its own
    const int title = contextTable_->horizontalHeader()->sectionSizeHint(column) + 3 * Theme::kSpace;
    const int wanted = std::max(metrics.horizontalAdvance(widest) + more + 4 * Theme::kSpace, title);
    contextTable_->setColumnWidth(column, wanted);
    return wanted;
  };
  int left = width - 12 * metrics.averageCharWidth();
  left -= fit(SharedContextModel::kShare, QStringLiteral("00.0 %"), std::max(0, width / 8));
  const int counts = fit(SharedContextModel::kWithA, QStringLiteral("00,000"), 0) +
                     fit(SharedContextModel::kWithB, QStringLiteral("00,000"), 0);
  contextTable_->setColumnHidden(SharedContextModel::kWithA, left < counts);
  contextTable_->setColumnHidden(SharedContextModel::kWithB, left < counts);
}

/// Side by side in a low dock, one above the other in a tall one.
void WhyCloseView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  splitter_->setOrientation(width() > height() ? Qt::Horizontal : Qt::Vertical);
}

void WhyCloseView::showHover(TokenId id) { contextTable_->setHovered(id); }

void WhyCloseView::exportContexts() {
  if (!read_ || contexts_->rowCount() == 0) return;
  export_->askAndSave(tr("shared contexts") + QStringLiteral(".csv"),
                      contextRows(corpus_, *read_, contexts_->contexts()));
}

void WhyCloseView::exportSentences() {
  if (sentences_->rowCount() == 0) return;
  export_->askAndSave(tr("sentences") + QStringLiteral(".csv"), sentenceRows(corpus_, sentences_->rows()));
}

void WhyCloseView::fillMenu(QMenu& menu) {
  auto* contexts = menu.addAction(tr("Export contexts as CSV..."), this, &WhyCloseView::exportContexts);
  contexts->setObjectName("exportCsv");
  contexts->setEnabled(contexts_->rowCount() > 0);
  auto* sentences = menu.addAction(tr("Export sentences as CSV..."), this, &WhyCloseView::exportSentences);
  sentences->setObjectName("exportSentences");
  sentences->setEnabled(sentences_->rowCount() > 0);
}

QJsonObject WhyCloseView::saveState() const {
  return {{"splitter", QString::fromLatin1(splitter_->saveState().toBase64())}};
}

void WhyCloseView::restoreState(const QJsonObject& state) {
  splitter_->restoreState(QByteArray::fromBase64(state["splitter"].toString().toLatin1()));
}

QString WhyCloseView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  QString text = QStringLiteral("%1: %2.").arg(title_->text(), facts_->text());
  if (body_->currentIndex() != 0) return text + u' ' + nothing_->sentence();
  QStringList words;
  for (int row = 0; row < std::min(5, contexts_->rowCount()); ++row) {
    words << wordText(*corpus_, contexts_->idAt(row));
  }
  return text + u' ' + tr("They share %1.").arg(words.join(QStringLiteral(", ")));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/concordance_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/concordance_model.h"
#include "ui/models/corpus_text.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/token_search.h"

namespace lexarium {
namespace {

using Key = ConcordanceRequest::Key;

/// A search may match at most so many different words; more is not what a person means.
constexpr std::size_t kMaximumWords = 100'000;
constexpr std::size_t kExportLines = 5000;

struct SortKey {
  Key key;
  const char* label;
};

const SortKey kSortKeys[] = {{Key::Position, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "Text order")},
                             {Key::Left1, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "1 left")},
                             {Key::Left2, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "2 left")},
                             {Key::Left3, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "3 left")},
                             {Key::Node, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "Word")},
                             {Key::Right1, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "1 right")},
                             {Key::Right2, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "2 right")},
                             {Key::Right3, QT_TRANSLATE_NOOP("lexarium::ConcordanceView", "3 right")}};

/// The node stands out by colour and weight.
class NodeDelegate : public LinkedDelegate {
 public:
  using LinkedDelegate::LinkedDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    LinkedDelegate::initStyleOption(option, index);
    // Of the left context the words nearest to the node are kept.
    if (index.column() == ConcordanceModel::kLeft) option->textElideMode = Qt::ElideLeft;
    if (index.column() == ConcordanceModel::kNode) {
      option->font.setBold(true);
      option->palette.setColor(QPalette::Text, theme().accent);
    } else if (index.column() == ConcordanceModel::kDocument) {
      option->palette.setColor(QPalette::Text, theme().secondary);
    }
  }
};

Expected<void> writeLines(CsvWriter& writer, const Corpus& corpus, const Concordance& page) {
  for (const auto& line : page.lines) {
    const std::vector<std::string> row{corpus.document(line.document).name, std::to_string(line.node.begin),
                                       line.left, line.middle, line.right};
    if (auto done = writer.row(row); !done) return done;
  }
  return {};
}

CsvRows concordanceRows(std::shared_ptr<const PositionIndex> index, ConcordanceRequest request) {
  return [index, request](CsvWriter& writer, const TaskContext& context) mutable -> Expected<void> {
    const std::vector<std::string> title{"document", "byte", "left", "word", "right"};
    if (auto done = writer.row(title); !done) return done;
    request.limit = kExportLines;
    std::uint64_t hits = 1;
    for (request.first = 0; request.first < hits; request.first += kExportLines) {
      auto page = concordance(*index, request, context);
      if (!page) return tl::unexpected<Error>(page.error());
      hits = page->hits;
      if (auto done = writeLines(writer, index->corpus(), *page); !done) return done;
      context.report(
          static_cast<double>(request.first) / static_cast<double>(std::max<std::uint64_t>(1, hits)), {});
    }
    return {};
  };
}

QString hitsText(std::uint64_t hits, std::size_t documents) {
  const QString found =
      hits == 1 ? ConcordanceView::tr("1 hit") : ConcordanceView::tr("%1 hits").arg(formatCount(hits));
  return documents == 1 ? ConcordanceView::tr("%1 in 1 document").arg(found)
                        : ConcordanceView::tr("%1 in %2 documents").arg(found, formatCount(documents));
}

}  // namespace

ConcordanceView::ConcordanceView(Session& session, QWidget* parent)
    : View(session, parent), model_(new ConcordanceModel(this)), empty_(new EmptyState) {
  setObjectName("concordanceView");
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  connect(model_, &ConcordanceModel::searchChanged, this, &ConcordanceView::showResult);
  connect(model_, &ConcordanceModel::failed, &session, &Session::reportError);
  connect(&session, &Session::indexReady, this, [this] {
    if (isVisible()) search();
  });
}

QComboBox* ConcordanceView::makeSortBox(int level) {
  auto* box = new QComboBox;
  box->setObjectName(QStringLiteral("sort%1").arg(level));
  for (const auto& key : kSortKeys) {
    if (level == 1 || key.key != Key::Position) box->addItem(tr(key.label), static_cast<int>(key.key));
  }
  if (level > 1) box->insertItem(0, QStringLiteral("–"), static_cast<int>(Key::Position));
  box->setCurrentIndex(0);
  box->setAccessibleName(level == 1 ? tr("Sort by") : tr("Then by"));
  box->setToolTip(level == 1
                      ? tr("What decides the order of the lines: their place in the text, or the words "
                           "left or right of the word")
                      : tr("What decides among lines that are equal so far"));
  connect(box, &QComboBox::currentIndexChanged, this, &ConcordanceView::search);
  return box;
}

QWidget* ConcordanceView::makeBar() {
  find_ = new TokenSearch;
  find_->setObjectName("concordanceSearch");
  find_->setPlaceholder(tr("Find words in the text"));
  find_->lineEdit()->setMinimumWidth(140);
  connect(find_, &TokenSearch::queryChanged, this, &ConcordanceView::findTyped);
  pin_ = new QToolButton;
  pin_->setObjectName("pinButton");
  pin_->setCheckable(true);
  pin_->setToolTip(tr("Pin: keep these lines when another word is selected"));
  pin_->setAccessibleName(tr("Pin"));
  connect(pin_, &QToolButton::toggled, this, [this](bool pinned) {
    if (!pinned && !typed_) followSelection();
  });
  context_ = new QSpinBox;
  context_->setObjectName("contextWords");
  context_->setRange(3, 20);
  context_->setValue(10);
  context_->setSuffix(u' ' + tr("words"));
  context_->setAccessibleName(tr("Words each side"));
  context_->setToolTip(tr("How many words are shown on each side"));
  context_->setKeyboardTracking(false);
  connect(context_, &QSpinBox::valueChanged, this, &ConcordanceView::search);
  result_ = new QLabel;
  result_->setObjectName("concordanceResult");
  result_->setTextFormat(Qt::PlainText);
  cancel_ = new QToolButton;
  cancel_->setText(tr("Cancel"));
  cancel_->setObjectName("concordanceCancel");
  connect(cancel_, &QToolButton::clicked, this, [this] {
    findJob_.cancel();
    model_->cancel();
    showResult();
  });

  auto* bar = new FlowBar(Theme::kSpace);
  FlowLayout* flow = bar->flow();
  auto* sortLabel = new QLabel(tr("Sort by"));
  sortLabel->setProperty("role", "secondary");
  flow->addWidget(find_);
  flow->addWidget(pin_);
  flow->addWidget(sortLabel);
  for (std::size_t i = 0; i < sort_.size(); ++i) {
    flow->addWidget(sort_[i] = makeSortBox(static_cast<int>(i) + 1));
  }
  sortLabel->setBuddy(sort_[0]);
  flow->addWidget(context_);
  flow->addWidget(result_);
  flow->addWidget(cancel_);
  return bar;
}

QWidget* ConcordanceView::makeContent() {
  table_ = new LinkedTable;
  table_->setObjectName("concordanceList");
  table_->setAccessibleName(tr("Places in the text"));
  table_->setLinkedDelegate(new NodeDelegate(table_));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->horizontalHeader()->hide();
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(table_, &LinkedTable::chosen, this, &ConcordanceView::openHit);
  connect(table_, &LinkedTable::widthChanged, this, &ConcordanceView::fitColumns);
  connect(table_, &LinkedTable::hovered, &session().selection(), &Selection::hover);
  noHits_ = new EmptyState;
  noHits_->setObjectName("noHits");
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  auto* bar = makeBar();
  bar->layout()->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->addWidget(bar);
  body_ = new QStackedLayout;
  body_->addWidget(table_);
  body_->addWidget(noHits_);
  layout->addLayout(body_, 1);
  layout->addWidget(export_);
  return content;
}

void ConcordanceView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    showCorpus();
    dirty |= kSelection;
  }
  if (!corpus_ || !corpus_->hasText()) return;
  if ((dirty & kSelection) && !pin_->isChecked()) followSelection();
}

void ConcordanceView::showCorpus() {
  corpus_ = session().corpus();
  findJob_.cancel();
  words_.clear();
  typed_ = false;
  pin_->setChecked(false);
  find_->setQuery({});
  find_->setMessage({});
  model_->clear();
  stack_->setCurrentIndex(corpus_ && corpus_->hasText() ? 1 : 0);
  empty_->setContent(
      corpus_ ? withoutText() : tr("Here stand all places of a word in the text, with the words around it."),
      tr("Open text..."));
}

void ConcordanceView::followSelection() {
  const auto& words = session().selection().words();
  if (typed_ && words.empty()) return;  // what was searched for stays
  typed_ = false;
  findJob_.cancel();
  find_->setQuery({});
  find_->setMessage({});
  showWords(words);
}

void ConcordanceView::findTyped() {
  const std::string query = find_->query().toStdString();
  find_->setMessage({});
  if (query.empty()) {
    typed_ = false;
    followSelection();
    return;
  }
  typed_ = true;
  auto work = [corpus = corpus_, query](std::stop_token stop) {
    TaskContext context;
    context.stop = stop;
    return findWords(corpus->vocabulary(), query, kMaximumWords, context);
  };
  findJob_.run(std::move(work), [this](Expected<std::vector<TokenId>> found) {
    if (!found) {
      if (found.error().kind != Error::Kind::Cancelled)
        find_->setMessage(toQString(found.error().message()), true);
      showResult();
      return;
    }
    showWords(std::move(*found));
  });
  showResult();
}

void ConcordanceView::showWords(std::vector<TokenId> words) {
  words_ = std::move(words);
  search();
}

std::vector<Key> ConcordanceView::order() const {
  std::vector<Key> keys;
  for (const QComboBox* box : sort_) {
    const Key key = static_cast<Key>(box->currentData().toInt());
    if (key == Key::Position) break;
    keys.push_back(key);
  }
  keys.push_back(Key::Position);
  return keys;
}

void ConcordanceView::search() {
  const bool sorted = sort_[0]->currentIndex() > 0;
  sort_[1]->setEnabled(sorted);
  sort_[2]->setEnabled(sorted && sort_[1]->currentIndex() > 0);
  if (words_.empty()) {
    model_->clear();
  } else if (session().index()) {
    ConcordanceRequest request;
    request.words = words_;
    request.contextTokens = static_cast<std::size_t>(context_->value());
    request.order = order();
    model_->search(session().index(), std::move(request));
  } else {
    showResult();  // it is searched when the index is ready
  }
}

void ConcordanceView::showResult() {
  const bool waits = model_->isSearching() || findJob_.isRunning() || (!words_.empty() && !session().index());
  cancel_->setVisible(model_->isSearching() || findJob_.isRunning());
  const bool any = model_->rowCount() > 0;
  body_->setCurrentIndex(any ? 0 : 1);
  fitColumns();
  if (waits) {
    result_->setText(tr("Searching..."));
    if (!any)
      noHits_->setContent(session().index() ? tr("Searching...") : tr("Reading where each word stands..."));
    return;
  }
  QString text = words_.empty() ? QString() : hitsText(model_->hits(), model_->documents());
  if (model_->hits() > static_cast<std::uint64_t>(model_->rowCount())) {
    text += u' ' +
            tr("(the first %1 are shown)").arg(formatCount(static_cast<std::uint64_t>(model_->rowCount())));
  }
  result_->setText(text);
  if (any) return;
  if (typed_) {
    noHits_->setContent(tr("No word of this text matches \"%1\".").arg(oneLine(find_->query(), 60)));
  } else {
    noHits_->setContent(tr("Select a word, or search for one, to see all its places in the text."));
  }
}

void ConcordanceView::openHit(const QModelIndex& index) {
  const ConcordanceLine* line = model_->lineAt(index.row());
  if (!line) return;
  session().selection().setFocus(line->token);
  triggerWindowAction(this, "view_text");
}

void ConcordanceView::fitColumns() {
  const int width = table_->viewport()->width();
  const QFontMetrics metrics(session().theme().body);
  const bool many = corpus_ && corpus_->documentCount() > 1;
  const int document = many ? std::min(width / 6, 30 * metrics.averageCharWidth()) : 0;
  // Wide enough for the longest node in sight, so that the contexts begin and end at one line.
  int node = 0;
  const int first = std::max(0, table_->rowAt(0));
  QFont bold = session().theme().body;
  bold.setBold(true);
  for (int row = first; row < std::min(model_->rowCount(), first + 60); ++row) {
    const QString text =
        model_->data(model_->index(row, ConcordanceModel::kNode), Qt::DisplayRole).toString();
    node = std::max(node, QFontMetrics(bold).horizontalAdvance(text));
  }
  node = std::clamp(node + 4 * Theme::kSpace, 10 * Theme::kSpace, std::max(10 * Theme::kSpace, width / 3));
  const int side = std::max(0, (width - node - document) / 2);
  table_->setColumnHidden(ConcordanceModel::kDocument, !many);
  table_->setColumnWidth(ConcordanceModel::kLeft, side);
  table_->setColumnWidth(ConcordanceModel::kNode, node);
  table_->setColumnWidth(ConcordanceModel::kRight, width - node - document - side);
  if (many) table_->setColumnWidth(ConcordanceModel::kDocument, document);
}

void ConcordanceView::applyTheme() {
  const Theme& theme = session().theme();
  table_->setTheme(theme);
  table_->setFont(theme.body);
  // The selection colour is for words; the line that is read has the accent's tint.
  table_->setStyleSheet(tintedSelection(theme));
  find_->setTheme(theme);
  result_->setFont(theme.numbers);
  pin_->setIcon(themedIcon("pin", theme));
  fitColumns();
}

void ConcordanceView::showHover(TokenId id) {
  // Lines of one word alone would all be ringed, which tells nothing.
  table_->setHovered(words_.size() > 1 ? id : kNoToken);
}

void ConcordanceView::exportTable() {
  if (model_->rowCount() == 0) return;
  export_->askAndSave(tr("concordance") + QStringLiteral(".csv"),
                      concordanceRows(model_->index(), model_->request()));
}

void ConcordanceView::fillMenu(QMenu& menu) {
  auto* action = menu.addAction(tr("Export all hits as CSV..."), this, &ConcordanceView::exportTable);
  action->setObjectName("exportCsv");
  action->setEnabled(model_->rowCount() > 0);
}

QJsonObject ConcordanceView::saveState() const {
  QJsonArray keys;
  for (const QComboBox* box : sort_) keys << box->currentIndex();
  return {{"sort", keys}, {"context", context_->value()}};
}

void ConcordanceView::restoreState(const QJsonObject& state) {
  const QJsonArray keys = state["sort"].toArray();
  for (int i = 0; i < std::min<int>(static_cast<int>(keys.size()), 3); ++i) {
    auto* box = sort_[static_cast<std::size_t>(i)];
    box->setCurrentIndex(std::clamp(keys[i].toInt(), 0, box->count() - 1));
  }
  context_->setValue(state["context"].toInt(context_->value()));
}

QString ConcordanceView::textSummary() const {
  return stack_->currentIndex() == 0 ? empty_->sentence() : result_->text();
}

}  // namespace lexarium

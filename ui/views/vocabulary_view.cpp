// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/vocabulary_view.h"

#include <QApplication>
#include <QHeaderView>
#include <QItemSelection>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <unordered_set>

#include "ui/models/corpus_text.h"
#include "ui/models/vocabulary_model.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/token_search.h"

namespace lexarium {
namespace {

/// Ctrl+A on a million words is no selection that a picture could show.
constexpr std::size_t kMaximumSelected = 1000;

CsvRows vocabularyRows(std::shared_ptr<const Corpus> corpus, std::vector<TokenId> ids) {
  return [corpus, ids = std::move(ids)](CsvWriter& writer, const TaskContext& context) -> Expected<void> {
    const Vocabulary& vocabulary = corpus->vocabulary();
    const std::vector<std::string> title{"rank", "word", "count", "per_million"};
    if (auto done = writer.row(title); !done) return done;
    const double total = static_cast<double>(std::max<std::uint64_t>(1, vocabulary.totalCount()));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i % 4096 == 0) {
        if (context.stopRequested()) return cancelled();
        context.report(static_cast<double>(i) / static_cast<double>(ids.size()), {});
      }
      const auto count = vocabulary.count(ids[i]);
      const std::vector<std::string> row{
          std::to_string(ids[i] + 1), std::string(vocabulary.word(ids[i])), csvCount(*corpus, ids[i]),
          corpus->hasText() ? formatParam(1e6 * static_cast<double>(count) / total) : std::string()};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
}

}  // namespace

VocabularyView::VocabularyView(Session& session, QWidget* parent)
    : View(session, parent), model_(new VocabularyModel(this)), empty_(new EmptyState) {
  setObjectName("vocabularyView");
  empty_->setContent(tr("Here stand all words of a text, with how often each of them occurs."),
                     tr("Open text..."));
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  connect(&session, &Session::indexReady, this, [this] {
    if (waitsForIndex_) updateOrder();
  });
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
}

QWidget* VocabularyView::makeContent() {
  summary_ = new QLabel;
  summary_->setObjectName("corpusSummary");
  summary_->setWordWrap(true);
  summary_->setTextFormat(Qt::PlainText);
  notes_ = new QLabel;
  notes_->setObjectName("corpusNotes");
  notes_->setWordWrap(true);
  notes_->setTextFormat(Qt::PlainText);
  search_ = new TokenSearch;
  search_->setPlaceholder(tr("Filter words"));
  connect(search_, &TokenSearch::queryChanged, this, &VocabularyView::updateOrder);

  table_ = new LinkedTable;
  table_->setObjectName("vocabularyTable");
  table_->setAccessibleName(tr("Vocabulary"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  auto* header = table_->horizontalHeader();
  header->setSectionsClickable(true);
  header->setSortIndicatorShown(true);
  header->setSortIndicator(VocabularyModel::kRank, Qt::AscendingOrder);
  header->setSectionResizeMode(VocabularyModel::kWord, QHeaderView::Stretch);
  connect(header, &QHeaderView::sortIndicatorChanged, this, &VocabularyView::setSort);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &VocabularyView::takeSelection);
  connect(table_, &LinkedTable::widthChanged, this, &VocabularyView::fitColumns);
  connect(table_, &LinkedTable::hovered, &session().selection(), &Selection::hover);

  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  auto* head = tightLayout<QVBoxLayout>();
  head->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  head->addWidget(summary_);
  head->addWidget(notes_);
  head->addWidget(search_);
  layout->addLayout(head);
  layout->addWidget(table_, 1);
  layout->addWidget(export_);
  return content;
}

void VocabularyView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    showCorpus();
    dirty |= kSelection | kRuns;
  }
  if (!corpus_) return;
  if (dirty & kRuns) showKeptWords();
  if (dirty & kSelection) showSelection();
}

void VocabularyView::showCorpus() {
  corpus_ = session().corpus();
  orderJob_.cancel();
  waitsForIndex_ = false;
  showingSelection_ = true;
  model_->setCorpus(corpus_);
  showingSelection_ = false;
  search_->setQuery({});
  search_->setMessage({});
  stack_->setCurrentIndex(corpus_ ? 1 : 0);
  if (!corpus_) return;
  showSummary();
  applyTheme();
  updateOrder();
}

void VocabularyView::showSummary() {
  QStringList facts{sizeText(*corpus_)};
  const std::size_t documents = corpus_->documentCount();
  if (documents > 1) facts << tr("%1 documents").arg(formatCount(documents));
  if (documents > 0) facts << encodingsText(*corpus_);
  summary_->setText(facts.join(QStringLiteral(" · ")));
  QStringList notes;
  for (const auto& note : corpus_->notes()) notes << toQString(note);
  // One line in the view; all of them where one points at it.
  QString shown = notes.value(0);
  if (notes.size() > 1) shown += u' ' + tr("(and %1 more)").arg(notes.size() - 1);
  notes_->setText(shown);
  notes_->setToolTip(notes.mid(0, 50).join('\n'));
  notes_->setVisible(!notes.isEmpty());
}

void VocabularyView::applyTheme() {
  const Theme& theme = session().theme();
  table_->setTheme(theme);
  search_->setTheme(theme);
  summary_->setFont(theme.small);
  notes_->setFont(theme.small);
  notes_->setStyleSheet(QStringLiteral("color: %1").arg(theme.warning.name()));
  fitColumns();
}

/// Columns as wide as their widest number; in a narrow dock those that say least give way to the words.
void VocabularyView::fitColumns() {
  if (!corpus_ || corpus_->vocabulary().size() == 0) return;
  const QFontMetrics metrics(session().theme().numbers);
  const QFontMetrics title(QApplication::font("QHeaderView"));
  const auto fit = [&](int column, const QString& widest) {
    const QString name = model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int width =
        std::max(metrics.horizontalAdvance(widest), title.horizontalAdvance(name)) + 6 * Theme::kSpace;
    table_->setColumnWidth(column, width);
    return width;
  };
  const Vocabulary& vocabulary = corpus_->vocabulary();
  const int rank = fit(VocabularyModel::kRank, formatCount(vocabulary.size()));
  const int count = fit(VocabularyModel::kCount, formatCount(vocabulary.count(0)));
  const int perMillion = fit(VocabularyModel::kPerMillion, QStringLiteral("000,000"));
  const int word = 14 * metrics.averageCharWidth();
  const int width = table_->viewport()->width();
  table_->setColumnHidden(VocabularyModel::kPerMillion, width < rank + word + count + perMillion);
  table_->setColumnHidden(VocabularyModel::kRank, width < rank + word + count);
}

void VocabularyView::showKeptWords() {
  const KeptWords kept = keptWords(session().runs(), corpus_->vocabulary());
  model_->setKeptWords(kept.words, kept.minimumCount);
}

void VocabularyView::setSort(int column, Qt::SortOrder direction) {
  sortColumn_ = column;
  sortDirection_ = direction;
  if (corpus_) updateOrder();
}

void VocabularyView::updateOrder() {
  const bool byWord = sortColumn_ == VocabularyModel::kWord;
  const bool falling = sortDirection_ == Qt::DescendingOrder;
  // Rank rises as the counts fall.
  const bool reversed = sortColumn_ == VocabularyModel::kRank || byWord ? falling : !falling;
  const auto index = session().index();
  waitsForIndex_ = byWord && !index;
  if (waitsForIndex_) {
    search_->setMessage(tr("Sorting..."));
    return;
  }
  const std::string query = search_->query().toStdString();
  if (query.empty() && !byWord) {
    orderJob_.cancel();
    search_->setMessage({});
    adoptOrder(nullptr, reversed);
    return;
  }
  auto work = [corpus = corpus_, query, index = byWord ? index : nullptr](std::stop_token stop) {
    TaskContext context;
    context.stop = stop;
    return makeWordOrder(*corpus, query, index.get(), context);
  };
  orderJob_.run(std::move(work), [this, query, reversed](Expected<std::shared_ptr<const WordOrder>> order) {
    if (!order) {
      search_->setMessage(toQString(order.error().message()), true);
      return;
    }
    const std::size_t words = (*order)->ids.size();
    search_->setMessage(query.empty() ? QString() : tr("%1 words").arg(formatCount(words)));
    adoptOrder(std::move(*order), reversed);
  });
}

void VocabularyView::adoptOrder(std::shared_ptr<const WordOrder> order, bool reversed) {
  showingSelection_ = true;  // the reset empties the table's selection, not the session's
  model_->setOrder(std::move(order), reversed);
  showingSelection_ = false;
  showSelection();
}

void VocabularyView::showSelection() {
  QItemSelection rows;
  for (const TokenId id : session().selection().words()) {
    const int row = model_->rowOf(id);
    if (row >= 0) rows.select(model_->index(row, 0), model_->index(row, VocabularyModel::kColumns - 1));
  }
  if (!showingSelection_) {
    showingSelection_ = true;
    table_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    showingSelection_ = false;
  }
  const int primary = model_->rowOf(session().selection().primary());
  if (primary < 0) return;
  table_->selectionModel()->setCurrentIndex(model_->index(primary, VocabularyModel::kWord),
                                            QItemSelectionModel::NoUpdate);
  table_->reveal(model_->index(primary, VocabularyModel::kWord));
}

void VocabularyView::takeSelection() {
  if (showingSelection_) return;
  std::vector<TokenId> rows;
  for (const auto& range : table_->selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom() && rows.size() < kMaximumSelected; ++row) {
      rows.push_back(model_->idAt(row));
    }
  }
  // What was selected stays in its order; words that the filter hides stay while one adds to the selection.
  const bool adds = QApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::MetaModifier);
  const std::unordered_set<TokenId> shown(rows.begin(), rows.end());
  std::vector<TokenId> ids;
  for (const TokenId id : session().selection().words()) {
    if (shown.count(id) != 0 || (adds && model_->rowOf(id) < 0)) ids.push_back(id);
  }
  ids.insert(ids.end(), rows.begin(), rows.end());
  // Of several new ones, the one clicked is the one to inspect.
  const TokenId current = model_->idAt(table_->currentIndex().row());
  if (shown.count(current) != 0 && !session().selection().contains(current)) {
    std::erase(ids, current);
    ids.push_back(current);
  }
  showingSelection_ = true;
  session().selection().select(std::move(ids));
  showingSelection_ = false;
}

void VocabularyView::showHover(TokenId id) { table_->setHovered(id); }

void VocabularyView::exportTable() {
  if (!corpus_) return;
  std::vector<TokenId> ids(static_cast<std::size_t>(model_->rowCount()));
  for (std::size_t row = 0; row < ids.size(); ++row) ids[row] = model_->idAt(static_cast<int>(row));
  export_->askAndSave(tr("vocabulary") + QStringLiteral(".csv"), vocabularyRows(corpus_, std::move(ids)));
}

void VocabularyView::fillMenu(QMenu& menu) {
  auto* action = menu.addAction(tr("Export table as CSV..."), this, &VocabularyView::exportTable);
  action->setObjectName("exportCsv");
  action->setEnabled(corpus_ != nullptr);
}

QJsonObject VocabularyView::saveState() const {
  return {{"sortColumn", sortColumn_}, {"descending", sortDirection_ == Qt::DescendingOrder}};
}

void VocabularyView::restoreState(const QJsonObject& state) {
  const int column = state["sortColumn"].toInt();
  if (column < 0 || column >= VocabularyModel::kColumns) return;
  table_->horizontalHeader()->setSortIndicator(
      column, state["descending"].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QString VocabularyView::textSummary() const {
  if (!corpus_) return empty_->sentence();
  QString text = sizeText(*corpus_) + u'.';
  if (corpus_->hasText()) {
    text += u' ' + tr("The most frequent word is \"%1\", %2 times.")
                       .arg(wordText(*corpus_, 0), formatCount(corpus_->vocabulary().count(0)));
  }
  return text;
}

}  // namespace lexarium

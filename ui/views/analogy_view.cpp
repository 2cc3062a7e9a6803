// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/analogy_view.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/analysis/examples.h"
#include "ui/models/answer_model.h"
#include "ui/models/corpus_text.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/word_edit.h"

namespace lexarium {
namespace {

constexpr std::size_t kExamples = 10;

CsvRows answerRows(std::shared_ptr<const Corpus> corpus, std::string sum, AnalogyMethod method,
                   std::vector<AnalogyAnswer> answers) {
  return [=](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    const std::vector<std::string> title{"sum", "method", "answer", "cosine", "score", "count"};
    if (auto done = writer.row(title); !done) return done;
    for (const AnalogyAnswer& answer : answers) {
      const std::vector<std::string> row{sum,
                                         method == AnalogyMethod::Add ? "3CosAdd" : "3CosMul",
                                         std::string(corpus->vocabulary().word(answer.id)),
                                         formatParam(answer.cosine),
                                         formatParam(answer.score),
                                         csvCount(*corpus, answer.id)};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
}

}  // namespace

AnalogyView::AnalogyView(Session& session, QWidget* parent)
    : View(session, parent),
      model_(new AnswerModel(this)),
      empty_(new EmptyState),
      job_(session.clock(), [this] { askIfNewer(); }) {
  setObjectName("analogyView");
  connect(empty_, &EmptyState::activated, this, [this] {
    this->session().corpus() ? this->session().runs().train() : void(triggerWindowAction(this, "openText"));
  });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  setFocusProxy(sum_);
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
}

QWidget* AnalogyView::makeQuestion() {
  sum_ = new WordEdit;
  sum_->setObjectName("analogySum");
  sum_->setPlaceholderText(tr("king - man + woman"));
  sum_->setAccessibleName(tr("Sum of words"));
  sum_->setToolTip(tr("Any number of words with + and - between them"));
  connect(sum_, &WordEdit::wordsChanged, this, &AnalogyView::read);
  method_ = new QComboBox;
  method_->setObjectName("analogyMethod");
  method_->addItem(tr("3CosAdd"), static_cast<int>(AnalogyMethod::Add));
  method_->addItem(tr("3CosMul"), static_cast<int>(AnalogyMethod::Mul));
  method_->setAccessibleName(tr("How answers are found"));
  method_->setToolTip(
      tr("3CosAdd takes the words nearest to the sum; 3CosMul weighs all words of the sum alike, so that "
         "one strong likeness does not decide alone (Levy and Goldberg 2014)"));
  connect(method_, &QComboBox::currentIndexChanged, this, &AnalogyView::ask);
  examples_ = new QToolButton;
  examples_->setObjectName("analogyExamples");
  examples_->setText(tr("Examples") + QStringLiteral(" ▾"));
  examples_->setToolTip(tr("Sums of words of this text to try"));
  examples_->setAccessibleName(tr("Examples"));
  examples_->setPopupMode(QToolButton::InstantPopup);
  examples_->setMenu(new QMenu(examples_));
  auto* question = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(question);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->addWidget(sum_);
  auto* line = tightLayout<QHBoxLayout>();
  line->addWidget(method_);
  line->addWidget(examples_);
  line->addStretch(1);
  layout->addLayout(line);
  return question;
}

QWidget* AnalogyView::makeContent() {
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeQuestion());
  table_ = new LinkedTable;
  table_->setObjectName("answerList");
  table_->setAccessibleName(tr("Answers"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setCursor(Qt::PointingHandCursor);
  table_->horizontalHeader()->setSectionResizeMode(AnswerModel::kWord, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this, &AnalogyView::choose);
  connect(table_, &LinkedTable::widthChanged, this, &AnalogyView::fitColumns);
  connect(table_, &LinkedTable::hovered, &session().selection(), &Selection::hover);
  nothing_ = new EmptyState;
  nothing_->setObjectName("noAnswer");
  connect(nothing_, &EmptyState::activated, this, [this] {
    if (!offered_.empty()) tryExample(toQString(offered_.front()));
  });
  body_ = new QStackedLayout;
  body_->addWidget(table_);
  body_->addWidget(nothing_);
  layout->addLayout(body_, 1);

  onMap_ = new QPushButton(tr("Show on the map"));
  onMap_->setObjectName("showOnMap");
  onMap_->setToolTip(tr("Select the words of the sum and the answer together, and show them on the map"));
  connect(onMap_, &QPushButton::clicked, this, &AnalogyView::showOnMap);
  footer_ = new QLabel;
  footer_->setObjectName("analogyFooter");
  footer_->setWordWrap(true);
  footer_->setProperty("role", "secondary");
  auto* foot = tightLayout<QHBoxLayout>();
  foot->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  foot->addWidget(footer_, 1);
  foot->addWidget(onMap_);
  layout->addLayout(foot);
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);
  layout->addWidget(export_);
  return content;
}

Probe AnalogyView::needs() const {
  Probe probe;
  probe.allWords = isVisible() && !terms_.empty();
  return probe;
}

void AnalogyView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) adoptCorpus();
  if (!corpus_) return showState();
  // Which words have vectors is known with the run.
  const auto table = session().runs().vectors();
  const std::size_t words = table ? static_cast<std::size_t>(table->vectors.cols())
                                  : keptWords(session().runs(), corpus_->vocabulary()).words;
  if (words != words_) {
    words_ = words;
    fillExamples();
    read();
  } else if (dirty & (kRuns | kFrame | kCorpus)) {
    askIfNewer();
  }
}

void AnalogyView::adoptCorpus() {
  corpus_ = session().corpus();
  job_.cancel();
  shown_ = {};
  terms_.clear();
  words_ = 0;
  model_->setCorpus(corpus_);
  sum_->setCorpus(corpus_);
}

void AnalogyView::fillExamples() {
  const auto questions =
      session().sample() ? session().sample()->questions() : std::vector<AnalogyQuestion>();
  offered_ = exampleSums(corpus_->vocabulary(), words_, questions, kExamples);
  examples_->menu()->clear();
  for (const std::string& sum : offered_) {
    const QString text = toQString(sum);
    examples_->menu()->addAction(text, this, [this, text] { tryExample(text); });
  }
  examples_->setVisible(!offered_.empty());
}

void AnalogyView::tryExample(const QString& sum) {
  sum_->setWords(sum);
  read();
}

/// From what is typed to terms_, or to what is wrong with it.
void AnalogyView::read() {
  terms_.clear();
  problem_.clear();
  if (!corpus_) return;
  const QString text = sum_->text().trimmed();
  if (!text.isEmpty()) {
    auto terms = parseExpression(text.toStdString(), corpus_->vocabulary(), words_);
    if (terms) {
      terms_ = std::move(*terms);
    } else {
      problem_ = toQString(terms.error().message());
    }
  }
  if (needed_ == terms_.empty()) {
    needed_ = !terms_.empty();
    Q_EMIT needsChanged();
  }
  ask();
}

AnalogyMethod AnalogyView::method() const {
  return static_cast<AnalogyMethod>(method_->currentData().toInt());
}

AnalogyView::Question AnalogyView::answer(Question question) {
  if (!question.norms) question.norms = std::make_shared<const Vector>(inverseNorms(question.table->vectors));
  question.answers =
      answerExpression(*question.table, *question.norms, question.terms, kAnswers, question.method);
  return question;
}

void AnalogyView::askIfNewer() {
  if (session().runs().vectors() == shown_.table) return showState();
  if (job_.isDue()) ask();
}

void AnalogyView::ask() {
  Question next;
  next.table = session().runs().vectors();
  next.terms = terms_;
  next.method = method();
  if (!next.table || terms_.empty() || !isVisible()) {
    job_.cancel();
    shown_ = {};
    model_->setAnswers({});
    return showState();
  }
  if (next.table == shown_.table) next.norms = shown_.norms;
  job_.run([next](std::stop_token) { return answer(next); },
           [this](Question question) { adopt(std::move(question)); });
  showState();
}

void AnalogyView::adopt(Question question) {
  shown_ = std::move(question);
  model_->setAnswers(shown_.answers);
  fitColumns();
  showState();
}

void AnalogyView::showState() {
  const bool canAsk = corpus_ && (session().runs().vectors() || session().runs().current());
  stack_->setCurrentIndex(canAsk ? 1 : 0);
  if (!corpus_) {
    empty_->setContent(tr("Here one can calculate with words: king - man + woman."), tr("Open text..."));
  } else if (!canAsk) {
    empty_->setContent(
        tr("Here one can calculate with words, king - man + woman, as soon as something is learned."),
        tr("Train"));
  }
  if (!canAsk) return;
  const bool any = !terms_.empty() && model_->rowCount() > 0;
  body_->setCurrentIndex(any ? 0 : 1);
  onMap_->setEnabled(any);
  footer_->setText(
      !any || !shown_.table ? QString()
      : session().runs().isFromFile()
          ? tr("The words of the sum are left out.")
          : tr("The words of the sum are left out. At step %1.").arg(formatCount(shown_.table->step)));
  if (any) return;
  if (!problem_.isEmpty()) {
    nothing_->setContent(problem_);
  } else if (terms_.empty()) {
    nothing_->setContent(tr("Write a sum of words above: what fits it best appears here."),
                         offered_.empty() ? QString() : tr("Try %1").arg(toQString(offered_.front())));
  } else if (!session().runs().vectors()) {
    nothing_->setContent(tr("The answers appear here with the first vectors of this run."));
  } else if (!job_.isRunning()) {
    nothing_->setContent(tr("These words leave no direction in which an answer could lie."));
  }
}

/// The answer last, so that it is the one that is inspected.
void AnalogyView::selectWith(TokenId answer) {
  std::vector<TokenId> ids;
  for (const ExpressionTerm& term : terms_) ids.push_back(term.id);
  ids.push_back(answer);
  session().selection().select(std::move(ids));
}

void AnalogyView::choose(const QModelIndex& index, Qt::KeyboardModifiers modifiers) {
  const TokenId id = model_->idAt(index.row());
  if (id == kNoToken) return;
  if (modifiers & Qt::ControlModifier) {
    session().selection().toggle(id);
  } else {
    selectWith(id);
  }
}

void AnalogyView::showOnMap() {
  const TokenId id = model_->idAt(std::max(0, table_->currentIndex().row()));
  if (id == kNoToken) return;
  selectWith(id);
  triggerWindowAction(this, "view_map");
}

void AnalogyView::showHover(TokenId id) { table_->setHovered(id); }

void AnalogyView::applyTheme() {
  const Theme& theme = session().theme();
  table_->setTheme(theme);
  footer_->setFont(theme.small);
  fitColumns();
}

/// The count gives way to the words in a narrow dock.
void AnalogyView::fitColumns() {
  const QFontMetrics metrics(session().theme().numbers);
  const QFontMetrics title(QApplication::font("QHeaderView"));
  const auto fit = [&](int column, const QString& widest, int more) {
    const QString name = model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int width =
        std::max(metrics.horizontalAdvance(widest) + more, title.horizontalAdvance(name)) + 4 * Theme::kSpace;
    table_->setColumnWidth(column, width);
    return width;
  };
  const int width = table_->viewport()->width();
  const bool score = method() == AnalogyMethod::Mul;
  const int used = 12 * metrics.averageCharWidth() +
                   fit(AnswerModel::kCosine, QStringLiteral("0.000"), std::max(0, width / 6)) +
                   (score ? fit(AnswerModel::kScore, QStringLiteral("0.000"), 0) : 0) +
                   fit(AnswerModel::kCount, QStringLiteral("000,000"), 0);
  table_->setColumnHidden(AnswerModel::kScore, !score);
  table_->setColumnHidden(AnswerModel::kCount, width < used);
}

void AnalogyView::exportTable() {
  if (model_->rowCount() == 0) return;
  export_->askAndSave(
      tr("answers") + QStringLiteral(".csv"),
      answerRows(corpus_, sum_->text().trimmed().toStdString(), shown_.method, shown_.answers));
}

void AnalogyView::fillMenu(QMenu& menu) {
  auto* action = menu.addAction(tr("Export table as CSV..."), this, &AnalogyView::exportTable);
  action->setObjectName("exportCsv");
  action->setEnabled(model_->rowCount() > 0);
}

QJsonObject AnalogyView::saveState() const {
  return {{"sum", sum_->text()}, {"multiply", method() == AnalogyMethod::Mul}};
}

void AnalogyView::restoreState(const QJsonObject& state) {
  sum_->setWords(state["sum"].toString());
  method_->setCurrentIndex(state["multiply"].toBool() ? 1 : 0);
  read();
}

QString AnalogyView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  if (model_->rowCount() == 0) return nothing_->sentence();
  QStringList words;
  for (std::size_t i = 0; i < std::min<std::size_t>(5, shown_.answers.size()); ++i) {
    words << wordText(*corpus_, shown_.answers[i].id);
  }
  return tr("%1 gives %2.").arg(sum_->text().trimmed(), words.join(QStringLiteral(", ")));
}

}  // namespace lexarium

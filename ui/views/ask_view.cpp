// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/ask_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/corpus_text.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/evidence_list.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/work_bar.h"

namespace lexarium {
namespace {

constexpr std::size_t kAnswers = 20;

std::string textBetween(const Corpus& corpus, std::size_t document, std::uint64_t begin, std::uint64_t end) {
  std::string text = corpus.document(document).text.substr(begin, end - begin);
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return text;
}

/// The sentence in pieces: the span that may be the answer, words that are like the question, and the rest.
EvidenceRow rowOf(const Corpus& corpus, const CorpusAnswer& answer) {
  EvidenceRow row;
  const TokenRange sentence = corpus.sentence(answer.sentence);
  row.place.token = sentence.begin;
  row.place.shown = sentence;
  row.place.share = std::max(0.0, answer.score);
  std::uint64_t at = answer.range.begin;
  const auto add = [&](std::uint64_t end, TextPiece::Kind kind) {
    if (end > at) row.pieces.push_back({textBetween(corpus, answer.document, at, end), kind, kNoToken});
    at = std::max(at, end);
  };
  const float even = answer.words.empty() ? 1 : 1.5F / static_cast<float>(answer.words.size());
  for (std::size_t i = 0; i < answer.words.size(); ++i) {
    const WeightedWord& word = answer.words[i];
    add(word.range.begin, TextPiece::Kind::Plain);
    if (word.range.begin == answer.span.begin && answer.span.end > answer.span.begin) {
      row.place.token = sentence.begin + static_cast<TokenIndex>(i);
      add(answer.span.end, TextPiece::Kind::Word);
    } else if (word.range.begin >= at) {
      add(word.range.end, word.weight > even ? TextPiece::Kind::Context : TextPiece::Kind::Plain);
    }
  }
  add(answer.range.end, TextPiece::Kind::Plain);
  return row;
}

CsvRows answerRows(std::shared_ptr<const Corpus> corpus, std::string question,
                   std::vector<CorpusAnswer> answers) {
  return [=](CsvWriter& writer, const TaskContext&) -> Expected<void> {
    const std::vector<std::string> title{"question", "likeness", "document", "byte", "sentence", "marked"};
    if (auto done = writer.row(title); !done) return done;
    for (const CorpusAnswer& answer : answers) {
      const std::vector<std::string> row{
          question,
          formatParam(answer.score),
          corpus->document(answer.document).name,
          std::to_string(answer.range.begin),
          textBetween(*corpus, answer.document, answer.range.begin, answer.range.end),
          textBetween(*corpus, answer.document, answer.span.begin, answer.span.end)};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
}

}  // namespace

AskView::AskView(Session& session, QWidget* parent)
    : View(session, parent),
      model_(new EvidenceModel(this)),
      empty_(new EmptyState),
      job_(session.clock(), [this] { askIfNewer(); }) {
  setObjectName("askView");
  connect(empty_, &EmptyState::activated, this, [this] {
    this->session().corpus() ? this->session().runs().train() : void(triggerWindowAction(this, "openText"));
  });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  setFocusProxy(question_);
}

QWidget* AskView::makeContent() {
  question_ = new QLineEdit;
  question_->setObjectName("corpusQuestion");
  question_->setPlaceholderText(tr("Who rules the kingdom?"));
  question_->setAccessibleName(tr("Question to the text"));
  question_->setClearButtonEnabled(true);
  question_->setToolTip(tr("Words of the text, in any order; the rarer a word, the more it counts"));
  connect(question_, &QLineEdit::returnPressed, this, &AskView::ask);
  button_ = new QPushButton(tr("Ask"));
  button_->setObjectName("askCorpus");
  button_->setToolTip(tr("Find the sentences that are most like the question"));
  connect(button_, &QPushButton::clicked, this, &AskView::ask);
  model_->setTip(tr("Likeness to the question: %1\nClick to read on in the text"));
  list_ = new EvidenceList;
  list_->setObjectName("answerSentences");
  list_->setAccessibleName(tr("Sentences that may answer"));
  list_->setEvidence(model_);
  connect(list_, &EvidenceList::chosen, this, &AskView::openPlace);
  nothing_ = new EmptyState;
  nothing_->setObjectName("noSentences");
  footer_ = new QLabel;
  footer_->setObjectName("askFooter");
  footer_->setProperty("role", "secondary");
  footer_->setWordWrap(true);
  work_ = new WorkBar;
  connect(work_, &WorkBar::cancelled, this, [this] {
    job_.cancel();
    work_->end();
    asked_.clear();
  });
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  auto* line = tightLayout<QHBoxLayout>();
  line->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  line->addWidget(question_, 1);
  line->addWidget(button_);
  layout->addLayout(line);
  body_ = new QStackedLayout;
  body_->addWidget(list_);
  body_->addWidget(nothing_);
  layout->addLayout(body_, 1);
  footer_->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(footer_);
  layout->addWidget(work_);
  layout->addWidget(export_);
  return content;
}

Probe AskView::needs() const {
  Probe probe;
  probe.allWords = isVisible() && !asked_.isEmpty();
  return probe;
}

void AskView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    list_->setTheme(session().theme());
    footer_->setFont(session().theme().small);
  }
  if (shown_.corpus != session().corpus()) {
    job_.cancel();
    work_->end();
    shown_ = {};
    shown_.corpus = session().corpus();
    answers_.clear();
    asked_.clear();
    problem_.clear();
    model_->setRows({});
  }
  askIfNewer();
  showState();
}

void AskView::ask() {
  asked_ = question_->text().trimmed();
  problem_.clear();
  Q_EMIT needsChanged();
  if (asked_.isEmpty()) {
    answers_.clear();
    model_->setRows({});
    return showState();
  }
  perform();
}

/// Once more when a training has brought newer vectors, or another run is shown.
void AskView::askIfNewer() {
  const auto table = session().runs().vectors();
  if (asked_.isEmpty() || !table || table == shown_.table || !isVisible() || !job_.isDue()) return;
  perform();
}

void AskView::perform() {
  Asked asked;
  asked.corpus = session().corpus();
  asked.table = session().runs().vectors();
  asked.question = asked_;
  if (!asked.corpus || !asked.table) return showState();
  if (shown_.index && shown_.index->table() == asked.table) asked.index = shown_.index;
  const ProgressSink sink = work_->begin();
  job_.run(
      [asked, sink](std::stop_token stop) {
        return answer(asked, TaskContext{sink, stop});
      },
      [this](Asked done) { adopt(std::move(done)); });
}

AskView::Asked AskView::answer(Asked asked, const TaskContext& context) {
  if (!asked.index) {
    auto index = QuestionIndex::create(asked.corpus, asked.table, true, context);
    if (!index) {
      asked.answers = tl::unexpected(index.error());
      return asked;
    }
    asked.index = std::move(*index);
  }
  CorpusQuestion how;
  how.answers = kAnswers;
  asked.answers = asked.index->ask(asked.question.toStdString(), how, context);
  if (!asked.answers) return asked;
  for (const CorpusAnswer& each : *asked.answers) asked.rows.push_back(rowOf(*asked.corpus, each));
  return asked;
}

void AskView::adopt(Asked asked) {
  work_->end();
  if (!asked.answers && asked.answers.error().kind == Error::Kind::Cancelled) return;
  problem_ = asked.answers ? QString() : toQString(asked.answers.error().message());
  answers_ = asked.answers ? *asked.answers : std::vector<CorpusAnswer>();
  model_->setRows(asked.rows);
  shown_ = std::move(asked);
  showState();
}

void AskView::showState() {
  const auto& corpus = session().corpus();
  const auto table = session().runs().vectors();
  const bool can = corpus && corpus->hasText() && table;
  stack_->setCurrentIndex(can ? 1 : 0);
  if (!corpus) {
    empty_->setContent(tr("Here you ask the text a question: the sentences that may answer it are found by "
                          "the vectors of their words."),
                       tr("Open text..."));
  } else if (!corpus->hasText()) {
    empty_->setContent(withoutText());
  } else if (!table) {
    empty_->setContent(tr("Here you ask the text a question. The sentences that may answer it are found by "
                          "word vectors: train some first."),
                       session().runs().canTrain() ? tr("Train") : QString());
  }
  if (!can) return;
  body_->setCurrentIndex(answers_.empty() ? 1 : 0);
  if (answers_.empty())
    nothing_->setContent(!problem_.isEmpty() ? problem_
                         : asked_.isEmpty()
                             ? tr("Ask something: sentences whose words mean the same stand here.")
                             : tr("No sentence was found."));
  footer_->setVisible(!answers_.empty());
  if (!answers_.empty())
    footer_->setText(
        tr("Likeness of the mean of the word vectors, rare words weighing more. What may be the "
           "answer is bold. Nothing here understands the question."));
}

void AskView::openPlace(const QModelIndex& index) {
  const EvidenceRow* row = model_->rowAt(index.row());
  if (!row) return;
  session().selection().setFocus(row->place.token);
  triggerWindowAction(this, "view_text");
}

void AskView::exportAnswers() {
  if (answers_.empty()) return;
  export_->askAndSave(tr("answers") + QStringLiteral(".csv"),
                      answerRows(shown_.corpus, shown_.question.toStdString(), answers_));
}

void AskView::fillMenu(QMenu& menu) {
  auto* action = menu.addAction(tr("Export sentences as CSV..."), this, &AskView::exportAnswers);
  action->setObjectName("exportAnswers");
  action->setEnabled(!answers_.empty());
}

QJsonObject AskView::saveState() const { return {{"question", question_->text()}}; }

void AskView::restoreState(const QJsonObject& state) { question_->setText(state["question"].toString()); }

QString AskView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  if (answers_.empty()) return nothing_->sentence();
  return tr("%1 sentences found; the most like: %2")
      .arg(formatCount(answers_.size()), oneLine(toQString(plainText(model_->rows().front()))));
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/attention_contexts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/analysis/joint_places.h"
#include "ui/models/concordance_model.h"
#include "ui/models/joint_lines_model.h"
#include "ui/models/word_at.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/joint_line_delegate.h"
#include "ui/widgets/linked_table.h"

namespace lexarium {
namespace {

constexpr std::uint32_t kNear = 12;  // words between the two
constexpr std::size_t kListed = 300;

}  // namespace

AttentionContexts::AttentionContexts(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      title_(new QLabel),
      note_(new QLabel),
      close_(new QToolButton),
      joint_(new LinkedTable),
      single_(new LinkedTable),
      lines_(new JointLinesModel(this)),
      concordance_(new ConcordanceModel(this)) {
  title_->setObjectName("attentionPair");
  title_->setTextFormat(Qt::PlainText);
  note_->setObjectName("attentionPairNote");
  note_->setTextFormat(Qt::PlainText);
  note_->setProperty("role", "secondary");
  close_->setObjectName("attentionPairClose");
  close_->setAutoRaise(true);
  close_->setToolTip(tr("Close the list"));
  close_->setAccessibleName(tr("Close the list"));
  connect(close_, &QToolButton::clicked, this, &AttentionContexts::closed);
  joint_->setObjectName("attentionLines");
  joint_->setAccessibleName(tr("Lines with both words"));
  joint_->setLinkedDelegate(new JointLineDelegate(joint_));
  joint_->setModel(lines_);
  joint_->setColumnHidden(JointLinesModel::kWeight, true);
  joint_->horizontalHeader()->setSectionResizeMode(JointLinesModel::kLine, QHeaderView::Stretch);
  connect(joint_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    if (index.isValid() && index.row() < lines_->rowCount())
      session_.selection().setFocus(lines_->places()[static_cast<std::size_t>(index.row())].first);
  });
  single_->setObjectName("attentionConcordance");
  single_->setAccessibleName(tr("Lines with the word"));
  single_->setModel(concordance_);
  for (const int column : {ConcordanceModel::kLeft, ConcordanceModel::kRight})
    single_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
  single_->horizontalHeader()->setSectionResizeMode(ConcordanceModel::kNode, QHeaderView::ResizeToContents);
  connect(single_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    if (const ConcordanceLine* line = concordance_->lineAt(index.row()))
      session_.selection().setFocus(line->token);
  });
  connect(concordance_, &ConcordanceModel::failed, &session, &Session::reportError);
  for (LinkedTable* table : {joint_, single_}) table->horizontalHeader()->hide();
  auto* head = tightLayout<QHBoxLayout>();
  head->addWidget(title_);
  head->addWidget(note_, 1);
  head->addWidget(close_);
  tables_ = new QStackedLayout;
  tables_->addWidget(joint_);
  tables_->addWidget(single_);
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addLayout(head);
  layout->addLayout(tables_, 1);
}

void AttentionContexts::setTheme(const Theme& theme) {
  joint_->setTheme(theme);
  single_->setTheme(theme);
  close_->setIcon(themedIcon(QStringLiteral("close"), theme));
  QFont bold = theme.body;
  bold.setBold(true);
  title_->setFont(bold);
  note_->setFont(theme.small);
}

QString AttentionContexts::title() const { return title_->text(); }

std::optional<TokenId> AttentionContexts::wordOf(const Token& token) const {
  const auto& corpus = session_.corpus();
  return corpus && corpus->hasText() ? wordAt(corpus->vocabulary(), token.text, token.range) : std::nullopt;
}

void AttentionContexts::clear() {
  job_.cancel();
  lines_->setPlaces(nullptr, {});
  concordance_->clear();
}

void AttentionContexts::showPair(const Token& query, const Token& key, double weight) {
  clear();
  title_->setText(tr("“%1” looks at “%2”: %3").arg(query.name, key.name, formatValue(weight, 3)));
  const auto a = wordOf(query), b = wordOf(key);
  std::vector<TokenId> words;
  if (b) words.push_back(*b);
  if (a) words.push_back(*a);
  if (!words.empty()) session_.selection().select(words);
  if (!a && !b) {
    note_->setText(tr("Neither is a word of the text."));
  } else if (a && b && *a != *b) {
    showLines(*a, *b);
  } else {
    note_->clear();
    showWord(a ? *a : *b);
  }
}

void AttentionContexts::showLines(TokenId a, TokenId b) {
  note_->setText(tr("Looking for lines with both ..."));
  CooccurrenceRule rule;
  rule.window = kNear;
  rule.limits.minimumCount = 1;
  job_.run(
      [corpus = session_.corpus(), rule, a, b](std::stop_token stop) {
        return jointPlaces(corpus, rule, a, b, kListed, {{}, stop});
      },
      [this, a, b](Expected<JointPlaces> places) {
        const Vocabulary& vocabulary = session_.corpus()->vocabulary();
        const QString first = toQString(vocabulary.word(a)), second = toQString(vocabulary.word(b));
        if (!places || places->count == 0) {
          note_->setText(tr("“%1” and “%2” stand nowhere within %3 words of each other.")
                             .arg(first, second, QString::number(kNear)));
          return showWord(a);
        }
        note_->setText(tr("“%1” and “%2” within %3 words of each other: %4 places")
                           .arg(first, second, QString::number(kNear), formatCount(places->count)));
        lines_->setPlaces(session_.corpus(), std::move(places->places));
        joint_->setColumnHidden(JointLinesModel::kDocument, session_.corpus()->documentCount() < 2);
        tables_->setCurrentWidget(joint_);
      });
}

void AttentionContexts::showWord(TokenId word) {
  if (!session_.index()) return;
  ConcordanceRequest request;
  request.words = {word};
  concordance_->search(session_.index(), request);
  single_->setColumnHidden(ConcordanceModel::kDocument, session_.corpus()->documentCount() < 2);
  tables_->setCurrentWidget(single_);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/word_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

#include "core/concordance/concordance.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kDelayMs = 200;

bool partsWords(QChar c) {
  return c.isSpace() || c == u'+' || c == u',' || c == u'\uFF0B' || c == u'\uFF0C' || c == u'\u3001' ||
         c == u'\u2212' || c == u'\uFF0D' || c == u'\u2013';
}

}  // namespace

WordEdit::WordEdit(QWidget* parent)
    : QLineEdit(parent), model_(new QStringListModel(this)), completer_(new QCompleter(model_, this)) {
  setClearButtonEnabled(true);
  completer_->setWidget(this);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->setMaxVisibleItems(kMaximumOffers);
  completer_->popup()->setAccessibleName(tr("Words of the text"));
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &WordEdit::take);
  delay_.setSingleShot(true);
  delay_.setInterval(kDelayMs);
  connect(&delay_, &QTimer::timeout, this, &WordEdit::announce);
  connect(this, &QLineEdit::textEdited, this, [this] {
    delay_.start();
    lookForOffers();
  });
  // The clear button edits too, but Qt 6.4 tells only textChanged.
  connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty() && !announced_.isEmpty()) delay_.start();
  });
  connect(this, &QLineEdit::returnPressed, this, &WordEdit::announce);
}

void WordEdit::setCorpus(std::shared_ptr<const Corpus> corpus) {
  job_.cancel();
  completer_->popup()->hide();
  corpus_ = std::move(corpus);
}

void WordEdit::setWords(const QString& text) {
  setText(text);
  delay_.stop();
  announced_ = text.trimmed();
}

QStringList WordEdit::offers() const { return model_->stringList(); }

void WordEdit::announce() {
  delay_.stop();
  const QString words = text().trimmed();
  if (words == announced_) return;
  announced_ = words;
  Q_EMIT wordsChanged();
}

WordEdit::Span WordEdit::wordAtCursor() const {
  const QString words = text();
  const int end = cursorPosition();
  int begin = end;
  while (begin > 0 && !partsWords(words[begin - 1])) --begin;
  // A hyphen inside belongs to the word, one before it is a sign.
  while (begin < end && words[begin] == u'-') ++begin;
  return {begin, end - begin};
}

void WordEdit::lookForOffers() {
  const Span span = wordAtCursor();
  const std::string typed = text().mid(span.begin, span.length).toStdString();
  if (!corpus_ || typed.empty() || typed.find_first_of("*?/") != std::string::npos) {
    job_.cancel();
    return completer_->popup()->hide();
  }
  job_.run(
      [corpus = corpus_, query = typed + '*'](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return findWords(corpus->vocabulary(), query, kMaximumOffers, context)
            .value_or(std::vector<TokenId>());
      },
      [this](const std::vector<TokenId>& ids) { showOffers(ids); });
}

void WordEdit::showOffers(const std::vector<TokenId>& ids) {
  QStringList words;
  for (const TokenId id : ids) words << toQString(corpus_->vocabulary().word(id));
  const Span span = wordAtCursor();
  const bool isWhole = words.size() == 1 && words.front() == text().mid(span.begin, span.length);
  model_->setStringList(words);
  if (words.isEmpty() || isWhole || !hasFocus()) return completer_->popup()->hide();
  QRect place = rect();
  place.setLeft(std::max(0, cursorRect().left() - 2 * Theme::kSpace));
  place.setWidth(std::max(width() - place.left(), 30 * fontMetrics().averageCharWidth()));
  completer_->complete(place);
  completer_->popup()->setCurrentIndex({});  // Enter takes what is typed until an offer is chosen
}

void WordEdit::take(const QString& word) {
  const Span span = wordAtCursor();
  setText(text().replace(span.begin, span.length, word));
  setCursorPosition(span.begin + static_cast<int>(word.size()));
  announce();
}

void WordEdit::keyPressEvent(QKeyEvent* event) {
  const bool open = completer_->popup()->isVisible();
  const bool chosen = open && completer_->popup()->currentIndex().isValid();
  switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (chosen) return event->ignore();  // the list takes the key
      completer_->popup()->hide();
      break;
    case Qt::Key_Down:
      if (!open) return lookForOffers();
      break;
    default:
      break;
  }
  QLineEdit::keyPressEvent(event);
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/text_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/corpus_text.h"
#include "ui/models/document_list_model.h"
#include "ui/widgets/document_reader.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

TextView::TextView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState), documents_(new DocumentListModel(this)) {
  setObjectName("textView");
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
}

QWidget* TextView::makeBar() {
  chooser_ = new QComboBox;
  chooser_->setObjectName("documentChooser");
  chooser_->setAccessibleName(tr("Document"));
  chooser_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  chooser_->setMinimumContentsLength(8);
  chooser_->setModel(documents_);
  connect(chooser_, &QComboBox::activated, this,
          [this](int row) { showDocument(static_cast<std::size_t>(row)); });
  find_ = new QLineEdit;
  find_->setObjectName("findInText");
  find_->setPlaceholderText(tr("Find in this document"));
  find_->setAccessibleName(tr("Find in this document"));
  find_->setClearButtonEnabled(true);
  find_->setMinimumWidth(25 * Theme::kSpace);
  connect(find_, &QLineEdit::returnPressed, this,
          [this] { find(QApplication::keyboardModifiers() & Qt::ShiftModifier); });
  connect(find_, &QLineEdit::textChanged, this, [this](const QString& text) {
    findJob_.cancel();
    if (text.isEmpty()) reader_->setFound(std::nullopt);
    showPlace();
  });
  const auto button = [this](const QString& tip, bool backward) {
    auto* made = new QToolButton;
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    made->setArrowType(backward ? Qt::UpArrow : Qt::DownArrow);
    connect(made, &QToolButton::clicked, this, [this, backward] { find(backward); });
    return made;
  };
  previous_ = button(tr("Previous place (Shift+Enter)"), true);
  next_ = button(tr("Next place (Enter)"), false);
  auto* shortcut = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
  connect(shortcut, &QShortcut::activated, find_, [this] {
    find_->setFocus();
    find_->selectAll();
  });
  auto* bar = new QWidget;
  auto* layout = tightLayout<QHBoxLayout>(bar);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  layout->addWidget(chooser_, 3);
  layout->addWidget(find_, 2);
  layout->addWidget(previous_);
  layout->addWidget(next_);
  return bar;
}

QWidget* TextView::makeContent() {
  reader_ = new DocumentReader;
  reader_->setObjectName("documentReader");
  reader_->setAccessibleName(tr("Text"));
  Selection& selection = session().selection();
  connect(reader_, &DocumentReader::tokenClicked, this, &TextView::takeClick);
  connect(reader_, &DocumentReader::tokenHovered, &selection, &Selection::hover);
  connect(reader_, &DocumentReader::focusMoved, &selection,
          [&selection](TokenIndex token) { selection.setFocus(token); });
  connect(reader_, &DocumentReader::placeChanged, this, &TextView::showPlace);
  facts_ = new ElidedLabel;
  facts_->setObjectName("documentFacts");
  facts_->setForegroundRole(QPalette::PlaceholderText);
  place_ = new ElidedLabel;
  place_->setObjectName("documentPlace");
  place_->setForegroundRole(QPalette::PlaceholderText);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeBar());
  layout->addWidget(reader_, 1);
  auto* foot = tightLayout<QHBoxLayout>();
  foot->setContentsMargins(2 * Theme::kSpace, 0, 2 * Theme::kSpace, Theme::kSpace);
  foot->addWidget(facts_, 1);
  foot->addWidget(place_);
  layout->addLayout(foot);
  return content;
}

void TextView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    showCorpus();
    dirty |= kSelection | kFocus;
  }
  if (!corpus_ || !corpus_->hasText()) return;
  if (dirty & kSelection) reader_->setSelectedWords(session().selection().words());
  if (dirty & kFocus) showFocus();
}

void TextView::showCorpus() {
  corpus_ = session().corpus();
  findJob_.cancel();
  find_->clear();
  documents_->setCorpus(corpus_);
  const bool any = corpus_ && corpus_->hasText();
  stack_->setCurrentIndex(any ? 1 : 0);
  empty_->setContent(
      corpus_ ? withoutText() : tr("Here stands the text itself; a click on a word selects it in all views."),
      tr("Open text..."));
  chooser_->setVisible(any && corpus_->documentCount() > 1);
  if (any) {
    showDocument(0);
  } else {
    reader_->setDocument(nullptr, 0);
  }
}

void TextView::showDocument(std::size_t document) {
  const QSignalBlocker quiet(chooser_);
  chooser_->setCurrentIndex(static_cast<int>(document));
  chooser_->setToolTip(toQString(corpus_->document(document).name));
  findJob_.cancel();
  findFrom_ = findBackFrom_ = 0;
  facts_->setText(documentFacts(corpus_->document(document)));
  reader_->setDocument(corpus_, document);
}

void TextView::showFocus() {
  const auto focus = session().selection().focus();
  reader_->setFocusToken(focus);
  if (!focus || *focus >= corpus_->tokens().size()) return;
  const std::size_t document = corpus_->documentOf(*focus);
  if (document != reader_->document()) showDocument(document);
  reader_->showByte(corpus_->textRange(*focus).begin);
}

void TextView::showPlace() {
  if (!corpus_ || !corpus_->hasText()) return;
  const std::uint64_t size = corpus_->document(reader_->document()).text.size();
  const std::uint64_t top = reader_->topByte();
  const double share = size == 0 ? 0 : static_cast<double>(top) / static_cast<double>(size);
  place_->setText(tr("byte %1 of %2 · %3").arg(formatCount(top), formatCount(size), formatPercent(share)));
}

void TextView::takeClick(TokenIndex token, Qt::KeyboardModifiers modifiers) {
  const TokenId id = corpus_->tokens()[token];
  Selection& selection = session().selection();
  selection.setFocus(token);
  if (modifiers & Qt::ControlModifier) {
    selection.toggle(id);
  } else {
    selection.select(id);
  }
}

void TextView::find(bool backward) {
  const QString needle = find_->text();
  if (!corpus_ || needle.isEmpty()) return;
  const ByteRange sight = reader_->visibleRange();
  const auto near = [&](std::uint64_t place) { return place >= sight.begin && place <= sight.end; };
  // On from the place found before while it is in sight, otherwise from what is in sight.
  const std::uint64_t from = backward ? (near(findBackFrom_) ? findBackFrom_ : sight.end)
                                      : (near(findFrom_) ? findFrom_ : sight.begin);
  auto work = [corpus = corpus_, document = reader_->document(), needle, from,
               backward](std::stop_token stop) {
    return findInText(corpus->document(document).text, needle, from, backward, stop);
  };
  place_->setText(tr("Searching..."));
  findJob_.run(std::move(work), [this](std::optional<ByteRange> found) {
    reader_->setFound(found);
    if (!found) {
      place_->setText(tr("Not found"));
      return;
    }
    findFrom_ = found->end;
    findBackFrom_ = found->begin;
    reader_->showByte(found->begin);
    showPlace();
  });
}

void TextView::applyTheme() {
  const Theme& theme = session().theme();
  reader_->setTheme(theme);
  facts_->setFont(theme.small);
  place_->setFont(theme.small);
}

void TextView::showHover(TokenId id) { reader_->setHoveredWord(id); }

void TextView::fillMenu(QMenu& menu) {
  auto* copy = menu.addAction(tr("Copy the text in sight"), this, [this] {
    const ByteRange sight = reader_->visibleRange();
    const std::string& text = corpus_->document(reader_->document()).text;
    QApplication::clipboard()->setText(
        toQString(std::string_view(text).substr(sight.begin, sight.end - sight.begin)));
  });
  copy->setEnabled(corpus_ != nullptr);
}

QJsonObject TextView::saveState() const { return {}; }
void TextView::restoreState(const QJsonObject&) {}

QString TextView::textSummary() const {
  if (!corpus_ || !corpus_->hasText()) return empty_->sentence();
  const QString name = oneLine(toQString(corpus_->document(reader_->document()).name));
  return QStringLiteral("%1, %2, %3").arg(name, facts_->text(), place_->text());
}

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reading_input.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kReadingRestMs = 400;  // after the last key
constexpr int kExampleLetters = 60;
constexpr int kStoryLines = 3;

QPlainTextEdit* textField(const QString& name) {
  auto* field = new QPlainTextEdit;
  field->setObjectName(name);
  field->setTabChangesFocus(true);
  field->document()->setDocumentMargin(2);
  return field;
}

}  // namespace

ReadingInput::ReadingInput(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      input_(textField(prefix + QStringLiteral("Input"))),
      story_(textField(prefix + QStringLiteral("Story"))),
      output_(new QLineEdit),
      combo_(new QComboBox),
      another_(new QPushButton(tr("Another"))) {
  setPlaceholder(tr("A text for the model to read"));
  input_->installEventFilter(this);
  story_->setAccessibleName(tr("The story, a sentence a line"));
  story_->setPlaceholderText(tr("The story, a sentence a line"));
  output_->setObjectName(prefix + QStringLiteral("Output"));
  output_->setAccessibleName(tr("What the model is made to say"));
  output_->setPlaceholderText(tr("What the model is made to say; empty: what it says by itself"));
  combo_->setObjectName(prefix + QStringLiteral("Examples"));
  combo_->setAccessibleName(tr("Examples"));
  combo_->setToolTip(tr("Texts that the model has not learned from"));
  combo_->setMinimumContentsLength(8);
  combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  another_->setObjectName(prefix + QStringLiteral("Another"));
  another_->setToolTip(tr("The next of the examples"));
  connect(another_, &QPushButton::clicked, this, &ReadingInput::showNext);
  connect(combo_, &QComboBox::activated, this, [this](int index) {
    if (index > 0) choose(static_cast<std::size_t>(index - 1));
  });
  typingTimer_.setSingleShot(true);
  typingTimer_.setInterval(kReadingRestMs);
  connect(&typingTimer_, &QTimer::timeout, this, &ReadingInput::readParts);
  for (QPlainTextEdit* field : {input_, story_})
    connect(field, &QPlainTextEdit::textChanged, &typingTimer_, qOverload<>(&QTimer::start));
  connect(output_, &QLineEdit::textEdited, &typingTimer_, qOverload<>(&QTimer::start));
  connect(output_, &QLineEdit::returnPressed, this, &ReadingInput::readParts);

  auto* texts = tightLayout<QVBoxLayout>();
  for (QWidget* part : std::initializer_list<QWidget*>{story_, input_, output_}) texts->addWidget(part);
  auto* line = tightLayout<QHBoxLayout>(this);
  line->addLayout(texts, 4);
  auto* choices = tightLayout<QVBoxLayout>();
  auto* row = tightLayout<QHBoxLayout>();
  row->addWidget(combo_, 1);
  row->addWidget(another_);
  choices->addLayout(row);
  choices->addStretch(1);
  line->addLayout(choices, 1);
  setParts(false, false);
}

bool ReadingInput::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
      readParts();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void ReadingInput::setPlaceholder(const QString& text) {
  input_->setPlaceholderText(text);
  input_->setAccessibleName(text);
}

void ReadingInput::setTheme(const Theme& theme) {
  const int line = QFontMetrics(theme.body).lineSpacing();
  input_->setFixedHeight(line + 2 * Theme::kSpace + 2 * input_->frameWidth());
  story_->setFixedHeight(kStoryLines * line + 2 * Theme::kSpace + 2 * story_->frameWidth());
}

void ReadingInput::setParts(bool output, bool story) {
  output_->setVisible(output);
  story_->setVisible(story);
}

void ReadingInput::setReading(const Reading& reading) {
  reading_ = reading;
  const QSignalBlocker quietInput(input_), quietStory(story_), quietOutput(output_);
  input_->setPlainText(toQString(reading.input));
  QStringList story;
  for (const std::string& sentence : reading.story) story << toQString(sentence);
  story_->setPlainText(story.join(u'\n'));
  output_->setText(toQString(reading.output));
  typingTimer_.stop();
}

void ReadingInput::setExamples(std::vector<Reading> examples) {
  examples_ = std::move(examples);
  next_ = 0;
  combo_->clear();
  combo_->addItem(tr("Examples"));
  for (const Reading& example : examples_)
    combo_->addItem(oneLine(toQString(example.input), kExampleLetters));
  combo_->setEnabled(!examples_.empty());
  another_->setEnabled(!examples_.empty());
}

void ReadingInput::showNext() {
  if (examples_.empty()) return;
  // Not the one that is there.
  if (examples_[next_ % examples_.size()].input == reading_.input) ++next_;
  choose(next_ % examples_.size());
}

void ReadingInput::choose(std::size_t example) {
  if (example >= examples_.size()) return;
  next_ = example + 1;
  combo_->setCurrentIndex(0);
  Reading reading = examples_[example];
  reading.output.clear();  // what the model says by itself
  setReading(reading);
  Q_EMIT changed();
}

void ReadingInput::readParts() {
  typingTimer_.stop();
  Reading reading;
  reading.input = input_->toPlainText().toStdString();
  if (!output_->isHidden()) reading.output = output_->text().toStdString();
  if (!story_->isHidden()) {
    for (const QString& sentence : story_->toPlainText().split(u'\n', Qt::SkipEmptyParts))
      reading.story.push_back(sentence.toStdString());
  }
  if (reading == reading_) return;
  reading_ = std::move(reading);
  Q_EMIT changed();
}

}  // namespace lexarium

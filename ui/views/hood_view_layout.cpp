// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the view "Under the hood" and their places.
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/views/hood_gradient.h"
#include "ui/views/hood_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr int kHoodInputLines = 1, kHoodTextLines = 3, kProjectedTextLines = 2;

QSpinBox* makeSpin(const char* name, const QString& title, const QString& help) {
  auto* spin = new QSpinBox;
  spin->setObjectName(name);
  spin->setMinimum(1);
  spin->setPrefix(title + u' ');
  spin->setAccessibleName(title);
  spin->setToolTip(help);
  spin->setKeyboardTracking(false);
  return spin;
}

}  // namespace

QToolButton* HoodView::makeButton(const char* name, const char* icon, const QString& help, Move move) {
  auto* button = new QToolButton;
  button->setObjectName(name);
  button->setProperty("icon-name", QString::fromLatin1(icon));
  button->setAutoRaise(true);
  button->setAccessibleName(help);
  button->setToolTip(help);
  connect(button, &QToolButton::clicked, this, [this, move] { this->move(move); });
  return button;
}

QWidget* HoodView::makeBar() {
  first_ = makeButton("hoodFirst", "first", tr("To the first token (Home)"), Move::First);
  back_ = makeButton("hoodBack", "back", tr("One token back (left arrow)"), Move::Back);
  forward_ = makeButton("hoodForward", "forward", tr("One token on (right arrow)"), Move::Forward);
  last_ = makeButton("hoodLast", "last", tr("To the last token (End)"), Move::Last);
  place_ = new QLabel;
  place_->setObjectName("hoodPlace");
  place_->setTextFormat(Qt::PlainText);
  const auto combo = [](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
  };
  layer_ = combo("hoodLayer", tr("Which layer of the model"));
  head_ = combo("hoodHead", tr("Which attention head"));
  unit_ = makeSpin("hoodUnit", tr("Unit"), tr("The unit whose numbers stand in the formulas"));
  looked_ = makeSpin("hoodLooked", tr("Looks at"), tr("The token j that is looked at"));
  looked_->setMinimum(0);
  looked_->setSpecialValueText(tr("Looks at: most"));
  mostActive_ = new QPushButton(tr("Most active"));
  mostActive_->setObjectName("hoodMostActive");
  mostActive_->setToolTip(tr("The unit that stands out most at this token"));
  connect(layer_, &QComboBox::activated, this, [this](int layer) {
    choice_.layer = static_cast<std::size_t>(layer);
    read(true);
  });
  connect(head_, &QComboBox::activated, this, [this](int head) {
    choice_.head = static_cast<std::size_t>(head);
    read(true);
  });
  connect(unit_, &QSpinBox::valueChanged, this, [this](int unit) {
    choice_.unit = static_cast<std::size_t>(unit - 1);
    read(true);
  });
  connect(looked_, &QSpinBox::valueChanged, this, [this](int token) {
    choice_.looked = token == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(token - 1));
    read(true);
  });
  connect(mostActive_, &QPushButton::clicked, this, [this] {
    choice_.mostActive = true;
    read(true);
  });
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : std::initializer_list<QWidget*>{first_, back_, forward_, last_, place_, layer_,
                                                         head_, unit_, mostActive_, looked_})
    bar->flow()->addWidget(widget);
  return bar;
}

QWidget* HoodView::makeMiddle() {
  formulas_ = new FormulaSheet;
  formulas_->setObjectName("hoodFormulas");
  formulas_->setAccessibleName(tr("Formulas with their numbers; up and down choose a symbol"));
  connect(formulas_, &FormulaSheet::currentChanged, this, &HoodView::showSum);
  sumTitle_ = new ElidedLabel;
  sumTitle_->setObjectName("hoodSumTitle");
  sumSentence_ = new ElidedLabel;
  sumSentence_->setObjectName("hoodSumSentence");
  sumSentence_->setProperty("role", "secondary");
  bars_ = new TermBars;
  bars_->setObjectName("hoodBars");
  bars_->setAccessibleName(tr("What the chosen number is the sum of"));
  connect(bars_, &TermBars::chosen, this, [this](int token) { looked_->setValue(token + 1); });
  auto* sum = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(sum);
  layout->addWidget(sumTitle_);
  layout->addWidget(sumSentence_);
  layout->addWidget(bars_, 1);
  auto* middle = new QSplitter(Qt::Horizontal);
  middle->setChildrenCollapsible(false);
  middle->addWidget(formulas_);
  middle->addWidget(sum);
  middle->setSizes({600, 400});
  middle->setStretchFactor(0, 3);
  middle->setStretchFactor(1, 2);
  return middle;
}

QWidget* HoodView::makeContent() {
  input_ = new QPlainTextEdit;
  input_->setObjectName("hoodInput");
  input_->setAccessibleName(tr("A text for the model to read"));
  input_->setPlaceholderText(tr("A text for the model to read"));
  input_->setTabChangesFocus(true);
  input_->document()->setDocumentMargin(2);  // one line, and nothing of the next
  text_ = new TokenText;
  text_->setObjectName("hoodText");
  text_->setAccessibleName(tr("The text, token by token; left and right go through it"));
  text_->installEventFilter(this);
  connect(text_, &TokenText::rangeChanged, this, [this] {
    const auto range = text_->range();
    if (!range) return showTokens(false);
    // Dragging goes through the text: where the pointer is, is one end.
    const auto from = static_cast<std::size_t>(range->first), to = static_cast<std::size_t>(range->second);
    setStep(from == choice_.step ? to : from);
  });
  note_ = new QLabel;
  note_->setObjectName("hoodNote");
  note_->setWordWrap(true);
  note_->setAlignment(Qt::AlignCenter);
  note_->hide();
  gradient_ = new HoodGradient;
  connect(gradient_, &HoodGradient::stepChosen, this, &HoodView::setStep);
  split_ = new QSplitter(Qt::Vertical);
  split_->setChildrenCollapsible(false);
  split_->addWidget(makeMiddle());
  split_->addWidget(gradient_);
  split_->setSizes({300, 230});
  split_->setStretchFactor(0, 1);
  split_->setStretchFactor(1, 1);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(text_);
  layout->addWidget(makeBar());
  layout->addWidget(note_, 1);
  layout->addWidget(split_, 1);
  return content;
}

void HoodView::applyTheme() {
  const Theme& theme = session().theme();
  text_->setTheme(theme);
  formulas_->setTheme(theme);
  bars_->setTheme(theme);
  gradient_->setTheme(theme);
  sumTitle_->setFont(theme.body);
  sumSentence_->setFont(theme.small);
  const int line = QFontMetrics(theme.body).lineSpacing();
  for (QToolButton* button : {first_, back_, forward_, last_}) {
    button->setIcon(themedIcon(button->property("icon-name").toString(), theme));
    button->setIconSize({line, line});
  }
  const int lines = theme.projector ? kProjectedTextLines : kHoodTextLines;
  input_->setFixedHeight(kHoodInputLines * line + Theme::kSpace / 2 + 2 * input_->frameWidth());
  input_->setVisible(!theme.projector);
  text_->setFixedHeight(static_cast<int>(1.35 * lines * line) + 3 * Theme::kSpace);
}

}  // namespace lexarium

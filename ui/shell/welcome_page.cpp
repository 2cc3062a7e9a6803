// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/welcome_page.h"

#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/tasks/task_samples.h"
#include "ui/look/theme.h"
#include "ui/shell/actions.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

QLabel* label(const QString& text, const char* role) {
  auto* label = new QLabel(text);
  label->setProperty("role", role);
  label->setWordWrap(true);
  return label;
}

struct Card {
  QWidget* widget;
  QVBoxLayout* layout;
};

Card makeCard(const char* icon, const QString& title, const QString& text) {
  auto* card = new QFrame;
  card->setObjectName("card");
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(24, 20, 24, 20);
  layout->setSpacing(8);
  auto* picture = new QLabel;
  picture->setObjectName("cardIcon");
  picture->setProperty("iconName", icon);
  layout->addWidget(picture);
  layout->addWidget(label(title, "title"));
  layout->addWidget(label(text, "secondary"));
  layout->addSpacing(8);
  return {card, layout};
}

QPushButton* wideButton(const QString& text, const QString& name) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setProperty("choice", true);
  return button;
}

/// With the language where the title does not tell everybody.
QString sampleLabel(const Sample& sample) {
  const QString title = coreText(sample.title);
  const QLocale language(toQString(sample.language));
  if (language.language() == QLocale().language() || language.language() == QLocale::English) return title;
  return QStringLiteral("%1 \u00b7 %2").arg(title, QLocale::languageToString(language.language()));
}

}  // namespace

WelcomePage::WelcomePage(Session& session, Actions& actions, QWidget* parent)
    : QScrollArea(parent), session_(session), actions_(actions) {
  setObjectName("welcome");
  setAccessibleName(tr("Start page"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(24, 24, 24, 24);
  layout->setSpacing(4);
  layout->addStretch(1);
  layout->addWidget(label(tr("Watch machines learn language"), "hero"));
  layout->addWidget(
      label(tr("Open a text, press Train, and see its words find their neighbours."), "secondary"));
  layout->addSpacing(20);
  cards_ = new QGridLayout;
  cards_->setSpacing(16);
  cardList_ = {sampleCard(), taskCard(), openCard(), recentCard()};
  for (QWidget* card : cardList_) cards_->addWidget(card);  // flow() finds their places
  layout->addLayout(cards_);
  layout->addStretch(2);
  setWidget(page);
  connect(&session.settings(), &Settings::recentFilesChanged, this, &WelcomePage::fillRecent);
  connect(&session, &Session::themeChanged, this, &WelcomePage::updateIcons);
  updateIcons();
}

QWidget* WelcomePage::sampleCard() {
  const Card card =
      makeCard("sample", tr("Start with a sample lesson"),
               tr("A small world of families, capitals and animals, made for learning in a minute."));
  bool first = true;
  for (const Sample& sample : samples()) {
    const QString id = QString::fromStdString(sample.id);
    auto* button = wideButton(sampleLabel(sample), "sample_" + id);
    button->setProperty("primary", first);
    button->setProperty("choice", !first);
    button->setToolTip(coreText(sample.description));
    connect(button, &QPushButton::clicked, this, [this, id] { session_.openSample(id); });
    card.layout->addWidget(button);
    first = false;
  }
  card.layout->addStretch(1);
  return card.widget;
}

QWidget* WelcomePage::taskCard() {
  const Card card = makeCard("sequence", tr("Teach a task"),
                             tr("Examples from which a model learns to translate, to judge or to answer."));
  for (const TaskSample& sample : taskSamples()) {
    const QString id = QString::fromStdString(sample.id);
    auto* button = wideButton(coreText(sample.title), "task_" + id);
    button->setToolTip(coreText(sample.description) + u'\n' + coreText(sample.goal));
    connect(button, &QPushButton::clicked, this, [this, id] { session_.openTaskSample(id); });
    card.layout->addWidget(button);
  }
  card.layout->addStretch(1);
  return card.widget;
}

QWidget* WelcomePage::openCard() {
  const Card card =
      makeCard("open", tr("Open a text of your own"),
               tr("Any plain text, in any language. Or drop files and folders on this window."));
  for (const char* id : {"openText", "openFolder", "pasteText", "openVectors"}) {
    QAction* action = actions_.get(id);
    auto* button = wideButton(plainText(action) + (action->text().endsWith("...") ? "..." : ""),
                              QStringLiteral("welcome_%1").arg(QLatin1String(id)));
    button->setToolTip(action->toolTip());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    card.layout->addWidget(button);
  }
  card.layout->addStretch(1);
  return card.widget;
}

QWidget* WelcomePage::recentCard() {
  const Card card = makeCard("recent", tr("Go on where you were"), tr("The files that you opened last."));
  recent_ = new QVBoxLayout;
  recent_->setSpacing(4);
  nothingYet_ = label(tr("Nothing yet. Your texts stand here once you have opened some."), "secondary");
  nothingYet_->setObjectName("nothingRecent");
  card.layout->addWidget(nothingYet_);
  card.layout->addLayout(recent_);
  card.layout->addStretch(1);
  fillRecent();
  return card.widget;
}

void WelcomePage::fillRecent() {
  constexpr int kShown = 6;
  while (QLayoutItem* item = recent_->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  const QStringList files = session_.settings().recentFiles().mid(0, kShown);
  for (const QString& file : files) {
    const QFileInfo info(file);
    auto* button = wideButton(oneLine(info.fileName().isEmpty() ? file : info.fileName(), 48), "recent");
    button->setEnabled(info.exists());
    button->setToolTip(info.exists() ? file : tr("%1 is no longer there").arg(file));
    connect(button, &QPushButton::clicked, this, [this, file] { session_.openPaths({file}); });
    recent_->addWidget(button);
  }
  nothingYet_->setVisible(files.isEmpty());
}

void WelcomePage::updateIcons() {
  const Theme& theme = session_.theme();
  Theme tinted = theme;
  tinted.text = theme.accent;
  const int side = QFontMetrics(theme.hero).height();
  for (QLabel* picture : findChildren<QLabel*>("cardIcon")) {
    picture->setPixmap(themedIcon(picture->property("iconName").toString(), tinted)
                           .pixmap(QSize(side, side), devicePixelRatioF()));
  }
}

/// As many cards side by side as their text needs.
void WelcomePage::flow() {
  const int least = fontMetrics().averageCharWidth() * 34 + 48;
  const int cards = static_cast<int>(cardList_.size());
  const int columns = std::clamp((viewport()->width() - 32) / (least + 16), 1, cards);
  const int width = std::min(viewport()->width() - 48, columns * fontMetrics().averageCharWidth() * 60);
  const int margin = std::max(24, (viewport()->width() - width) / 2);
  widget()->layout()->setContentsMargins(margin, 24, margin, 24);
  if (columns == columns_) return;
  columns_ = columns;
  for (QWidget* card : cardList_) cards_->removeWidget(card);
  for (int column = 0; column < cards; ++column) cards_->setColumnStretch(column, column < columns ? 1 : 0);
  for (int i = 0; i < cards; ++i)
    cards_->addWidget(cardList_[static_cast<std::size_t>(i)], i / columns, i % columns);
}

void WelcomePage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  flow();
}

void WelcomePage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  fillRecent();  // a file may have gone or come back
  flow();
}

bool WelcomePage::event(QEvent* event) {
  const bool handled = QScrollArea::event(event);
  if (event->type() == QEvent::FontChange && widget()) flow();
  return handled;
}

}  // namespace lexarium

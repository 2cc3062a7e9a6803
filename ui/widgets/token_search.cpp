// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_search.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/look/theme.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kDelayMs = 200;

}  // namespace

TokenSearch::TokenSearch(QWidget* parent) : QWidget(parent), edit_(new QLineEdit), message_(new QLabel) {
  edit_->setObjectName("searchEdit");
  edit_->setClearButtonEnabled(true);
  edit_->setToolTip(
      tr("A word, a pattern with * (any characters) and ? (one character), or a /regular expression/"));
  setFocusProxy(edit_);
  message_->setObjectName("searchMessage");
  message_->setProperty("role", "secondary");
  message_->setTextFormat(Qt::PlainText);
  message_->setWordWrap(true);
  message_->hide();
  delay_.setSingleShot(true);
  delay_.setInterval(kDelayMs);
  connect(&delay_, &QTimer::timeout, this, &TokenSearch::announce);
  connect(edit_, &QLineEdit::textEdited, this, [this] { delay_.start(); });
  // The clear button edits too, but Qt 6.4 tells only textChanged.
  connect(edit_, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty() && !announced_.isEmpty()) delay_.start();
  });
  connect(edit_, &QLineEdit::returnPressed, this, [this] {
    announce();
    Q_EMIT submitted(query());
  });
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addWidget(edit_);
  layout->addWidget(message_);
}

void TokenSearch::setPlaceholder(const QString& text) {
  edit_->setPlaceholderText(text);
  edit_->setAccessibleName(text);
}

QString TokenSearch::query() const { return edit_->text().trimmed(); }

void TokenSearch::setQuery(const QString& query) {
  edit_->setText(query);
  delay_.stop();
  announced_ = query.trimmed();
}

void TokenSearch::announce() {
  delay_.stop();
  if (query() == announced_) return;
  announced_ = query();
  Q_EMIT queryChanged(announced_);
}

void TokenSearch::setMessage(const QString& text, bool isError) {
  isError_ = isError;
  message_->setText(text);
  message_->setVisible(!text.isEmpty());
  showMessage();
}

QString TokenSearch::message() const { return message_->text(); }

void TokenSearch::setTheme(const Theme& theme) {
  errorColor_ = theme.error.name();
  if (auto* icon = edit_->findChild<QAction*>("searchIcon")) {
    icon->setIcon(themedIcon("search", theme));
  } else {
    icon = edit_->addAction(themedIcon("search", theme), QLineEdit::LeadingPosition);
    icon->setObjectName("searchIcon");
    connect(icon, &QAction::triggered, this, &TokenSearch::announce);
  }
  message_->setFont(theme.small);
  showMessage();
}

void TokenSearch::showMessage() {
  message_->setStyleSheet(isError_ && !errorColor_.isEmpty() ? QStringLiteral("color: %1").arg(errorColor_)
                                                             : QString());
}

}  // namespace lexarium

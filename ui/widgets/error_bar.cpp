// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/error_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "ui/look/palettes.h"
#include "ui/look/theme.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostMessages = 20;

QString withFullStop(QString text) {
  if (!text.isEmpty() && !text.endsWith('.') && !text.endsWith(QChar(0x3002))) text += '.';
  return text;
}

}  // namespace

ErrorBar::ErrorBar(QWidget* parent) : QFrame(parent) {
  setObjectName("errorBar");
  setAccessibleName(tr("Messages"));
  icon_ = new QLabel;
  label_ = new QLabel;
  label_->setObjectName("errorText");
  label_->setWordWrap(true);
  label_->setTextFormat(Qt::RichText);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  buttons_ = new QHBoxLayout;
  buttons_->setSpacing(8);
  close_ = new QToolButton;
  close_->setObjectName("errorClose");
  close_->setToolTip(tr("Close this message"));
  close_->setAccessibleName(tr("Close this message"));
  connect(close_, &QToolButton::clicked, this, &ErrorBar::dismiss);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  layout->setSpacing(8);
  layout->addWidget(icon_);
  layout->addWidget(label_, 1);
  layout->addLayout(buttons_);
  layout->addWidget(close_);
  hide();
}

void ErrorBar::show(const Error& error, std::vector<Button> buttons) {
  const QString where = QString::fromStdString(error.where);
  const QString advice = withFullStop(QString::fromStdString(error.advice));
  const QString details = where.isEmpty() ? advice : advice.isEmpty() ? where : where + ". " + advice;
  show(Message{Kind::Error, withFullStop(QString::fromStdString(error.what)), details, std::move(buttons)});
}

void ErrorBar::show(Message message) {
  // The same again is not news.
  std::erase_if(messages_, [&](const Message& other) {
    return other.what == message.what && other.details == message.details;
  });
  if (messages_.size() == kMostMessages) messages_.erase(messages_.begin());
  messages_.push_back(std::move(message));
  update();
  QAccessibleEvent event(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

void ErrorBar::clear() {
  messages_.clear();
  update();
}

void ErrorBar::dismiss() {
  if (!messages_.empty()) messages_.pop_back();
  update();
}

QString ErrorBar::text() const {
  if (messages_.empty()) return {};
  const Message& message = messages_.back();
  return message.details.isEmpty() ? message.what : message.what + ' ' + message.details;
}

void ErrorBar::setTheme(const Theme& theme) {
  Theme tinted = theme;
  tinted.text = theme.error;
  errorIcon_ = themedIcon("error", tinted);
  tinted.text = theme.accent;
  noteIcon_ = themedIcon("info", tinted);
  close_->setIcon(themedIcon("close", theme));
  const auto rule = [&](const char* kind, const QColor& color) {
    return QStringLiteral(
               "#errorBar[kind=\"%1\"] { background: %2; border: none; border-left: 4px solid %3; }")
        .arg(QLatin1String(kind), mixed(theme.surface, color, 0.1).name(), color.name());
  };
  setStyleSheet(rule("error", theme.error) + rule("note", theme.accent));
  update();
}

void ErrorBar::update() {
  setVisible(!messages_.empty());
  while (QLayoutItem* item = buttons_->takeAt(0)) {
    item->widget()->setParent(nullptr);
    item->widget()->deleteLater();  // it may be the one that was just pressed
    delete item;
  }
  if (messages_.empty()) return;
  const Message& message = messages_.back();
  const bool isError = message.kind == Kind::Error;
  setProperty("kind", isError ? "error" : "note");
  style()->unpolish(this);
  style()->polish(this);
  const int side = fontMetrics().height() + 4;
  icon_->setPixmap((isError ? errorIcon_ : noteIcon_).pixmap(QSize(side, side), devicePixelRatioF()));
  label_->setText(
      QStringLiteral("<b>%1</b> %2").arg(message.what.toHtmlEscaped(), message.details.toHtmlEscaped()));
  setAccessibleDescription(text());
  for (const Button& button : message.buttons) {
    auto* push = new QPushButton(button.text);
    connect(push, &QPushButton::clicked, this, [this, action = button.action] {
      dismiss();
      action();
    });
    buttons_->addWidget(push);
  }
}

}  // namespace lexarium

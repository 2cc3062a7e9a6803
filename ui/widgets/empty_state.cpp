// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/look/theme.h"

namespace lexarium {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), sentence_(new QLabel), button_(new QPushButton) {
  sentence_->setObjectName("emptySentence");
  sentence_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignCenter);
  sentence_->setProperty("role", "secondary");
  sentence_->setTextFormat(Qt::PlainText);
  button_->setObjectName("emptyButton");
  button_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  connect(button_, &QPushButton::clicked, this, &EmptyState::activated);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4 * Theme::kSpace, 4 * Theme::kSpace, 4 * Theme::kSpace, 4 * Theme::kSpace);
  layout->setSpacing(3 * Theme::kSpace);
  layout->addStretch(2);
  layout->addWidget(sentence_);
  layout->addWidget(button_, 0, Qt::AlignHCenter);
  layout->addStretch(3);
  setContent({});
}

void EmptyState::setContent(const QString& sentence, const QString& buttonText) {
  sentence_->setText(sentence);
  sentence_->setAccessibleName(sentence);
  button_->setText(buttonText);
  button_->setVisible(!buttonText.isEmpty());
}

QString EmptyState::sentence() const { return sentence_->text(); }

}  // namespace lexarium

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/word_chips.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kMaximumCharacters = 24;

}  // namespace

WordChips::WordChips(QWidget* parent) : QWidget(parent) {
  setLayout(new FlowLayout(Theme::kSpace));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void WordChips::setWords(const std::shared_ptr<const Corpus>& corpus, const std::vector<TokenId>& words) {
  if (corpus == corpus_ && words == words_) return;
  corpus_ = corpus;
  words_ = words;
  while (QLayoutItem* item = layout()->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // a chip may be the sender
    delete item;
  }
  if (!corpus_) return;
  const std::size_t hidden = words.size() - std::min(words.size(), kMaximumChips);
  for (std::size_t i = hidden; i < words.size(); ++i) {
    const TokenId id = words[i];
    const QString word = toQString(corpus->vocabulary().word(id));
    auto* chip = new QToolButton;
    chip->setObjectName("chip");
    chip->setText(oneLine(word, kMaximumCharacters).replace('&', "&&"));
    chip->setToolTip(tr("Inspect \"%1\"").arg(oneLine(word)));
    chip->setAccessibleName(oneLine(word));
    chip->setCheckable(true);
    chip->setChecked(i + 1 == words.size());
    chip->setProperty("token", id);
    chip->installEventFilter(this);
    connect(chip, &QToolButton::clicked, this, [this, id] { Q_EMIT clicked(id); });
    layout()->addWidget(chip);
  }
  if (hidden > 0) {
    auto* more = new QLabel(tr("and %1 more").arg(formatCount(hidden)));
    more->setProperty("role", "secondary");
    layout()->addWidget(more);
  }
  updateGeometry();
}

bool WordChips::eventFilter(QObject* chip, QEvent* event) {
  if (event->type() == QEvent::Enter) Q_EMIT hovered(chip->property("token").toUInt());
  if (event->type() == QEvent::Leave) Q_EMIT hovered(kNoToken);
  return QWidget::eventFilter(chip, event);
}

}  // namespace lexarium
